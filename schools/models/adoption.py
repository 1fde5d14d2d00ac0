"""The honest figures of a school: cells and weeks, recomputed from its source rows."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models.places import School


class StaleSchool(models.Model):
    """A school whose cells are behind its source rows."""

    school = models.OneToOneField(School, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.school_id}"


class Counts(models.Model):
    """What is counted for a class level, a module and a class's language. Numbers of classes and of pupils.

    Late joiners count from the day they join; leavers no longer count. A class has had a module
    *delivered* when each of its lessons was taught to it in a whole-class session, has *completed* it when
    at least the state's share of its pupils finished all of its lessons, and is *assessed* when at
    least that share took its final quiz. An empty language stands for all languages together.
    """

    class_level = models.PositiveSmallIntegerField()
    module_key = models.UUIDField()
    language = models.CharField(max_length=10, default="", blank=True)
    classes = models.PositiveIntegerField(default=0)
    classes_assigned = models.PositiveIntegerField(default=0)
    classes_delivered = models.PositiveIntegerField(default=0)
    classes_completed = models.PositiveIntegerField(default=0)
    classes_assessed = models.PositiveIntegerField(default=0)
    pupils = models.PositiveIntegerField(default=0)
    pupils_assigned = models.PositiveIntegerField(default=0)
    pupils_started = models.PositiveIntegerField(default=0)
    pupils_completed = models.PositiveIntegerField(default=0)
    pupils_assessed = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class AdoptionCell(Counts):
    """A school's counts, recomputed exactly from its source rows."""

    school = models.ForeignKey(School, models.CASCADE, related_name="cells")
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "class_level", "module_key", "language"], name="cell_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    pupils_assigned__lte=models.F("pupils"), pupils_completed__lte=models.F("pupils")
                ),
                name="cell_counts_within_pupils",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}:{self.class_level}:{self.module_key}"


class WeekCounts(models.Model):
    """How many classes reached each rung in one week (from Monday `week`). Summed up, they make a trend.

    Only classes: a number of pupils by week would be the difference of two released ones.
    """

    class_level = models.PositiveSmallIntegerField()
    module_key = models.UUIDField()
    language = models.CharField(max_length=10, default="", blank=True)
    week = models.DateField()
    classes_assigned = models.PositiveIntegerField(default=0)
    classes_delivered = models.PositiveIntegerField(default=0)
    classes_completed = models.PositiveIntegerField(default=0)
    classes_assessed = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class AdoptionWeek(WeekCounts):
    """A school's weeks, recomputed exactly with its cells. A class counts in the week it got there."""

    school = models.ForeignKey(School, models.CASCADE, related_name="weeks")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "class_level", "module_key", "language", "week"], name="week_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id}:{self.class_level}:{self.module_key}:{self.week}"
