"""Keeping the adoption figures true."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import batched

from django.db import transaction
from django.utils import timezone

from schools.models import AdoptionCell, AdoptionWeek, School, StaleSchool
from schools.queries.adoption import count_schools, figures_of
from schools.queries.staleness import all_schools, schools_behind

AT_ONCE = 100
"""Schools that are recounted in one transaction: about a second's work."""
MARKED_AT_ONCE = 5000


def mark_stale(school_id: int) -> None:
    """Say, in the transaction of a write, that a school's cells are behind its source rows. One query.

    A mark that is there already is written again, not passed over: its row stays locked until the
    write commits, so a recount at the same moment waits, and cannot take the mark of rows it did not see.
    """
    mark_many_stale([school_id])


def mark_many_stale(school_ids: Iterable[int]) -> None:
    """The same for a write that touches many schools. In the order of their keys, so that two never block."""
    since = timezone.now()
    for some in batched(sorted(set(school_ids)), MARKED_AT_ONCE):
        StaleSchool.objects.bulk_create(
            [StaleSchool(school_id=school_id, since=since) for school_id in some],
            update_conflicts=True,
            unique_fields=["school"],
            update_fields=["since"],
        )


def mark_state_stale(state_id: int) -> None:
    """For what a state sets for all its schools: the share of a class, the start of the school year."""
    mark_many_stale(School.objects.filter(state=state_id).order_by().values_list("pk", flat=True))


def recompute_school(school_id: int) -> None:
    """Make a school's cells and weeks from its source rows, whole and exact."""
    _recount([school_id])


def recompute_stale() -> int:
    """Recompute every school that is marked; returns how many there were."""
    return recompute_schools(StaleSchool.objects.order_by("pk").values_list("school_id", flat=True))


def recompute_behind(*, every_school: bool = False) -> int:
    """Recompute every school that is behind for whatever reason, or all of them; returns how many."""
    return recompute_schools(all_schools() if every_school else schools_behind())


def recompute_schools(school_ids: Iterable[int]) -> int:
    """Recompute these schools, `AT_ONCE` in a transaction; returns how many there were."""
    number = 0
    for some in batched(list(school_ids), AT_ONCE):
        _recount(some)
        number += len(some)
    return number


@transaction.atomic
def _recount(school_ids: Iterable[int]) -> None:
    """Schools' cells and weeks made anew, in one transaction. Two recounts of a school wait for each other.

    The marks are read before the source rows, and taken away last, only where nobody wrote them again
    meanwhile: a write that came too late for this recount keeps its school marked for the next one. So no
    write ever waits for the counting, only for the moment in which the marks go.
    """
    schools = list(
        School.objects.select_for_update(no_key=True).filter(pk__in=list(school_ids)).order_by("pk")
    )
    keys = [one.pk for one in schools]
    marks = StaleSchool.objects.filter(school__in=keys).values_list("school_id", "since")
    seen = dict(marks)
    counted = count_schools(schools)
    AdoptionCell.objects.filter(school__in=keys).delete()
    AdoptionCell.objects.bulk_create(counted.cells)
    AdoptionWeek.objects.filter(school__in=keys).delete()
    AdoptionWeek.objects.bulk_create(counted.weeks)
    now = dict(marks.select_for_update().order_by("pk"))
    StaleSchool.objects.filter(school__in=[key for key in now if now[key] == seen.get(key)]).delete()


@dataclass
class Rebuilt:
    """How many schools were counted from nothing, and how many of them had other figures before."""

    schools: int = 0
    differing: int = 0


def rebuild(say: Callable[[Rebuilt], None]) -> Rebuilt:
    """Make all cells and weeks from nothing; `say` hears how far it is, from time to time.

    A school that nobody wrote to since its last recount must come out as it was.
    """
    so_far = Rebuilt()
    for some in batched(list(all_schools()), AT_ONCE):
        before = figures_of(some)
        recompute_schools(some)
        after = figures_of(some)
        so_far.schools += len(some)
        so_far.differing += sum(before.get(key) != after.get(key) for key in some)
        say(so_far)
    return so_far
