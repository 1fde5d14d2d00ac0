"""What a school's source rows add up to: its cells and its weeks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from curriculum.models import Band
from curriculum.queries import catalogue
from schools.models import AdoptionCell, AdoptionWeek, School
from schools.queries.rooms import Room, rooms_of
from schools.queries.standing import ANY_MODULE, RUNGS, Standing, standings

__all__ = ["ANY_CLASS", "ANY_LANGUAGE", "ANY_MODULE", "Counted", "count_schools"]

ANY_CLASS = 0
"""A cell of all classes together."""
ANY_LANGUAGE = ""
Group = tuple[int, str]
"""A class level and a language, or any."""
PUPILS = ("pupils_assigned", "pupils_started", "pupils_completed", "pupils_assessed")


@dataclass
class Counted:
    """Cells and weeks, unsaved."""

    cells: list[AdoptionCell] = field(default_factory=list)
    weeks: list[AdoptionWeek] = field(default_factory=list)


@dataclass
class Sums:
    """What the classes of one group add up to, by module, and by module and week."""

    classes: int = 0
    pupils: int = 0
    cells: dict[UUID, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    weeks: dict[tuple[UUID, date], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def count_schools(schools: Sequence[School]) -> Counted:
    """The cells and weeks of `schools` from their source rows: one for each class, module and language.

    There is a cell for all classes together (`ANY_CLASS`), for any module (`ANY_MODULE`) and for all
    languages (`ANY_LANGUAGE`): a pupil who did two modules is one pupil, so modules do not add up.
    """
    modules = {one.key: one for one in catalogue.modules(catalogue.SOURCE_LANGUAGE)}
    rooms: dict[int, list[Room]] = defaultdict(list)
    for room in rooms_of(schools, modules):
        rooms[room.classroom.school_id].append(room)
    counted = Counted()
    for school in schools:
        for group, sums in _sums(rooms[school.pk], modules).items():
            counted.cells += _cells(school.pk, group, sums)
            counted.weeks += _weeks(school.pk, group, sums)
    return counted


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _sums(rooms: Iterable[Room], modules: Mapping[UUID, catalogue.ModuleInfo]) -> dict[Group, Sums]:
    """A school without a class has the one cell that says so."""
    found: dict[Group, Sums] = defaultdict(Sums)
    found[ANY_CLASS, ANY_LANGUAGE].cells[ANY_MODULE] = Counter()
    for room in rooms:
        reached = standings(room, modules)
        band = Band.of_class(room.classroom.class_level)
        usual = [one.key for one in modules.values() if one.band == band]
        for level in (ANY_CLASS, room.classroom.class_level):
            for language in (ANY_LANGUAGE, room.classroom.language):
                _add(found[level, language], len(room.pupils), usual, reached)
    return found


def _add(sums: Sums, pupils: int, usual: Iterable[UUID], reached: Mapping[UUID, Standing]) -> None:
    """Count one class. `usual` are the modules for its band, which count also while nobody is given them."""
    sums.classes += 1
    sums.pupils += pupils
    for key in usual:
        sums.cells[key]
    for key, standing in reached.items():
        cell = sums.cells[key]
        for name in PUPILS:
            cell[name] += getattr(standing, name)
        for rung in RUNGS:
            day = getattr(standing, f"{rung}_on")
            if day is not None:
                cell[f"classes_{rung}"] += 1
                sums.weeks[key, monday_of(day)][f"classes_{rung}"] += 1


def _cells(school_id: int, group: Group, sums: Sums) -> Iterable[AdoptionCell]:
    level, language = group
    for module_key, counts in sums.cells.items():
        yield AdoptionCell(
            school_id=school_id,
            class_level=level,
            module_key=module_key,
            language=language,
            classes=sums.classes,
            pupils=sums.pupils,
            **counts,
        )


def _weeks(school_id: int, group: Group, sums: Sums) -> Iterable[AdoptionWeek]:
    level, language = group
    for (module_key, week), counts in sums.weeks.items():
        yield AdoptionWeek(
            school_id=school_id,
            class_level=level,
            module_key=module_key,
            language=language,
            week=week,
            **counts,
        )


def figures_of(school_ids: Sequence[int]) -> dict[int, set[tuple[Any, ...]]]:
    """What is kept of each school, its cells and its weeks, as plain values that can be compared."""
    found: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for model in (AdoptionCell, AdoptionWeek):
        names = [one.attname for one in model._meta.concrete_fields if one.name not in ("id", "computed_at")]
        for values in model.objects.filter(school__in=school_ids).values(*names):
            found[values["school_id"]].add(tuple(sorted(values.items())))
    return found
