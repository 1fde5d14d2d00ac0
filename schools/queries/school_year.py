"""The end of a school year: which classes may be closed, and what closing one would do to each student."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import Classroom, Enrolment, School
from schools.queries.classes import school_year
from schools.queries.seats import Seats, seats_of

LAST_CLASS = 12
LAST_MONTHS = 2
"""In the last months of a school year, the next year's classes may be made."""


class Fate(TextChoices):
    """What becomes of a student at the end of the year."""

    PROMOTE = "promote", _("Goes on to the next class")
    STAY = "stay", _("Stays in the same class")
    MOVE = "move", _("Goes on, to another section")
    LEAVE = "leave", _("Leaves the school")


@dataclass(frozen=True)
class Choice:
    """What a head chose for a student; `section` only for one who goes to another."""

    fate: Fate
    section: str = ""


@dataclass(frozen=True)
class Target:
    """A class of the next year: there already, or yet to be made."""

    class_level: int
    section: str
    classroom_id: int | None


@dataclass(frozen=True)
class Passage:
    """One student's way into the next year. Without a target they leave."""

    enrolment: Enrolment
    fate: Fate
    target: Target | None = None
    roll_number: int | None = None
    alias: str = ""


@dataclass
class YearEnd:
    """What closing a class would do: where each student goes, and which classes would be made for it."""

    classroom: Classroom
    next_year: str
    passages: list[Passage] = field(default_factory=list)

    def those(self, fate: Fate) -> list[Passage]:
        return [one for one in self.passages if one.fate == fate]

    @property
    def new_classes(self) -> list[Target]:
        made = {one.target for one in self.passages if one.target and one.target.classroom_id is None}
        return sorted(made, key=lambda one: (one.class_level, one.section))


def year_after(academic_year: str) -> str:
    first = int(academic_year[:4]) + 1
    return f"{first}-{(first + 1) % 100:02d}"


@dataclass(frozen=True)
class YearNow:
    """The school year that runs, and whether these are its last months."""

    running: str
    is_ending: bool


def year_now(school: School, today: date | None = None) -> YearNow:
    today = today or timezone.localdate()
    months = today.month - 1 + LAST_MONTHS
    soon = date(today.year + months // 12, months % 12 + 1, 1)
    running = school_year(school, today)
    return YearNow(running, is_ending=school_year(school, soon) != running)


def may_close(classroom: Classroom, now: YearNow) -> bool:
    """Whether the year of a class is over, or about to be."""
    if classroom.archived_at is not None or classroom.academic_year > now.running:
        return False
    return classroom.academic_year < now.running or now.is_ending


def highest_class(school: School) -> int:
    return school.category.highest_class or LAST_CLASS


def usual_fate(classroom: Classroom) -> Fate:
    is_last = classroom.class_level >= highest_class(classroom.school)
    return Fate.LEAVE if is_last else Fate.PROMOTE


def fates_of(classroom: Classroom) -> list[Fate]:
    """What may become of the students of a class; after the school's highest class nobody goes on."""
    if usual_fate(classroom) == Fate.LEAVE:
        return [Fate.LEAVE, Fate.STAY]
    return [Fate.PROMOTE, Fate.STAY, Fate.MOVE, Fate.LEAVE]


def classes_to_close(rooms: QuerySet[Classroom]) -> QuerySet[Classroom]:
    """The current classes among `rooms`, with how many students each has."""
    active = Count("enrolments", filter=Q(enrolments__left_on__isnull=True), distinct=True)
    counted = rooms.current().annotate(student_count=active)  # type: ignore[attr-defined]
    return counted.order_by("academic_year", "class_level", "section")


def year_end(classroom: Classroom, choices: Mapping[int, Choice], *, renumbers: bool) -> YearEnd:
    """What closing `classroom` would do. A student without a choice meets the usual fate.

    Roll numbers are kept where they are free, or with `renumbers` given anew in the old order.
    """
    planned = YearEnd(classroom, year_after(classroom.academic_year))
    seats: dict[Target, Seats] = {}
    students = Enrolment.objects.active().filter(classroom=classroom).select_related("student", "opt_out")
    usual = Choice(usual_fate(classroom))
    for enrolment in students.order_by(F("roll_number").asc(nulls_last=True), "alias"):
        choice = choices.get(enrolment.pk, usual)
        target = _target(classroom, choice, planned.next_year, list(seats))
        if target is None:
            planned.passages.append(Passage(enrolment, Fate.LEAVE))
            continue
        taken = seats.setdefault(target, seats_of(target.classroom_id))
        planned.passages.append(_passage(enrolment, choice.fate, target, taken, renumbers=renumbers))
    return planned


def _target(classroom: Classroom, choice: Choice, next_year: str, known: list[Target]) -> Target | None:
    """The class that a choice leads to. None for those who leave."""
    if choice.fate == Fate.LEAVE:
        return None
    level = classroom.class_level + (choice.fate != Fate.STAY)
    section = choice.section if choice.fate == Fate.MOVE else classroom.section
    for target in known:
        if (target.class_level, target.section) == (level, section):
            return target
    there = Classroom.objects.filter(
        school=classroom.school_id, academic_year=next_year, class_level=level, section=section
    )
    return Target(level, section, there.values_list("pk", flat=True).first())


def _passage(enrolment: Enrolment, fate: Fate, target: Target, taken: Seats, *, renumbers: bool) -> Passage:
    number = taken.next_number() if renumbers else taken.free_number(enrolment.roll_number)
    alias = taken.free_alias(enrolment.alias, was=enrolment.roll_number, now=number)
    taken.take(alias, number)
    return Passage(enrolment, fate, target, number, alias)
