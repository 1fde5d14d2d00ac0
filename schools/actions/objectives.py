"""Keeping what pupils got wrong, by objective: counted each night where quizzes were handed in."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Q

from schools.actions.versions import Layout, keep
from schools.models import Department, ObjectiveCell, Release, ReleasedObjective, State
from schools.queries.classes import APRIL, year_that_runs
from schools.queries.objectives import count_schools, percent_by_place, schools_with_answers

AT_ONCE = 50
OVERLAP = timedelta(days=1)
"""A quiz that was being handed in while the last release was made is looked at again."""
LAYOUT = Layout(ReleasedObjective, ("place_kind", "place_id", "class_level", "objective"), ("percent_wrong",))


def recount_objectives(before: Release | None) -> int:
    """Count anew the schools in which a quiz was handed in since the release `before`; returns how many."""
    schools = schools_with_answers(before.as_of - OVERLAP if before else None)
    for some in batched(schools, AT_ONCE):
        _recount(some)
    return len(schools)


@transaction.atomic
def _recount(school_ids: Iterable[int]) -> None:
    keys = list(school_ids)
    cells = count_schools(keys)
    ObjectiveCell.objects.filter(school__in=keys).delete()
    ObjectiveCell.objects.bulk_create(cells, batch_size=500)


def publish_objectives(release: Release, state: State) -> None:
    """Let the release hold what may be said of the state's running school year."""
    starts_in = Department.objects.filter(state=state).values_list("year_starts_in", flat=True).first()
    year = year_that_runs(starts_in or APRIL)
    districts = state.districts.order_by().values("pk")
    here = Q(place_kind="state", place_id=state.pk) | Q(place_kind="district", place_id__in=districts)
    keep(release, LAYOUT, here, percent_by_place(state, year))
