"""The honest figures: cells recomputed from source rows, and the nightly release made from them."""

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
    """What is counted for a class level and a module. Numbers of classes and of pupils.

    Late joiners count from the day they join; leavers no longer count. A class has *completed* a
    module when at least half of its pupils finished all of its lessons, and is *assessed* when at
    least half took its final quiz.
    """

    class_level = models.PositiveSmallIntegerField()
    module_key = models.UUIDField()
    classes = models.PositiveIntegerField(default=0)
    classes_assigned = models.PositiveIntegerField(default=0)
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
            models.UniqueConstraint(fields=["school", "class_level", "module_key"], name="cell_once"),
            models.CheckConstraint(
                condition=Q(
                    pupils_assigned__lte=models.F("pupils"), pupils_completed__lte=models.F("pupils")
                ),
                name="cell_counts_within_pupils",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}:{self.class_level}:{self.module_key}"


class Release(models.Model):
    """One night's figures. Officials read the newest one and nothing else.

    `curriculum` is the digest of the modules and lessons that were counted by.
    """

    as_of = models.DateTimeField(default=timezone.now)
    curriculum = models.CharField(max_length=64, default="", db_default="")

    class Meta:
        get_latest_by = "as_of"

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d}"


class ReleasedCell(Counts):
    """A place's counts in a release: a school's, or the sum of those of a block, district or state."""

    class PlaceKind(models.TextChoices):
        STATE = "state"
        DISTRICT = "district"
        BLOCK = "block"
        SCHOOL = "school"

    release = models.ForeignKey(Release, models.CASCADE, related_name="cells")
    place_kind = models.CharField(max_length=8, choices=PlaceKind)
    place_id = models.BigIntegerField()
    schools = models.PositiveIntegerField(default=0)
    schools_ready = models.PositiveIntegerField(default=0)
    schools_assigned = models.PositiveIntegerField(default=0)
    schools_completed = models.PositiveIntegerField(default=0)
    schools_assessed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "place_kind", "place_id", "class_level", "module_key"],
                name="released_cell_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}:{self.pk}"
