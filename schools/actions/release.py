"""The nightly release: what officials read, made from the cells of all schools."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from schools.actions.adoption import recompute_behind
from schools.models import AdoptionCell, Release, ReleasedCell, SchoolReadiness
from schools.queries.adoption import curriculum_digest

KEPT_RELEASES = 60
RELEASE_HOUR = time(2)
"""When at night a new release is due, by the site's clock."""
BATCH = 500
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
PLACES_ABOVE = ("state", "district", "block")
Group = tuple[str, int, int, UUID]
"""Kind of place, place, class, module."""


def is_release_due(now: datetime | None = None) -> bool:
    """Whether no release was made since the last night's hour."""
    now = timezone.localtime(now)
    last = datetime.combine(now.date(), RELEASE_HOUR, tzinfo=now.tzinfo)
    if last > now:
        last -= timedelta(days=1)
    return not Release.objects.filter(as_of__gte=last).exists()


def make_release() -> Release:
    """Bring every school's cells up to date and publish them with the sums of all places above."""
    digest = curriculum_digest()
    newest = Release.objects.order_by("-as_of", "-pk").first()
    recompute_behind(every_school=newest is not None and newest.curriculum != digest)
    return _publish(digest)


@transaction.atomic
def _publish(digest: str) -> Release:
    """A place's sums are made from its schools' cells in one transaction, so they always agree."""
    release = Release.objects.create(curriculum=digest)
    cells = AdoptionCell.objects.select_related("school").iterator(chunk_size=2000)
    for some in batched(_released(release, cells), BATCH):
        ReleasedCell.objects.bulk_create(some)
    kept = Release.objects.order_by("-as_of", "-pk").values_list("pk", flat=True)[:KEPT_RELEASES]
    Release.objects.exclude(pk__in=list(kept)).delete()
    return release


def _released(release: Release, cells: Iterable[AdoptionCell]) -> Iterator[ReleasedCell]:
    """Each school's cells as they come, then the sums. Only the sums are held in memory."""
    ready = {one.school_id for one in SchoolReadiness.objects.iterator() if one.is_ready}
    sums: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        counts = _of_school(cell, is_ready=cell.school_id in ready)
        yield _cell(release, ("school", cell.school_id, cell.class_level, cell.module_key), counts)
        for kind in PLACES_ABOVE:
            group = (kind, getattr(cell.school, f"{kind}_id"), cell.class_level, cell.module_key)
            for name, count in counts.items():
                sums[group][name] += count
    for group, counts in sums.items():
        yield _cell(release, group, counts)


def _cell(release: Release, group: Group, counts: dict[str, int]) -> ReleasedCell:
    kind, place, level, module = group
    return ReleasedCell(
        release=release, place_kind=kind, place_id=place, class_level=level, module_key=module, **counts
    )


def _of_school(cell: AdoptionCell, *, is_ready: bool) -> dict[str, Any]:
    """What one school adds to every place above it. It has done what at least one of its classes has."""
    return {name: getattr(cell, name) for name in COUNTS} | {
        "schools": 1,
        "schools_ready": int(is_ready),
        "schools_assigned": int(cell.classes_assigned > 0),
        "schools_completed": int(cell.classes_completed > 0),
        "schools_assessed": int(cell.classes_assessed > 0),
    }
