"""What the cells and weeks of schools add up to in the places above them, school by school."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import add
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from schools.models import AdoptionCell, AdoptionWeek
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE

RUNGS = ("assigned", "delivered", "completed", "assessed")
SCHOOLS = ("schools", "schools_ready", *(f"schools_{rung}" for rung in RUNGS))
CLASSES = ("classes", *(f"classes_{rung}" for rung in RUNGS))
PUPILS = ("pupils", "pupils_completed", "pupils_assessed")
COUNTS = (*SCHOOLS, *CLASSES, *PUPILS, "schools_with_classes")
AT = {name: place for place, name in enumerate(COUNTS)}
"""Where in a list of counts each one stands."""
WEEK_COUNTS = (*(f"schools_{rung}" for rung in RUNGS), *(f"classes_{rung}" for rung in RUNGS))


class Key(NamedTuple):
    """What a cell counts."""

    class_level: int
    module_key: UUID
    language: str


class WeekKey(NamedTuple):
    class_level: int
    module_key: UUID
    week: date


WHOLE = Key(ANY_CLASS, ANY_MODULE, ANY_LANGUAGE)
IN_RELEASES = Q(language=ANY_LANGUAGE) | Q(class_level=ANY_CLASS)
"""A language is never crossed with a class."""


@dataclass
class Sums:
    """Counts of some schools: by class, module and language, and by week."""

    cells: dict[Key, list[int]] = field(default_factory=dict)
    weeks: dict[WeekKey, list[int]] = field(default_factory=dict)

    def add(self, other: "Sums") -> None:
        _add(self.cells, other.cells)
        _add(self.weeks, other.weeks)

    def of_small_place(self) -> "Sums":
        """Fewer cross-cuts for a block or school: languages only of any module, weeks only of all classes."""
        return Sums(
            {
                one: row
                for one, row in self.cells.items()
                if one.language == "" or one.module_key == ANY_MODULE
            },
            {one: row for one, row in self.weeks.items() if one.class_level == ANY_CLASS},
        )


def _add[K](sums: dict[K, list[int]], more: Mapping[K, list[int]]) -> None:
    for key, row in more.items():
        there = sums.get(key)
        sums[key] = list(row) if there is None else list(map(add, there, row))


def sums_of(ready: Mapping[int, bool]) -> dict[int, Sums]:
    """Each school's own counts. `ready` has all schools that are asked for, and whether they are ready."""
    found = {school: Sums() for school in ready}
    names = ("school_id", *Key._fields, *CLASSES, *PUPILS)
    cells = AdoptionCell.objects.filter(IN_RELEASES, school__in=list(ready)).values_list(*names)
    for school, level, module, language, *counts in cells.iterator(chunk_size=5000):
        key = Key(level, module, language)
        found[school].cells[key] = _row(counts, is_ready=ready[school])
    for sums in found.values():
        _count_given_levels_only(sums.cells)
    _add_weeks(found)
    return found


def _row(counts: list[int], *, is_ready: bool) -> list[int]:
    """What one school adds to every place above it. It has done what at least one of its classes has."""
    classes, *rungs = counts[: len(CLASSES)]
    return [1, int(is_ready), *(int(number > 0) for number in rungs), *counts, int(classes > 0)]


def _count_given_levels_only(cells: Mapping[Key, list[int]]) -> None:
    """Numbers of pupils count those of class levels that were given the module, so that others have none.

    Pupils whose family opted out may do a module that no class of theirs was given; their few would be
    a number of their own.
    """
    for name in PUPILS[1:]:
        whole: dict[UUID, int] = defaultdict(int)
        for key, row in cells.items():
            if key.class_level != ANY_CLASS:
                row[AT[name]] *= row[AT["classes_assigned"]] > 0
                whole[key.module_key] += row[AT[name]]
        for key, row in cells.items():
            if key.class_level == ANY_CLASS:
                row[AT[name]] = whole[key.module_key]


def _add_weeks(found: Mapping[int, Sums]) -> None:
    """A school is counted for a rung in the first week in which one of its classes got there."""
    weeks = AdoptionWeek.objects.filter(school__in=list(found), language=ANY_LANGUAGE).order_by("week")
    been: set[tuple[int, int, UUID, int]] = set()
    rungs = [f"classes_{rung}" for rung in RUNGS]
    for school, level, module, week, *counts in weeks.values_list("school_id", *WeekKey._fields, *rungs):
        firsts = []
        for place, number in enumerate(counts):
            mark = (school, level, module, place)
            firsts.append(int(number > 0 and mark not in been))
            if number > 0:
                been.add(mark)
        found[school].weeks[WeekKey(level, module, week)] = [*firsts, *counts]


def modules_of(cells: Iterable[Key]) -> Collection[UUID]:
    return {one.module_key for one in cells} - {ANY_MODULE}
