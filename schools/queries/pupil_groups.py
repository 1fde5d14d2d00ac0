"""Which numbers of pupils of a state, its districts, blocks and classes are shown in a release."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from schools.publication import Exchange, Group, Rules, is_whole_shown, shown_parts
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE
from schools.queries.release_sums import AT, PUPILS, Key, Sums, modules_of

REACHED = {"pupils_completed": "classes_completed", "pupils_assessed": "classes_assessed"}


class Shown(NamedTuple):
    """A number of pupils that is shown. Those enrolled are the same for every module."""

    kind: str
    place: int
    class_level: int
    module_key: UUID
    name: str


@dataclass
class StateSums:
    """All that is needed to decide: the state's sums, its districts', and those of its blocks of all classes."""

    state: int
    whole: Sums = field(default_factory=Sums)
    districts: dict[int, Sums] = field(default_factory=dict)
    blocks: dict[int, dict[int, Sums]] = field(default_factory=dict)
    """By district, then by block."""
    exchange: Exchange = field(default_factory=Exchange)


def note_block(exchange: Exchange, block: Sums) -> None:
    """Note what a block's classes could exchange, for each number of pupils."""
    levels = {one.class_level for one in block.cells} - {ANY_CLASS}
    for name, module in _numbers(block):
        groups = _groups_by_level(block, levels, module, name, frozenset())
        exchange.add((name, module), {one.key: one for one in groups if one.given})


def shown_in_state(sums: StateSums, rules: Rules) -> frozenset[Shown]:
    """First the pupils enrolled: no part of them is shown where they are not."""
    shown: frozenset[Shown] = frozenset()
    for name, module in _numbers(sums.whole):
        shown |= _shown_number(sums, module, name, shown, rules)
    return shown


def _numbers(sums: Sums) -> list[tuple[str, UUID]]:
    """Pupils who did any module are not among them: they would be the difference of two modules."""
    modules = sorted(modules_of(sums.cells))
    return [("pupils", ANY_MODULE), *((name, module) for name in REACHED for module in modules)]


def _shown_number(
    sums: StateSums, module: UUID, name: str, shown: frozenset[Shown], rules: Rules
) -> frozenset[Shown]:
    def group(kind: str, place: int, own: Sums) -> Group:
        base = name == "pupils" or Shown(kind, place, ANY_CLASS, ANY_MODULE, "pupils") in shown
        return group_of(place, own, ANY_CLASS, module, name, is_base_shown=base)

    def shown_of(kind: str, places: Iterable[int]) -> set[Shown]:
        return {Shown(kind, place, ANY_CLASS, module, name) for place in places}

    whole = group("state", sums.state, sums.whole)
    if not is_whole_shown(whole, rules):
        return frozenset()
    parts = {key: group("district", key, own) for key, own in sums.districts.items()}
    districts = shown_parts(whole, parts.values(), rules)
    found = shown_of("state", [sums.state]) | shown_of("district", districts)
    for district in districts:
        blocks = [group("block", key, own) for key, own in sums.blocks[district].items()]
        found |= shown_of("block", shown_parts(parts[district], blocks, rules))
    return frozenset(found | _shown_by_level(sums, whole, module, name, shown, rules))


def _shown_by_level(
    sums: StateSums, whole: Group, module: UUID, name: str, shown: frozenset[Shown], rules: Rules
) -> set[Shown]:
    """The state's table by class; and the same number for a district in which alone a class level is."""
    levels = {one.class_level for one in sums.whole.cells} - {ANY_CLASS}
    number = (name, module)
    based = {one.class_level for one in shown if one.kind == "state" and one.name == "pupils"}
    spread = {level for level in levels if sums.exchange.is_spread(number, level)}
    groups = _groups_by_level(
        sums.whole, levels, module, name, spread if name == "pupils" else based & spread
    )
    if not sums.exchange.is_open(number, [one.key for one in groups if one.given]):
        return set()
    given = {one.key: one.given for one in groups}
    found = {Shown("state", sums.state, one, module, name) for one in shown_parts(whole, groups, rules)}
    for district, own in sums.districts.items():
        for one in _groups_by_level(own, {one.class_level for one in found}, module, name, frozenset()):
            if one.given == given[one.key]:
                found.add(Shown("district", district, one.key, module, name))
    return found


def _groups_by_level(
    own: Sums, levels: Iterable[int], module: UUID, name: str, based: Collection[int]
) -> list[Group]:
    return [
        group_of(level, own, level, module, name, is_base_shown=level in based) for level in sorted(levels)
    ]


def group_of(key: int, own: Sums, level: int, module: UUID, name: str, *, is_base_shown: bool) -> Group:
    """The classes of a place, or of one class level of it, behind a number of pupils."""
    row = own.cells.get(Key(level, module, ANY_LANGUAGE)) or [0] * len(AT)
    whole = own.cells.get(Key(level, ANY_MODULE, ANY_LANGUAGE)) or [0] * len(AT)
    classes = whole[AT["classes"]]
    if name == "pupils":
        number = whole[AT["pupils"]]
        schools = whole[AT["schools_with_classes"]]
        return Group(
            *(key, number, number, classes, classes, classes, schools),
            is_enrolment=True,
            is_base_shown=is_base_shown,
        )
    return Group(
        key,
        row[AT[name]],
        whole[AT["pupils"]],
        classes,
        row[AT["classes_assigned"]],
        row[AT[REACHED[name]]],
        row[AT["schools_assigned"]],
        is_base_shown=is_base_shown,
    )


def pupils_of(
    kind: str, place: int, key: Key, row: list[int], shown: frozenset[Shown]
) -> Mapping[str, int | None]:
    """The true numbers of a place's cell that are shown; None for those that are not.

    Where no class was given the module, none has done it: that is told by the classes.
    """
    level, module, language = key
    if language != ANY_LANGUAGE or kind == "school":
        return dict.fromkeys(PUPILS)
    found: dict[str, int | None] = {}
    for name in PUPILS:
        asked = Shown(kind, place, level, ANY_MODULE if name == "pupils" else module, name)
        is_empty = module != ANY_MODULE and name != "pupils" and not row[AT["classes_assigned"]]
        found[name] = row[AT[name]] if asked in shown or is_empty else None
    return found
