"""What files are made of, read some at a time: a state's schools never stand in memory all at once."""

from collections.abc import Iterator
from itertools import batched

from django.db.models import QuerySet

from schools.models import Block, District, Release, School, State
from schools.queries import people, published
from schools.queries.published import Figures, Question

SCHOOLS_AT_ONCE = 1000
Place = State | District | Block


def places_inside(place: Place) -> list[District] | list[Block]:
    """A state's districts, a district's blocks; of a block none."""
    if isinstance(place, State):
        return list(place.districts.order_by("name", "pk"))
    if isinstance(place, District):
        return list(place.blocks.order_by("name", "pk"))
    return []


def schools_with_figures(
    place: Place, question: Question, release: Release | None
) -> Iterator[tuple[School, Figures | None, bool]]:
    """Each open school of a place with its figures, and whether the release knows it. By block and name."""
    for some in _some_at_a_time(people.schools(place)):
        answer = published.ask(place, some, question, release=release)
        for school in some:
            yield school, answer.inside.get(school.pk), school.pk in answer.counted


def schools_by_class(
    place: Place, question: Question, release: Release | None
) -> Iterator[tuple[School, dict[int, Figures]]]:
    """Each open school of a place with the figures of each of its classes."""
    for some in _some_at_a_time(people.schools(place).select_related("category")):
        found = published.by_class_of(some, question.module_key, release=release)
        for school in some:
            yield school, found.get(school.pk, {})


def open_schools(place: Place) -> Iterator[School]:
    for some in _some_at_a_time(people.schools(place)):
        yield from some


def _some_at_a_time(schools: QuerySet[School]) -> Iterator[list[School]]:
    ordered = schools.select_related("district", "block").order_by("district_id", "block_id", "name", "pk")
    for some in batched(ordered.iterator(chunk_size=SCHOOLS_AT_ONCE), SCHOOLS_AT_ONCE):
        yield list(some)
