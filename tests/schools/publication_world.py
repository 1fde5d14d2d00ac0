"""Random states with their true numbers, and what a release would publish of them.

Pure arithmetic, without a database, so that thousands of histories can be tried. `test_release` shows that
what the database holds after a release is the same.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from schools.publication import Rules, rounded
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.pupil_groups import StateSums, note_block, pupils_of, shown_in_state
from schools.queries.release_sums import AT, COUNTS, Key, Sums
from schools.scoring.shares import pupils_needed

STATE = 1
LEVELS = (6, 7, 8)
MODULES = (UUID(int=1), UUID(int=2))
NUMBERS = ("pupils_completed", "pupils_assessed")


@dataclass
class Class:
    """A class with its true numbers: pupils, and by module how many are given it and are through."""

    level: int
    pupils: int
    given: dict[UUID, int] = field(default_factory=dict)
    done: dict[tuple[str, UUID], int] = field(default_factory=dict)

    def has_reached(self, name: str, module: UUID, percent: int) -> bool:
        done = self.done.get((name, module), 0)
        return module in self.given and done >= pupils_needed(self.given[module], percent)


@dataclass
class World:
    """The classes of a state by district, block and school, and its rules."""

    rules: Rules
    classes: dict[tuple[int, int, int], list[Class]]


def random_world(rng: random.Random) -> World:
    rules = Rules(rng.choice([10, 10, 10, 20, 50]), rng.choice([100, 75, 60, 60, 60, 33, 10]))
    size = rng.choice([1, 2, 8, 30])
    classes = {}
    for district in range(rng.randint(1, 3)):
        levels = rng.sample(LEVELS, rng.randint(1, 3))
        for block in range(rng.randint(1, 3)):
            for school in range(rng.randint(1, 4)):
                own = levels if rng.random() < 0.6 else rng.sample(LEVELS, rng.randint(1, 3))
                place = (
                    10 + district,
                    100 + 10 * district + block,
                    1000 + 100 * district + 10 * block + school,
                )
                classes[place] = [
                    Class(level, rng.randint(0, 2 * size))
                    for level in own
                    for _section in range(rng.randint(1, 4))
                ]
    world = World(rules, classes)
    for module in MODULES[: rng.randint(1, 2)]:
        habit = rng.choice(["few", "just", "most", "all", "any", "any"])
        for own in classes.values():
            _teach(own, module, habit, rng)
    return world


def _teach(classes: list[Class], module: UUID, habit: str, rng: random.Random) -> None:
    if rng.random() < 0.1:
        return
    for one in classes:
        if rng.random() < 0.1:
            continue
        one.given[module] = one.pupils if rng.random() < 0.9 else rng.randint(0, one.pupils)
        for name in NUMBERS:
            one.done[name, module] = _done(one.given[module], habit, rng)


def _done(given: int, habit: str, rng: random.Random) -> int:
    kind = habit if rng.random() < 0.8 else rng.choice(["few", "just", "most", "all"])
    few = min(given, rng.randint(0, 2))
    if kind == "any":
        return rng.randint(0, given)
    return {"few": few, "just": min(given, 1), "most": given - few, "all": given}[kind]


def next_night(world: World, rng: random.Random) -> None:
    """Some classes go on: pupils join and leave, more are through. The others stay as they are."""
    for own in world.classes.values():
        if rng.random() < 0.5:
            continue
        for one in own:
            if rng.random() < 0.5:
                joined = rng.randint(0, 3)
                one.pupils += joined
                for module, given in one.given.items():
                    one.given[module] = given + joined
                    for name in NUMBERS:
                        done = one.done[name, module]
                        one.done[name, module] = min(given + joined, done + rng.randint(0, 4))


@dataclass
class Public:
    """All that officials can get of one release: exact counts of classes and schools, and shown numbers."""

    rules: Rules
    counts: dict[tuple[tuple[str, int], int, UUID], dict[str, int]]
    """By place, class level and module. Those of classes in schools are the finest there are."""
    shown: dict[tuple[tuple[str, int], int, UUID, str], int]


def publish(world: World) -> Public:
    """What a release shows of the world."""
    sums = StateSums(STATE)
    places: dict[tuple[str, int], Sums] = defaultdict(Sums)
    blocks: dict[tuple[int, int], Sums] = defaultdict(Sums)
    for (district, block, school), classes in world.classes.items():
        own = Sums(_cells(classes, world.rules.completion_percent))
        places["school", school] = own
        blocks[district, block].add(own)
    for (district, block), own in blocks.items():
        places["block", block] = own
        sums.whole.add(own)
        sums.districts.setdefault(district, Sums()).add(own)
        sums.blocks.setdefault(district, {})[block] = own
        note_block(sums.exchange, own)
    places |= {("district", key): own for key, own in sums.districts.items()} | {("state", STATE): sums.whole}
    decided = shown_in_state(sums, world.rules)
    public = Public(world.rules, {}, {})
    for (kind, place), own in places.items():
        for key, row in own.cells.items():
            at = ((kind, place), key.class_level, key.module_key)
            public.counts[at] = {name: row[AT[name]] for name in COUNTS if not name.startswith("pupils")}
            for name, number in pupils_of(kind, place, key, row, decided).items():
                if number is not None:
                    public.shown[(*at, name)] = rounded(number)
    _name_again(public)
    return public


def _name_again(public: Public) -> None:
    """Where only one class level of a place counts, its number is the place's by another name."""
    for (place, level, module), counts in public.counts.items():
        for name in ("pupils", *NUMBERS):
            classes = "classes" if name == "pupils" else "classes_assigned"
            whole = public.shown.get((place, ANY_CLASS, module, name))
            if whole is not None and counts[classes] == public.counts[place, ANY_CLASS, module][classes]:
                public.shown[place, level, module, name] = whole


def _cells(classes: list[Class], percent: int) -> dict[Key, list[int]]:
    cells = {}
    for level in {ANY_CLASS, *(one.level for one in classes)}:
        own = [one for one in classes if level in (ANY_CLASS, one.level)]
        for module in (ANY_MODULE, *MODULES):
            row = [0] * len(COUNTS)
            given = [one for one in own if module in one.given]
            row[AT["schools"]] = 1
            row[AT["schools_with_classes"]] = int(bool(own))
            row[AT["classes"]], row[AT["classes_assigned"]] = len(own), len(given)
            row[AT["schools_assigned"]] = int(bool(given))
            row[AT["pupils"]] = sum(one.pupils for one in own)
            for name in NUMBERS:
                row[AT[name]] = sum(one.done.get((name, module), 0) for one in own)
                rung = name.replace("pupils", "classes")
                row[AT[rung]] = sum(one.has_reached(name, module, percent) for one in own)
            cells[Key(level, module, "")] = row
    return cells


def truth(world: World) -> dict[tuple[tuple[str, int], int, UUID, str], int]:
    """The true number of every cell that could be asked about, at every place, also the finest."""
    found: dict[tuple[tuple[str, int], int, UUID, str], int] = defaultdict(int)
    for (district, block, school), classes in world.classes.items():
        for place in (("state", STATE), ("district", district), ("block", block), ("school", school)):
            for one in classes:
                for level in (ANY_CLASS, one.level):
                    found[place, level, ANY_MODULE, "pupils"] += one.pupils
                    for (name, module), done in one.done.items():
                        found[place, level, module, name] += done
    return found
