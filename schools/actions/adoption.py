"""Keeping the adoption figures true."""

from collections.abc import Collection

from django.db import transaction

from schools.models import AdoptionCell, School, StaleSchool
from schools.queries.adoption import count_school, schools_behind


def mark_stale(school_id: int) -> None:
    """Say, in the transaction of a write, that a school's cells are behind its source rows. One query.

    A mark that is there already is written again, not passed over: its row stays locked until the
    write commits, so a recount at the same moment waits, and cannot take the mark of rows it did not see.
    """
    StaleSchool.objects.bulk_create(
        [StaleSchool(school_id=school_id)],
        update_conflicts=True,
        unique_fields=["school"],
        update_fields=["since"],
    )


@transaction.atomic
def recompute_school(school_id: int) -> list[AdoptionCell]:
    """Make a school's cells from its source rows, whole and exact.

    The mark is taken away before the rows are read: a write that comes later marks the school again.
    Two recounts of one school wait for each other.
    """
    School.objects.select_for_update(no_key=True).get(pk=school_id)
    StaleSchool.objects.filter(school_id=school_id).delete()
    cells = count_school(school_id)
    AdoptionCell.objects.filter(school_id=school_id).delete()
    return AdoptionCell.objects.bulk_create(cells)


def recompute_stale() -> int:
    """Recompute every school that is marked; returns how many there were."""
    return _recompute(list(StaleSchool.objects.values_list("school_id", flat=True)))


def recompute_behind(*, every_school: bool = False) -> int:
    """Recompute every school that is behind for whatever reason, or all of them; returns how many."""
    return _recompute(schools_behind(every_school=every_school))


def _recompute(schools: Collection[int]) -> int:
    for school_id in schools:
        recompute_school(school_id)
    return len(schools)
