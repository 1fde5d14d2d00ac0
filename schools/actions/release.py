"""The nightly release: what officials read, made from the cells of all schools."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from schools.actions.adoption import recompute_school, recompute_stale
from schools.models import AdoptionCell, Release, ReleasedCell, School, SchoolReadiness

KEPT_RELEASES = 60
COUNTS = (
    "classes",
    "classes_assigned",
    "classes_completed",
    "classes_assessed",
    "pupils",
    "pupils_assigned",
    "pupils_started",
    "pupils_completed",
    "pupils_assessed",
)
PLACES = ("state", "district", "block", "school")
Group = tuple[str, int, int, UUID]
"""Kind of place, place, class, module."""


@transaction.atomic
def make_release() -> Release:
    """Bring every school's cells up to date and publish them with the sums of all places above.

    A place's sums are made from its schools' cells in the same transaction, so they always agree.
    """
    recompute_stale()
    for school_id in School.objects.filter(cells__isnull=True).values_list("pk", flat=True):
        recompute_school(school_id)
    release = Release.objects.create()
    ReleasedCell.objects.bulk_create(
        _sums(release, AdoptionCell.objects.select_related("school")), batch_size=500
    )
    kept = Release.objects.order_by("-as_of", "-pk").values("pk")[:KEPT_RELEASES]
    Release.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return release


def _sums(release: Release, cells: Iterable[AdoptionCell]) -> list[ReleasedCell]:
    ready = {one.school_id for one in SchoolReadiness.objects.all() if one.is_ready}
    sums: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        counts = _of_school(cell, is_ready=cell.school_id in ready)
        for kind in PLACES:
            place_id = cell.school_id if kind == "school" else getattr(cell.school, f"{kind}_id")
            group = sums[(kind, place_id, cell.class_level, cell.module_key)]
            for name, count in counts.items():
                group[name] += count
    return [
        ReleasedCell(
            release=release, place_kind=kind, place_id=place, class_level=level, module_key=module, **counts
        )
        for (kind, place, level, module), counts in sums.items()
    ]


def _of_school(cell: AdoptionCell, *, is_ready: bool) -> dict[str, Any]:
    """What one school adds to every place above it. It has done what at least one of its classes has."""
    return {name: getattr(cell, name) for name in COUNTS} | {
        "schools": 1,
        "schools_ready": int(is_ready),
        "schools_assigned": int(cell.classes_assigned > 0),
        "schools_completed": int(cell.classes_completed > 0),
        "schools_assessed": int(cell.classes_assessed > 0),
    }
