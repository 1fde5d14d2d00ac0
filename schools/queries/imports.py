"""The lists that a state brought in, and what hangs on them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import batched
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone

from schools.models import (
    AdoptionCell,
    AdoptionWeek,
    Block,
    Management,
    SchoolCategory,
    SchoolCode,
    SheetImport,
    SheetRow,
    StaleSchool,
    State,
)

Kind, Status = SheetImport.Kind, SheetImport.Status
STATE_KINDS = (Kind.BLOCKS, Kind.SCHOOLS)
RUNNING = (Status.WAITING, Status.READING, Status.APPLYING, Status.UNDOING)
STOPPED_AFTER = timedelta(minutes=10)
"""Without a beat for so long, a step has died."""
CLOSING_ASKED_FROM = 0.1
"""From this share of a state's open schools on, closing them is asked about once more."""
DERIVED = (AdoptionCell, AdoptionWeek, StaleSchool, SchoolCode)
"""Made for a school by the site, or handed out and not used: nothing that anybody would miss."""
MOST_PARAMETERS = 1000


def lists_of(user: Any) -> Any:
    """The states' lists of places that `user` sees. Lists of students are a school's own."""
    return SheetImport.objects.visible_to(user).filter(kind__in=STATE_KINDS)


def version(state: State) -> int:
    """How often the state's lists have changed: it only grows, since no list that was applied is deleted."""
    applied = SheetImport.objects.filter(state=state, kind__in=STATE_KINDS)
    return applied.filter(applied_at__isnull=False).count() + applied.filter(undone_at__isnull=False).count()


def is_stopped(sheet: SheetImport) -> bool:
    return sheet.status in RUNNING and timezone.now() - (sheet.beat_at or sheet.asked_at) > STOPPED_AFTER


def stopped() -> Any:
    """The lists whose step has died."""
    limit = timezone.now() - STOPPED_AFTER
    silent = Q(beat_at__lt=limit) | Q(beat_at__isnull=True, asked_at__lt=limit)
    return SheetImport.objects.filter(silent, kind__in=STATE_KINDS, status__in=RUNNING)


def later_list(sheet: SheetImport) -> SheetImport | None:
    """A list of the same state that was applied after this one and still holds."""
    if sheet.applied_at is None:
        return None
    later = SheetImport.objects.filter(
        state_id=sheet.state_id, kind__in=STATE_KINDS, applied_at__gt=sheet.applied_at
    )
    return later.filter(status__in=(Status.APPLIED, Status.UNDOING)).first()


def open_schools(state: State) -> int:
    return state.schools.filter(closed_on__isnull=True).count()


def asks_about_closing(sheet: SheetImport) -> bool:
    """Whether the list would close so many schools that it takes one more yes."""
    return sheet.closed > CLOSING_ASKED_FROM * open_schools(sheet.state)


def in_use(model: type[Model], keys: Iterable[int]) -> set[int]:
    """Which of these places something hangs on: people, classes, invitations, whatever points at them."""
    used: set[int] = set()
    for some in batched(keys, MOST_PARAMETERS):
        for relation in model._meta.related_objects:
            if relation.related_model in DERIVED:
                continue
            name = relation.field.name
            there = relation.related_model._base_manager.filter(**{f"{name}__in": some})
            used.update(there.order_by().values_list(f"{name}_id", flat=True).distinct())
    return used


def rows_of(sheet: SheetImport, action: str) -> Any:
    return sheet.rows.filter(action=action)


def in_batches(sheet: SheetImport, action: str, size: int) -> Iterable[Sequence[SheetRow]]:
    """The rows of one action, a few at a time, each batch asked for when its turn comes."""
    last = 0
    while rows := list(rows_of(sheet, action).filter(pk__gt=last).order_by("pk")[:size]):
        last = rows[-1].pk
        yield rows


def names_of(rows: Iterable[SheetRow]) -> dict[str, dict[int, str]]:
    """The names behind the keys in these rows' values: three queries, however many rows there are."""
    kept = [part for row in rows for part in (row.values, row.before)]
    keys = {
        name: {part[name] for part in kept if isinstance(part.get(name), int)}
        for name in ("block", "category", "management")
    }
    blocks = Block.objects.filter(pk__in=keys["block"]).select_related("district")
    return {
        "block": {one.pk: f"{one.name}, {one.district.name}" for one in blocks},
        "category": {one.pk: one.name for one in SchoolCategory.objects.filter(pk__in=keys["category"])},
        "management": {one.pk: one.name for one in Management.objects.filter(pk__in=keys["management"])},
    }
