"""For no number that is not shown do fewer than five consecutive values stay possible.

Sixty histories here; `HISTORIES=10000 pytest -n 0 -s tests/schools/test_publication_attack.py` tries
as many as the promise says and prints what was tried.
"""

import os
import random
import time
from collections import Counter, defaultdict
from itertools import product

import pytest

from schools.publication import Group, Rules, is_whole_shown, rounded, shown_parts
from schools.queries.adoption import ANY_CLASS
from tests.schools.attacker import Attacker
from tests.schools.publication_world import STATE, next_night, publish, random_world, truth

HISTORIES = int(os.environ.get("HISTORIES", "60"))
FIRST = int(os.environ.get("FIRST_HISTORY", "0"))
NIGHTS = 3


def tree_of(world):
    tree = defaultdict(set)
    for district, block, school in world.classes:
        tree["state", STATE].add(("district", district))
        tree["district", district].add(("block", block))
        tree["block", block].add(("school", school))
    return {whole: sorted(parts) for whole, parts in tree.items()}


def holds(attacker, true):
    """Whether the attacker's bounds are right; wrong ones would prove nothing."""
    return all(attacker.low[cell] <= true.get(cell, 0) <= attacker.high[cell] for cell in attacker.low)


def attack(world, public):
    """He takes for granted that each class has pupils where that is so."""
    has_empty_class = any(one.pupils == 0 for own in world.classes.values() for one in own)
    attacker = Attacker(public, tree_of(world), is_common_sense=not has_empty_class)
    attacker.solve()
    assert holds(attacker, truth(world))
    return attacker


def test_nobody_learns_a_number_that_is_not_shown():
    seen = Counter()
    began = time.monotonic()

    for number in range(FIRST, FIRST + HISTORIES):
        rng = random.Random(f"history {number}")
        world = random_world(rng)
        for _night in range(NIGHTS):
            public = publish(world)
            attacker = attack(world, public)
            assert attacker.learned() == [], (number, world.rules)
            seen["not shown"] += len(attacker.not_shown())
            for (kind, _place), level, _module, _name in (
                key for key, value in public.shown.items() if value
            ):
                seen[f"shown of {kind}{' by class' if level else ''}"] += 1
            next_night(world, rng)

    assert seen["shown of block"]
    assert seen["shown of state by class"]
    print(f"\n{HISTORIES} histories of {NIGHTS} nights, {time.monotonic() - began:.0f} s, {dict(seen)}")  # noqa: T201


def test_the_attacker_finds_what_a_mere_threshold_gives_away():
    learned = 0

    for number in range(40):
        world = random_world(random.Random(f"history {number}"))
        public = publish(world)
        true = truth(world)
        public.shown = {
            cell: rounded(pupils)
            for cell, pupils in true.items()
            if cell[0][0] != "school" and cell[1] == ANY_CLASS and pupils >= 10
        }
        learned += len(attack(world, public).learned())

    assert learned > 20


def worlds_of(reached, most):
    """All numbers of pupils of parts with so many classes that have reached, up to so many more pupils."""
    spans = [range(least, least + most + 1) for least in reached]
    return [numbers for numbers in product(*spans) if sum(numbers) - sum(reached) <= most]


@pytest.mark.parametrize(
    "reached", [(10, 12, 4), (10, 11, 12), (10, 10, 0), (12, 3, 3), (30, 10), (30, 4), (10, 13, 0, 0)]
)
@pytest.mark.parametrize("spare", [500, 12])
def test_nor_does_one_who_knows_how_it_is_decided(reached, spare):
    """He runs the decision for every world there can be, and keeps those that would look the same."""
    rules = Rules()
    most = 66 if len(reached) < 4 else 36
    possible = defaultdict(lambda: [set() for _part in reached])
    for numbers in worlds_of(reached, most):
        parts = [
            Group(key, number, least + most + spare, least + 3, least + 2, least, 3)
            for key, (number, least) in enumerate(zip(numbers, reached, strict=True))
        ]
        enrolled, classes = sum(one.enrolled for one in parts), sum(one.classes for one in parts)
        given = sum(one.given for one in parts)
        whole = Group(9, sum(numbers), enrolled, classes, given, sum(reached), 9)
        shown = shown_parts(whole, parts, rules) if is_whole_shown(whole, rules) else frozenset()
        seen = [rounded(number) if key in shown else None for key, number in enumerate(numbers)]
        total = rounded(sum(numbers)) if is_whole_shown(whole, rules) else None
        for place, number in enumerate(numbers):
            possible[total, *seen][place].add(number)

    complete = {
        seen: sets for seen, sets in possible.items() if seen[0] is None or seen[0] + 2 <= sum(reached) + most
    }
    assert len(complete) > 3
    for seen, sets in complete.items():
        for shown, numbers in zip(seen[1:], sets, strict=True):
            assert shown is not None or any(set(range(one, one + 5)) <= numbers for one in numbers), (
                seen,
                sorted(numbers),
            )
