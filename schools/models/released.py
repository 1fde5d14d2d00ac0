"""What officials read: the figures of each night's release, kept as versions.

Nothing here is a true number of pupils: a released row holds what `schools.publication` lets be shown, and
null where it lets nothing be shown. So no screen, file or answer made of these tables can tell more.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models.places import State


class PlaceKind(models.TextChoices):
    STATE = "state"
    DISTRICT = "district"
    BLOCK = "block"
    SCHOOL = "school"


class Release(models.Model):
    """One night's figures. Officials read the newest one, or a kept one that they ask for.

    `curriculum` is the digest of the modules and lessons that were counted by.
    """

    as_of = models.DateTimeField(default=timezone.now)
    curriculum = models.CharField(max_length=64, default="", db_default="")

    class Meta:
        get_latest_by = "as_of"

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d}"


class Version(models.Model):
    """A row that holds from the release `since` until before the release `until`; until now when null.

    A release writes only what has changed. The numbers are those of releases, which may be gone already.
    """

    since = models.PositiveBigIntegerField()
    until = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


class ReleasedRules(Version):
    """What a state had set when its figures were released."""

    state = models.ForeignKey(State, models.CASCADE, related_name="+")
    threshold = models.PositiveSmallIntegerField()
    completion_percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "since"], name="released_rules_once"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(until__isnull=True), name="released_rules_now_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id}:{self.since}"


class ReleasedCounts(Version):
    """A place's figures for a class level, a module and a language (0, UUID(0) and '': all together).

    `pupils` are those enrolled. Of pupils, null stands for a number that is not shown.
    """

    place_kind = models.CharField(max_length=8, choices=PlaceKind)
    place_id = models.BigIntegerField()
    class_level = models.PositiveSmallIntegerField()
    module_key = models.UUIDField()
    language = models.CharField(max_length=10, default="", blank=True)
    schools = models.PositiveIntegerField(default=0)
    schools_ready = models.PositiveIntegerField(default=0)
    schools_assigned = models.PositiveIntegerField(default=0)
    schools_delivered = models.PositiveIntegerField(default=0)
    schools_completed = models.PositiveIntegerField(default=0)
    schools_assessed = models.PositiveIntegerField(default=0)
    classes = models.PositiveIntegerField(default=0)
    classes_assigned = models.PositiveIntegerField(default=0)
    classes_delivered = models.PositiveIntegerField(default=0)
    classes_completed = models.PositiveIntegerField(default=0)
    classes_assessed = models.PositiveIntegerField(default=0)
    pupils = models.PositiveIntegerField(null=True, blank=True)
    pupils_completed = models.PositiveIntegerField(null=True, blank=True)
    pupils_assessed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_kind", "place_id", "class_level", "module_key", "language", "since"],
                name="released_counts_once",
            ),
            models.UniqueConstraint(
                fields=["place_kind", "place_id", "class_level", "module_key", "language"],
                condition=Q(until__isnull=True),
                name="released_counts_now_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="released_counts_hold_a_while"
            ),
            models.CheckConstraint(
                condition=~Q(place_kind=PlaceKind.SCHOOL)
                | Q(pupils__isnull=True, pupils_completed__isnull=True, pupils_assessed__isnull=True),
                name="released_counts_of_schools_have_no_pupils",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_kind}:{self.place_id}:{self.class_level}:{self.module_key}:{self.since}"


class ReleasedWeek(Version):
    """How many classes and schools of a place reached each rung in the week from Monday `week`.

    A school counts in the week in which its first class got there. Of all languages together.
    """

    place_kind = models.CharField(max_length=8, choices=PlaceKind)
    place_id = models.BigIntegerField()
    class_level = models.PositiveSmallIntegerField()
    module_key = models.UUIDField()
    week = models.DateField()
    schools_assigned = models.PositiveIntegerField(default=0)
    schools_delivered = models.PositiveIntegerField(default=0)
    schools_completed = models.PositiveIntegerField(default=0)
    schools_assessed = models.PositiveIntegerField(default=0)
    classes_assigned = models.PositiveIntegerField(default=0)
    classes_delivered = models.PositiveIntegerField(default=0)
    classes_completed = models.PositiveIntegerField(default=0)
    classes_assessed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_kind", "place_id", "class_level", "module_key", "week", "since"],
                name="released_week_once",
            ),
            models.UniqueConstraint(
                fields=["place_kind", "place_id", "class_level", "module_key", "week"],
                condition=Q(until__isnull=True),
                name="released_week_now_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_kind}:{self.place_id}:{self.module_key}:{self.week}:{self.since}"
