"""Keeping the adoption figures true."""

from django.db import transaction

from schools.models import AdoptionCell, StaleSchool
from schools.queries.adoption import count_school


def mark_stale(school_id: int) -> None:
    """Say that a school's cells are behind its source rows. Costs one query and does nothing twice."""
    StaleSchool.objects.bulk_create([StaleSchool(school_id=school_id)], ignore_conflicts=True)


@transaction.atomic
def recompute_school(school_id: int) -> list[AdoptionCell]:
    """Make a school's cells from its source rows, whole and exact.

    The mark is taken away before the rows are read: a write that comes later marks the school again.
    """
    StaleSchool.objects.filter(school_id=school_id).delete()
    cells = count_school(school_id)
    AdoptionCell.objects.filter(school_id=school_id).delete()
    return AdoptionCell.objects.bulk_create(cells)


def recompute_stale() -> int:
    """Recompute every school that is behind; returns how many there were."""
    schools = list(StaleSchool.objects.values_list("school_id", flat=True))
    for school_id in schools:
        recompute_school(school_id)
    return len(schools)
