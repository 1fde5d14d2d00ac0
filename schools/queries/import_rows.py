"""What a row of a list would do: a row to stage, for schools."""

import re
from collections.abc import Sequence
from typing import Any

from schools.models import School, SheetImport, SheetRow, State
from schools.models.places import pin_code
from schools.queries.import_places import CodeFinder, PlaceFinder
from schools.sheets import Fault, Row
from schools.sheets.letters import shown

Action = SheetRow.Action
UDISE_DIGITS = 11
LEAST_DIGITS = 9
"""A code that lost more than its state's zeros is something else."""
REQUIRED = ("udise_code", "name", "district", "block", "category", "management")
COMPARED = {"name": "name", "block": "block_id", "category": "category_id", "management": "management_id"}
OPTIONAL = {"mediums": "mediums", "pin_code": "pin_code"}


def stored(fault: Fault) -> dict[str, Any]:
    """A fault as a row keeps it."""
    return {
        "column": fault.column,
        "value": shown(fault.value),
        "reason": fault.reason,
        "details": fault.details,
    }


class SchoolPlanner:
    """Turns rows of a list of schools into rows to stage; remembers which codes it has seen, and where.

    `repeats` gives, for a row that was the first with its code, the next row with the same one.
    """

    def __init__(self, sheet: SheetImport, headings: dict[str, str]) -> None:
        self.sheet = sheet
        self.state: State = sheet.state
        self.places = PlaceFinder(sheet.state)
        self.codes = CodeFinder()
        self.prefixes = tuple(sheet.state.udise_prefixes)
        self.states = {
            prefix: one.name
            for one in State.objects.exclude(pk=self.state.pk)
            for prefix in one.udise_prefixes
        }
        self.optional = {name: field for name, field in OPTIONAL.items() if name in headings}
        self.seen: dict[str, int] = {}
        self.repeats: dict[int, int] = {}
        self.has_unread_codes = False

    def plan(self, rows: Sequence[Row]) -> list[SheetRow]:
        """Rows to stage, one for each; two queries at most, however many there are."""
        read = [(row, *self._read(row)) for row in rows]
        codes = [values["udise_code"] for _row, values, faults in read if not faults]
        there = {one["udise_code"]: one for one in self._there(codes)}
        return [self._staged(row, values, faults, there) for row, values, faults in read]

    def _there(self, codes: Sequence[str]) -> Any:
        fields = [*COMPARED.values(), *OPTIONAL.values(), "pk", "udise_code", "closed_on", "state_id"]
        return School.objects.filter(udise_code__in=codes).order_by().values(*fields)

    def _read(self, row: Row) -> tuple[dict[str, Any], list[Fault]]:
        cells, faults = row.cells, list(row.faults)
        at_fault = {fault.column for fault in faults}
        code = cells["udise_code"].replace(" ", "")
        if "udise_code" not in at_fault:
            faults += self._code_faults(code)
        self._note(row.number, code, faults)
        faults += [Fault(name, "", "empty") for name in REQUIRED if not cells[name] and name not in at_fault]
        at_fault = {fault.column for fault in faults}
        values: dict[str, Any] = {"udise_code": code, "name": cells["name"]}
        if len(cells["name"]) > 200:
            faults.append(Fault("name", cells["name"], "name_long"))
        if not at_fault & {"district", "block"}:
            values["block"], found = self.places.find(cells["district"], cells["block"])
            faults += found
        for name, find in (("category", self.codes.category), ("management", self.codes.management)):
            if name not in at_fault:
                values[name], found = find(cells[name])
                faults += found
        faults += self._optional(cells, values, at_fault)
        return values, faults

    def _optional(self, cells: dict[str, str], values: dict[str, Any], at_fault: set[str]) -> list[Fault]:
        faults: list[Fault] = []
        if "mediums" in self.optional and "mediums" not in at_fault:
            values["mediums"], faults = self.codes.languages(cells["mediums"])
        if "pin_code" in self.optional and "pin_code" not in at_fault:
            values["pin_code"] = cells["pin_code"].replace(" ", "")
            if values["pin_code"] and not re.fullmatch(pin_code.regex, values["pin_code"]):
                faults.append(Fault("pin_code", cells["pin_code"], "pin_code"))
        return faults

    def _code_faults(self, code: str) -> list[Fault]:
        """Nothing is mended in silence: a code names a school for good."""
        if not code:
            return []
        if not (code.isascii() and code.isdecimal()):
            return [Fault("udise_code", code, "not_digits")]
        if len(code) != UDISE_DIGITS:
            whole = code.zfill(UDISE_DIGITS)
            if LEAST_DIGITS <= len(code) < UDISE_DIGITS and whole.startswith(self.prefixes):
                return [Fault("udise_code", code, "zero_eaten", {"whole": whole})]
            return [Fault("udise_code", code, "not_11", {"digits": len(code)})]
        if not code.startswith(self.prefixes):
            other = self.states.get(code[:2], "")
            details = {"prefixes": list(self.prefixes), "state": other}
            return [Fault("udise_code", code, "other_state" if other else "other_prefix", details)]
        return []

    def _note(self, number: int, code: str, faults: list[Fault]) -> None:
        """Where a code stands. One that cannot be read leaves open which school is meant."""
        if not code or any(fault.column in ("udise_code", "") for fault in faults):
            self.has_unread_codes = True
            return
        first = self.seen.setdefault(code, number)
        if first != number:
            faults.append(Fault("udise_code", code, "repeated", {"row": first}))
            self.repeats.setdefault(first, number)

    def _staged(
        self, row: Row, values: dict[str, Any], faults: list[Fault], there: dict[str, dict[str, Any]]
    ) -> SheetRow:
        school = there.get(values["udise_code"])
        if not faults and school is not None and school["state_id"] != self.state.pk:
            faults = [Fault("udise_code", values["udise_code"], "in_other_state")]
        if faults:
            return self.faulty(row, faults)
        if school is None:
            return self._row(row.number, Action.ADD, values)
        before = {
            name: school[field]
            for name, field in (COMPARED | self.optional).items()
            if school[field] != values[name]
        }
        if school["closed_on"] is not None:
            before["closed_on"] = school["closed_on"].isoformat()
        kept = {"udise_code": values["udise_code"], "name": values["name"]}
        after = {name: values.get(name) for name in before}
        action = Action.CHANGE if before else Action.SAME
        return self._row(row.number, action, kept | after, before=before, record_id=school["pk"])

    def faulty(self, row: Row, faults: list[Fault]) -> SheetRow:
        cells = {name: text[:200] for name, text in row.cells.items()}
        return self._row(row.number, Action.FAULT, cells, faults=[stored(one) for one in faults])

    def _row(self, number: int, action: str, values: dict[str, Any], **more: Any) -> SheetRow:
        return SheetRow(sheet=self.sheet, number=number, action=action, values=values, **more)
