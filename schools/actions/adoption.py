"""Keeping the adoption figures true."""

from schools.models import StaleSchool


def mark_stale(school_id: int) -> None:
    """Say that a school's cells are behind its source rows. Costs one query and does nothing twice."""
    StaleSchool.objects.bulk_create([StaleSchool(school_id=school_id)], ignore_conflicts=True)
