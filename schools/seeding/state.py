"""The whole seeded state, some hundred schools at a time, so that memory stays flat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import batched
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from curriculum.queries import catalogue
from curriculum.queries.catalogue import ModuleInfo
from schools.actions.adoption import recompute_schools
from schools.models import School
from schools.queries.classes import school_year
from schools.seeding.bulk import Rows
from schools.seeding.learning import add_learning, add_readiness
from schools.seeding.people import Shape, add_people
from schools.seeding.places import Ground, NotLoadedError, add_plan, add_schools, make_ground

AT_ONCE = 250
SCHOOL_AGE = range(1, 13)


@dataclass(frozen=True)
class Recipe:
    """`active` is the share of schools that were given modules, `ready` of those that are ready at all,
    `done` of the pupils in active schools who finish what they are given.
    """

    schools: int
    students: int
    ready: float = 0.2
    active: float = 0.1
    done: float = 0.6
    seed: int = 2026


def seed_state(recipe: Recipe, say: Callable[[int], None]) -> None:
    """Make it all; `say` hears how many schools there are, from time to time.

    The same recipe makes the same state on the same day, but for keys, PINs' seals and codes.
    """
    modules = {level: given for level in SCHOOL_AGE if (given := _modules(level))}
    if not modules:
        raise NotLoadedError
    with transaction.atomic():
        ground = make_ground(recipe.schools)
    shape = _shape(ground, recipe, list(modules))
    for done, numbers in enumerate(batched(range(1, recipe.schools + 1), AT_ONCE), 1):
        _add_schools(ground, recipe, shape, modules, numbers)
        if done in (1, 10, 100):
            _tell_the_planner()
        say(numbers[-1])
    add_plan(ground, shape.year, modules)
    _tell_the_planner()


def _modules(level: int) -> Sequence[ModuleInfo]:
    return [one for one in catalogue.for_class(level, catalogue.SOURCE_LANGUAGE) if one.lessons]


def _shape(ground: Ground, recipe: Recipe, levels: Sequence[int]) -> Shape:
    year = school_year(School(state=ground.state))
    return Shape(recipe.students, levels, year, joined_on=timezone.localdate() - timedelta(days=150))


def _add_schools(
    ground: Ground,
    recipe: Recipe,
    shape: Shape,
    modules: Mapping[int, Sequence[ModuleInfo]],
    numbers: Sequence[int],
) -> None:
    """Some schools with all that is in them, in one transaction; then their figures."""
    chances = [Random(f"{recipe.seed}:{number}") for number in numbers]  # noqa: S311 - made-up data
    with transaction.atomic():
        rows = Rows()
        schools = add_schools(rows, ground, numbers, chances)
        classes = add_people(rows, schools, shape, chances)
        ready = [one for one, chance in zip(schools, chances, strict=True) if chance.random() < recipe.ready]
        add_readiness(rows, ready)
        share = recipe.active / recipe.ready if recipe.ready else 0
        for school, own, chance in zip(schools, classes, chances, strict=True):
            if school in ready and chance.random() < share:
                add_learning(rows, own, modules, recipe.done, chance)
        rows.write()
    recompute_schools([one.pk for one in schools])


def _tell_the_planner() -> None:
    """PostgreSQL plans by what it last knew of a table, and these grow from nothing within minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
