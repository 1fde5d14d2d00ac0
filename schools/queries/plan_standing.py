"""How far a place is with each line of the state's plan: on the night of a release, and a week before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from schools.models import Department, PlannedModule, Release, ReleasedCounts, School, State
from schools.queries.adoption import ANY_LANGUAGE, ANY_MODULE
from schools.queries.classes import year_that_runs
from schools.queries.plans import plan_of
from schools.queries.published import KIND_OF, held

WEEK = timedelta(days=7)
Counts = dict[tuple[int, UUID], ReleasedCounts]
"""A place's released counts by class level and module."""


@dataclass(frozen=True)
class LineStanding:
    """A line of the plan and how many schools, or of one school classes, have come how far with it.

    `whole` are all that have the class. `expected` would be in step with the plan. What held a week before
    is None where no release of then is kept.
    """

    line: PlannedModule
    whole: int
    delivered: int
    completed: int
    completed_before: int | None
    expected: int
    has_passed: bool

    @property
    def is_in_step(self) -> bool:
        return self.completed >= self.expected


def week_before(release: Release, kept: Sequence[Release]) -> Release | None:
    """The newest of the kept releases, which come newest first, that is at least a week older."""
    return next((one for one in kept if one.as_of <= release.as_of - WEEK), None)


def lines_at(state: State, release: Release) -> tuple[date, list[PlannedModule]]:
    """The first day of the school year in which the release was made, and the plan's lines for that year."""
    department: Department | None = getattr(state, "department", None)
    on = timezone.localdate(release.as_of)
    if department is None:
        return on, []
    year = year_that_runs(department.year_starts_in, on)
    return date(int(year[:4]), department.year_starts_in, 1), plan_of(state, year)


def against_plan(
    place: Any, lines: Iterable[PlannedModule], begins: date, *, release: Release, before: Release | None
) -> list[LineStanding]:
    """Each line for a class that the place has. One query, however many lines and schools."""
    lines = list(lines)
    if not lines:
        return []
    nights = [release] if before is None else [release, before]
    now, *earlier = _counts(place, lines, nights)
    then = earlier[0] if earlier else None
    unit = "classes" if isinstance(place, School) else "schools"
    on = timezone.localdate(release.as_of)
    found = []
    for line in lines:
        whole = _number(now, line.class_level, ANY_MODULE, unit)
        if whole:
            asked = (line.class_level, line.module_key)
            found.append(
                LineStanding(
                    line,
                    whole,
                    _number(now, *asked, f"{unit}_delivered"),
                    _number(now, *asked, f"{unit}_completed"),
                    None if then is None else _number(then, *asked, f"{unit}_completed"),
                    expected_by(on, whole, begins, line.due_on),
                    line.due_on < on,
                )
            )
    return found


def expected_by(on: date, whole: int, begins: date, due_on: date) -> int:
    """How many of `whole` would be in step on a day: a straight line from none at first to all on the last day."""
    if on >= due_on:
        return whole
    return whole * max(0, (on - begins).days) // (due_on - begins).days


def _counts(place: Any, lines: list[PlannedModule], nights: list[Release]) -> list[Counts]:
    """What held of the place in each of the nights."""
    is_held = Q(pk__in=())
    for night in nights:
        is_held |= held(night)
    rows = ReleasedCounts.objects.filter(
        is_held,
        place_kind=KIND_OF[type(place)],
        place_id=place.pk,
        class_level__in={one.class_level for one in lines},
        module_key__in={ANY_MODULE, *(one.module_key for one in lines)},
        language=ANY_LANGUAGE,
    )
    found: list[Counts] = [{} for _night in nights]
    for row in rows:
        for night, counts in zip(nights, found, strict=True):
            if row.since <= night.pk and (row.until is None or row.until > night.pk):
                counts[row.class_level, row.module_key] = row
    return found


def _number(counts: Counts, class_level: int, module_key: UUID, name: str) -> int:
    row = counts.get((class_level, module_key))
    return getattr(row, name) if row is not None else 0
