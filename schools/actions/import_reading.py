"""The dry run: what a list would do, staged row by row. It changes no school, and may be run again at any time."""

import io
from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import audit
from schools.models import SheetFile, SheetImport, SheetRow
from schools.queries import imports as queries
from schools.queries.import_blocks import BlockPlanner
from schools.queries.import_columns import COLUMNS
from schools.queries.import_rows import Action, SchoolPlanner
from schools.sheets import Fault, Row, read

BATCH = 1000
PLANNERS: dict[str, type[SchoolPlanner] | type[BlockPlanner]] = {
    SheetImport.Kind.SCHOOLS: SchoolPlanner,
    SheetImport.Kind.BLOCKS: BlockPlanner,
}
COUNTS = {
    Action.ADD: "added",
    Action.CHANGE: "changed",
    Action.CLOSE: "closed",
    Action.SAME: "unchanged",
    Action.FAULT: "faulty",
}


class TakenOverError(Exception):
    """Another task is reading this list now."""


def read_list(sheet: SheetImport) -> None:
    """Stage every row of the file. Raises `Refused` for a file that cannot be read."""
    _Reading(sheet).run()


class _Reading:
    def __init__(self, sheet: SheetImport) -> None:
        self.sheet = sheet
        self.counts = dict.fromkeys(COUNTS.values(), 0)
        self.done = 0

    def run(self) -> None:
        sheet = self.sheet
        self._begin()
        file = io.BytesIO(SheetFile.objects.get(sheet=sheet).content)
        found = read(file, sheet.file_name, COLUMNS[sheet.kind])
        sheet.columns = {"used": found.headings, "unknown": found.unknown}
        planner = PLANNERS[sheet.kind](sheet, found.headings)
        for some in batched(found.rows, BATCH):
            self._stage(planner.plan(list(some)))
        if planner.repeats:
            self._fault_first_ones(planner, file)
        sheet.has_unread_codes = planner.has_unread_codes
        if sheet.is_whole_list and not planner.has_unread_codes:
            self._stage_closing(planner.seen)
        self._finish()

    def _begin(self) -> None:
        """Rows of a reading that died go. The version is taken first: lists that change later make it too low."""
        self.sheet.version = queries.version(self.sheet.state)
        with transaction.atomic():
            self._beat()
            self.sheet.rows.all()._raw_delete(self.sheet.rows.db)

    def _beat(self) -> None:
        mine = SheetImport.objects.filter(
            pk=self.sheet.pk, status=SheetImport.Status.READING, tries=self.sheet.tries
        )
        if not mine.update(done=self.done, beat_at=timezone.now()):
            raise TakenOverError

    def _stage(self, rows: Sequence[SheetRow]) -> None:
        """Rows that change nothing are counted and not kept."""
        self.done += len(rows)
        for row in rows:
            self.counts[COUNTS[Action(row.action)]] += 1
        with transaction.atomic():
            self._beat()
            SheetRow.objects.bulk_create([row for row in rows if row.action != Action.SAME])

    def _fault_first_ones(self, planner: SchoolPlanner | BlockPlanner, file: io.BytesIO) -> None:
        """Of two rows with the same code, neither can be trusted: the first is at fault, too."""
        column = "udise_code" if isinstance(planner, SchoolPlanner) else "block"
        again = read(file, self.sheet.file_name, COLUMNS[self.sheet.kind])
        firsts = (row for row in again.rows if row.number in planner.repeats)
        for some in batched(firsts, BATCH):
            self._replace([self._repeated(planner, column, row) for row in some])

    def _repeated(self, planner: SchoolPlanner | BlockPlanner, column: str, row: Row) -> SheetRow:
        fault = Fault(column, row.cells[column], "repeated", {"row": planner.repeats[row.number]})
        return planner.faulty(row, [fault])

    def _replace(self, rows: Sequence[SheetRow]) -> None:
        numbers = [row.number for row in rows]
        staged = self.sheet.rows.filter(number__in=numbers)
        there: dict[int, Any] = {one.number: one for one in staged}
        for row in rows:
            old = there.get(row.number)
            if old is not None:
                row.faults += [one for one in old.faults if one["reason"] != "repeated"]
            self.counts[COUNTS[Action(old.action) if old is not None else Action.SAME]] -= 1
            self.counts["faulty"] += 1
        with transaction.atomic():
            self._beat()
            staged.delete()
            SheetRow.objects.bulk_create(rows)

    def _stage_closing(self, seen: dict[str, int]) -> None:
        """Schools of the state that are open and not in the file. They have no row there: number 0."""
        schools = self.sheet.state.schools.filter(closed_on__isnull=True).order_by("pk")
        missing = (
            SheetRow(
                sheet=self.sheet,
                number=0,
                action=Action.CLOSE,
                record_id=key,
                values={"udise_code": code, "name": name, "block": block},
            )
            for key, code, name, block in schools.values_list(
                "pk", "udise_code", "name", "block_id"
            ).iterator(chunk_size=2000)
            if code not in seen
        )
        done = self.done
        for some in batched(missing, BATCH):
            self._stage(some)
        self.done = done

    @transaction.atomic
    def _finish(self) -> None:
        self._beat()
        sheet = self.sheet
        for name, number in self.counts.items():
            setattr(sheet, name, number)
        sheet.total = sheet.done = self.done
        sheet.status, sheet.read_at, sheet.failure = SheetImport.Status.READ, timezone.now(), {}
        sheet.save()
        audit.record("list.read", sheet, by=sheet.asked_by, counts=self.counts)
