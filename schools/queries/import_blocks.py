"""What a row of a list of blocks would do: districts and blocks to add, to rename or to give a code."""

from dataclasses import dataclass, field
from typing import Any

from schools.models import Block, District, SheetImport, SheetRow
from schools.queries.import_rows import Action, stored
from schools.sheets import Fault, Row
from schools.sheets.letters import key

MOST_OF_A_NAME = 120
MOST_OF_A_CODE = 20


@dataclass
class Known:
    """A district or a block as it is, or as an earlier row of the list makes it (then without `pk`)."""

    pk: int | None
    name: str
    code: str
    row: int = 0
    blocks: "Shelf" = field(default_factory=lambda: Shelf())


@dataclass
class Shelf:
    """Places of one kind that lie in one place, to be found by code or by name."""

    by_name: dict[str, Known] = field(default_factory=dict)
    by_code: dict[str, Known] = field(default_factory=dict)

    def add(self, one: Known) -> Known:
        self.by_name[key(one.name)] = one
        if one.code:
            self.by_code[one.code] = one
        return one

    def change(self, one: Known, name: str, code: str) -> None:
        self.by_name.pop(key(one.name), None)
        one.name, one.code = name, code or one.code
        self.add(one)


class BlockPlanner:
    """Turns rows of a list of blocks into rows to stage. A state's blocks are few: all are kept in memory."""

    has_unread_codes = False

    def __init__(self, sheet: SheetImport, _headings: dict[str, str]) -> None:
        self.sheet = sheet
        self.districts = Shelf()
        self.seen: dict[str, int] = {}
        self.repeats: dict[int, int] = {}
        by_key = {}
        for one in District.objects.filter(state=sheet.state):
            by_key[one.pk] = self.districts.add(Known(one.pk, one.name, one.code))
        for block in Block.objects.filter(district__state=sheet.state):
            by_key[block.district_id].blocks.add(Known(block.pk, block.name, block.code))

    def plan(self, rows: list[Row]) -> list[SheetRow]:
        return [self._staged(row) for row in rows]

    def _staged(self, row: Row) -> SheetRow:
        cells, faults = row.cells, self._faults(row)
        if faults:
            return self.faulty(row, faults)
        district, found = self._find(self.districts, "district", cells)
        if found:
            return self.faulty(row, found)
        shelf = district.blocks if district else Shelf()
        block, found = self._find(shelf, "block", cells)
        if not found and block is not None and block.row:
            self.repeats.setdefault(block.row, row.number)
            found = [Fault("block", cells["block"], "repeated", {"row": block.row})]
        if found:
            return self.faulty(row, found)
        before: dict[str, str] = {}
        if district is None:
            district = self.districts.add(Known(None, cells["district"], cells["district_code"]))
        else:
            before |= self._changes(self.districts, "district", district, cells)
        had_block = block is not None and block.pk is not None
        if block is None:
            block = district.blocks.add(Known(None, cells["block"], cells["block_code"]))
        else:
            before |= self._changes(district.blocks, "block", block, cells)
        block.row = row.number
        action = Action.ADD if not had_block else Action.CHANGE if before else Action.SAME
        values = {name: text for name, text in cells.items() if text} | {"district_id": district.pk}
        return self._row(row.number, action, values, before=before, record_id=block.pk)

    def _faults(self, row: Row) -> list[Fault]:
        at_fault = {fault.column for fault in row.faults}
        empty = [
            Fault(name, "", "empty")
            for name in ("district", "block")
            if not row.cells[name] and name not in at_fault
        ]
        limits = {"district": MOST_OF_A_NAME, "block": MOST_OF_A_NAME}
        limits |= {"district_code": MOST_OF_A_CODE, "block_code": MOST_OF_A_CODE}
        long = [
            Fault(name, row.cells[name], "name_long")
            for name, most in limits.items()
            if len(row.cells[name]) > most
        ]
        return [*row.faults, *empty, *long]

    def _find(self, shelf: Shelf, kind: str, cells: dict[str, str]) -> tuple[Known | None, list[Fault]]:
        """By the state's own code first; then by name, which must not have another code already."""
        name, code = cells[kind], cells[f"{kind}_code"]
        named = shelf.by_name.get(key(name))
        coded = shelf.by_code.get(code) if code else None
        if coded is not None:
            if named is not None and named is not coded:
                return None, [Fault(f"{kind}_code", code, "code_of_another", {"name": coded.name})]
            return coded, []
        if named is not None and code and named.code:
            return None, [Fault(f"{kind}_code", code, "other_code", {"name": named.name, "code": named.code})]
        return named, []

    def _changes(self, shelf: Shelf, kind: str, one: Known, cells: dict[str, str]) -> dict[str, str]:
        """What differs, as it was before; the shelf then holds it as the list has it."""
        name, code = cells[kind], cells[f"{kind}_code"]
        before = {}
        if one.name != name:
            before[kind] = one.name
        if code and one.code != code:
            before[f"{kind}_code"] = one.code
        if before:
            shelf.change(one, name, code)
        return before if one.pk is not None else {}

    def faulty(self, row: Row, faults: list[Fault]) -> SheetRow:
        cells = {name: text[:200] for name, text in row.cells.items()}
        return self._row(row.number, Action.FAULT, cells, faults=[stored(one) for one in faults])

    def _row(self, number: int, action: str, values: dict[str, Any], **more: Any) -> SheetRow:
        return SheetRow(sheet=self.sheet, number=number, action=action, values=values, **more)
