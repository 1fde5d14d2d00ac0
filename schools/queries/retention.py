"""Whose records have been kept long enough: students who left, and nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from cms.users.models import User
from schools.models import Department, Enrolment, School

LEAST_YEARS = 1
"""The law makes us keep records of processing for a year (FACTS 3.1)."""
USUAL_YEARS = 2


@dataclass(frozen=True)
class Rule:
    """For how many years a state keeps the records of leavers, and whether they then go by themselves."""

    years: int = USUAL_YEARS
    is_nightly: bool = False


@dataclass(frozen=True)
class Leavers:
    """How many students' records would go, by the class that they left."""

    school_id: int
    school: str
    academic_year: str
    class_level: int
    number: int


def rule_of(state_id: int) -> Rule:
    kept = Department.objects.filter(state=state_id).first()
    if kept is None:
        return Rule()
    return Rule(max(kept.retention_years, LEAST_YEARS), kept.is_retention_nightly)


def last_day(rule: Rule, today: date | None = None) -> date:
    """Records of students who left before this day have been kept long enough."""
    today = today or timezone.localdate()
    years = max(rule.years, LEAST_YEARS)
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - years, day=28 if is_leap_day else today.day)


def leavers_of(school_id: int, before: date) -> QuerySet[User]:
    """Students of a school who are in no class any more, and whose last day in one lies before `before`."""
    places = Enrolment.objects.filter(student=OuterRef("pk"))
    still_here = Q(left_on__isnull=True) | Q(left_on__gte=before)
    return User.students.filter(
        Exists(places.filter(classroom__school=school_id)), ~Exists(places.filter(still_here))
    )


def counts_of_school(school_id: int, before: date) -> list[Leavers]:
    """What `leavers_of` are, by the class that they were in last."""
    last_place = (
        Enrolment.objects.filter(student=OuterRef("student")).order_by("-left_on", "-pk").values("pk")[:1]
    )
    rows = (
        Enrolment.objects.filter(
            student__in=leavers_of(school_id, before), classroom__school=school_id, pk=Subquery(last_place)
        )
        .order_by("classroom__academic_year", "classroom__class_level")
        .values_list(
            "classroom__school",
            "classroom__school__name",
            "classroom__academic_year",
            "classroom__class_level",
        )
        .annotate(n=Count("pk"))
    )
    return [Leavers(*row) for row in rows]


def schools_with_leavers(schools: QuerySet[School], before: date) -> Iterable[int]:
    """The schools whose oldest leaver left before `before`."""
    gone = Enrolment.objects.filter(classroom__school=OuterRef("pk"), left_on__lt=before)
    return schools.filter(Exists(gone)).order_by("pk").values_list("pk", flat=True)
