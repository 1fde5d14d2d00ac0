"""What pupils got wrong, by objective: a school's own count, and what officials read of many schools."""

from django.db import models
from django.db.models import Q

from schools.models.places import School
from schools.models.released import PlaceKind, Version


class ObjectiveCell(models.Model):
    """A school's answers to the questions of one objective in a module's final quiz, from first tries of one
    school year. An answer is wrong when its mark was not full.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="objective_cells")
    academic_year = models.CharField(max_length=7)
    class_level = models.PositiveSmallIntegerField()
    module_key = models.UUIDField()
    objective = models.CharField(max_length=20)
    answers = models.PositiveIntegerField()
    wrong = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "class_level", "module_key", "objective"],
                name="objective_cell_once",
            ),
            models.CheckConstraint(
                condition=Q(wrong__lte=models.F("answers")), name="objective_cell_wrong_within_answers"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}:{self.class_level}:{self.objective}"


class ReleasedObjective(Version):
    """Of a state or district: which share of answers to an objective's questions was not right.

    In steps of 5 percent, and only of modules that many classes of several schools were assessed in
    (`schools.publication`): no count of pupils or answers stands beside it.
    """

    place_kind = models.CharField(max_length=8, choices=PlaceKind)
    place_id = models.BigIntegerField()
    class_level = models.PositiveSmallIntegerField()
    objective = models.CharField(max_length=20)
    percent_wrong = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_kind", "place_id", "class_level", "objective", "since"],
                name="released_objective_once",
            ),
            models.UniqueConstraint(
                fields=["place_kind", "place_id", "class_level", "objective"],
                condition=Q(until__isnull=True),
                name="released_objective_now_once",
            ),
            models.CheckConstraint(
                condition=Q(percent_wrong__lte=100), name="released_objective_is_a_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_kind}:{self.place_id}:{self.objective}:{self.since}"
