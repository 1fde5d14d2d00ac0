"""The publication rule (DESIGN 2.3), and the one place where it stands: which numbers of pupils are shown.

Numbers of schools and classes are always shown, exactly. That decides how numbers of pupils can be: whether
one may be shown is told by numbers of *classes*, which everyone sees anyway, so that hiding it says nothing.
Where the true numbers themselves would give a hidden one away, all of its siblings are hidden with it.
The argument, and the table of what is published where, stand in docs/adr/0012-what-may-be-published.md.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

STEP = 5
THRESHOLD = 10
PERCENT_ABOVE = 30
"""A shown 30 may stand for 28 pupils, so percentages begin with the next number."""
LEAST_CLASSES = 10
LEAST_SCHOOLS = 2
VALUES = 5
"""So many consecutive values of a number that is not shown stay possible, whatever is shown."""
ROOM = VALUES - 1
SLACK = 2
"""How far a shown number may be from the true one."""
FLOATING_BLOCKS = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """What a state has set: the smallest number shown, and the share that makes a class completed."""

    threshold: int = THRESHOLD
    completion_percent: int = 60

    @property
    def smallest_open_class(self) -> int:
        """The pupils of the smallest class that is not completed though 4 of its pupils are through."""
        return 100 * ROOM // self.completion_percent + 1


@dataclass(frozen=True, slots=True)
class Group:
    """Some classes of a place, of which a number of pupils might be shown.

    `classes` are all of them, `given` those that the module was given to, and `reached` those of whose
    pupils at least one is surely among `pupils`: for the pupils enrolled, each class stands for itself.
    `schools` are the schools of the classes given. All of these are public; `pupils` and `enrolled` are not.
    `is_enrolment`: the number is that of all pupils, so that `given` and `reached` are all classes.
    `is_base_shown`: whether the pupils enrolled are shown, without whom none of their parts is.
    """

    key: int
    pupils: int
    enrolled: int
    classes: int
    given: int
    reached: int
    schools: int
    is_enrolment: bool = False
    is_base_shown: bool = True

    @property
    def is_eligible(self) -> bool:
        """Whether enough classes of more than one school stand behind the number. Decided by public counts."""
        return self.is_base_shown and self.reached >= LEAST_CLASSES and self.schools >= LEAST_SCHOOLS


def rounded(true: int) -> int:
    return STEP * ((true + STEP // 2) // STEP)


def published_percent(part: int | None, whole: int | None) -> int | None:
    """A shown number in percent of another; None where one is not shown, or of too few."""
    if part is None or whole is None or whole <= PERCENT_ABOVE:
        return None
    return min(100, round(100 * part / whole))


def is_objective_shown(classes: int, schools: int) -> bool:
    """Whether enough classes, of more than one school, were assessed in a module. Decided by public counts.

    At least one pupil of each of them took its final quiz, so there are more than a percentage needs.
    """
    return classes > PERCENT_ABOVE and schools >= LEAST_SCHOOLS


def published_wrong(answers: int, wrong: int) -> int:
    """The share of answers that was not right, in steps of 5 percent.

    No count is published beside it, so that it cannot be taken apart into those of its parts.
    """
    return STEP * round(100 * wrong / answers / STEP)


def is_whole_shown(whole: Group, rules: Rules) -> bool:
    """Whether the number of the widest place, which is a part of no other, is shown."""
    return whole.is_eligible and _is_loose(whole, rules)


def shown_parts(whole: Group, parts: Iterable[Group], rules: Rules) -> frozenset[int]:
    """The keys of those parts of a shown `whole` whose numbers are shown.

    Parts that no class was given the module in are nothing to hide: theirs is 0 and everybody knows it. A
    single part is the whole by another name. Of several never exactly one is hidden, since it would be the
    difference; the second is the one behind which the fewest classes stand. When one of the shown numbers
    would be close to what the public counts say at least or at most, or what is left for the hidden ones
    would be, none of them is shown.
    """
    there = sorted((one for one in parts if one.given), key=lambda one: (one.reached, one.key))
    if len(there) == 1:
        return frozenset(one.key for one in there)
    shown = [one for one in there if one.is_eligible]
    if len(there) - len(shown) == 1:
        shown = shown[1:]
    hidden = [one for one in there if one not in shown]
    if not all(_is_loose(one, rules) for one in shown) or not _is_rest_loose(whole, shown, hidden, rules):
        return frozenset()
    return frozenset(one.key for one in shown)


@dataclass
class Exchange:
    """Whether a table by class may stand beside one by place, of which it is another sum.

    The two say nothing of each other when one class level shares, in enough blocks, room for pupils with
    every other: they could be exchanged there without changing either table.
    """

    blocks: Counter[tuple[Hashable, int, int]] = field(default_factory=Counter)
    """How many have room for a number in a class level and in another; in one and the same, how many have it."""

    def add(self, number: Hashable, block: Mapping[int, Group]) -> None:
        """Note a block's groups by class level, for the `number` that they are parts of."""
        roomy = [level for level, one in block.items() if _has_room(one)]
        self.blocks.update((number, one, other) for one, other in permutations(roomy, 2))
        self.blocks.update((number, level, level) for level in block)

    def is_spread(self, number: Hashable, level: int) -> bool:
        """Whether the level's number is not one block's by another name."""
        return self.blocks[number, level, level] > 1

    def is_open(self, number: Hashable, levels: Iterable[int]) -> bool:
        there = frozenset(levels)
        return any(
            all(self.blocks[number, hub, other] >= FLOATING_BLOCKS for other in there - {hub})
            for hub in there
        )


def _has_room(one: Group) -> bool:
    """Whether 4 pupils more or fewer would contradict nothing that is public."""
    has_room_above = one.is_enrolment or one.enrolled - one.pupils >= ROOM + one.classes
    return one.pupils - one.reached >= ROOM and has_room_above


def _is_loose(one: Group, rules: Rules) -> bool:
    """Whether the shown number leaves the parts of it open: not near the fewest or the most that it may be."""
    least = one.reached + 2 * STEP
    if one.is_enrolment:
        return rounded(one.pupils) >= max(rules.threshold, least, one.reached + _open_room(rules) + SLACK)
    return rounded(one.pupils) >= max(rules.threshold, least) and _is_open_above([one], rules)


def _is_open_above(groups: Sequence[Group], rules: Rules) -> bool:
    """Whether enough pupils are not among those counted for any class to have or not to have its share."""
    behind = sum(one.classes - one.reached for one in groups)
    left = sum(one.enrolled - one.pupils for one in groups)
    return left >= ROOM + behind + (_open_room(rules) if behind else 0)


def _open_room(rules: Rules) -> int:
    return rules.smallest_open_class + ROOM


def _is_rest_loose(whole: Group, shown: Sequence[Group], hidden: Sequence[Group], rules: Rules) -> bool:
    """With nothing hidden, the parts must not add up so badly that the whole narrows them down."""
    rest = rounded(whole.pupils) - sum(rounded(one.pupils) for one in shown)
    error = SLACK * (len(shown) + 1)
    if not hidden:
        return abs(rest) <= error - ROOM
    room = _open_room(rules) if whole.is_enrolment else ROOM
    if rest < sum(one.reached for one in hidden) + room + error:
        return False
    return whole.is_enrolment or _is_open_above(hidden, rules)
