"""Keeping released rows as versions: a release writes what has changed, and closes what no longer holds."""

from collections.abc import Mapping
from itertools import batched
from typing import Any, NamedTuple

from django.db.models import Model, Q

from schools.models import Release, ReleasedCounts, ReleasedObjective, ReleasedRules, ReleasedWeek

AT_ONCE = 500
VERSIONED: tuple[type[Model], ...] = (ReleasedCounts, ReleasedWeek, ReleasedRules, ReleasedObjective)


class Layout(NamedTuple):
    """A versioned table: the fields that say what a row is about, and those that it says of it."""

    model: type[Model]
    key: tuple[str, ...]
    values: tuple[str, ...]


def keep(release: Release, layout: Layout, scope: Q, wanted: Mapping[Any, tuple[Any, ...]]) -> int:
    """Let `wanted` (values by key) be what holds from `release` on within `scope`; returns the rows written."""
    fresh = dict(wanted)
    gone = []
    width = len(layout.key)
    current = layout.model._default_manager.filter(scope, until__isnull=True)
    for pk, *row in current.values_list("pk", *layout.key, *layout.values).iterator(chunk_size=5000):
        if fresh.get(tuple(row[:width])) == tuple(row[width:]):
            del fresh[tuple(row[:width])]
        else:
            gone.append(pk)
    for some in batched(gone, AT_ONCE):
        layout.model._default_manager.filter(pk__in=some).update(until=release.pk)
    names = (*layout.key, *layout.values)
    for some_rows in batched(fresh.items(), AT_ONCE):
        layout.model._default_manager.bulk_create(
            layout.model(since=release.pk, **dict(zip(names, (*key, *values), strict=True)))
            for key, values in some_rows
        )
    return len(fresh)
