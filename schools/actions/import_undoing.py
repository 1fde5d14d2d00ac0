"""Taking back what a list did, all of it or nothing, as long as nothing hangs on what it added."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from cms.core import audit
from schools.actions.adoption import mark_many_stale
from schools.actions.import_applying import BATCH, StepRefusedError, lock, set_named, write
from schools.actions.import_progress import Progress
from schools.models import Block, District, School, SheetImport, SheetRow
from schools.queries import imports as queries
from schools.queries.import_rows import Action

NAMED = 5
"""So many of the places that are in use are named."""


def undo_list(sheet: SheetImport) -> None:
    """Put everything back as it was before. Raises `StepRefusedError` when something stands in the way."""
    with Progress(sheet) as progress, transaction.atomic():
        locked = lock(sheet, SheetImport.Status.UNDOING)
        if locked is None:
            return
        if (later := queries.later_list(locked)) is not None:
            raise StepRefusedError("later_list", name=later.file_name)
        _UNDO[locked.kind](locked, progress)
        locked.status, locked.undone_at = SheetImport.Status.UNDONE, timezone.now()
        locked.done = locked.total
        locked.save()
        counts = {name: getattr(locked, name) for name in ("added", "changed", "closed")}
        audit.record("list.undone", locked, by=locked.undone_by, **counts)


def _undo_schools(sheet: SheetImport, progress: Progress) -> None:
    _check(School, _added_schools(sheet))
    districts = dict(Block.objects.filter(district__state=sheet.state).values_list("pk", "district_id"))
    for rows in queries.in_batches(sheet, Action.ADD, BATCH):
        codes = [row.values["udise_code"] for row in rows]
        School.objects.filter(state=sheet.state, udise_code__in=codes).delete()
        progress.add(len(rows))
    for rows in queries.in_batches(sheet, Action.CHANGE, BATCH):
        write([(row.record_id, row.before, row.before.keys()) for row in rows], districts)
        progress.add(len(rows))
    for rows in queries.in_batches(sheet, Action.CLOSE, BATCH):
        keys = [row.record_id for row in rows if row.record_id]
        School.objects.filter(pk__in=keys).update(closed_on=None)
        mark_many_stale(keys)
        progress.add(len(rows))


def _added_schools(sheet: SheetImport) -> list[int]:
    keys: list[int] = []
    for rows in queries.in_batches(sheet, Action.ADD, BATCH):
        codes = [row.values["udise_code"] for row in rows]
        found = School.objects.filter(state=sheet.state, udise_code__in=codes).order_by()
        keys += found.values_list("pk", flat=True)
    return keys


def _check(model: type[School] | type[Block] | type[District], keys: list[int]) -> None:
    used = sorted(queries.in_use(model, keys))
    if used:
        names = model.objects.filter(pk__in=used[:NAMED]).values_list("name", flat=True)
        kind = str(model._meta.model_name)
        raise StepRefusedError("in_use", kind=kind, number=len(used), names=list(names))


def _undo_blocks(sheet: SheetImport, progress: Progress) -> None:
    """What was added goes first, then names and codes go back in the order in which they came."""
    added = list(queries.rows_of(sheet, Action.ADD))
    _check(Block, [row.record_id for row in added if row.record_id])
    Block.objects.filter(pk__in=[row.record_id for row in added if row.record_id]).delete()
    districts = [row.values["made_district"] for row in added if "made_district" in row.values]
    _check(District, districts)
    District.objects.filter(pk__in=districts).delete()
    for row in [*queries.rows_of(sheet, Action.CHANGE), *added]:
        _put_back(row)
    progress.add(len(added))


def _put_back(row: SheetRow) -> None:
    if row.values["district_id"] and row.before:
        district = District.objects.get(pk=row.values["district_id"])
        set_named(district, "district", row.before, row.before)
    if row.action == Action.CHANGE and row.record_id:
        set_named(Block.objects.get(pk=row.record_id), "block", row.before, row.before)


_UNDO: dict[str, Callable[[SheetImport, Progress], None]] = {
    SheetImport.Kind.SCHOOLS: _undo_schools,
    SheetImport.Kind.BLOCKS: _undo_blocks,
}
