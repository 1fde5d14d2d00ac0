"""Applying a list of schools or blocks, all of it or nothing; what it changed is marked for recounting."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import audit
from schools.actions.adoption import mark_many_stale
from schools.actions.import_progress import Progress
from schools.models import Block, District, School, SheetFile, SheetImport, SheetRow, State
from schools.queries import imports as queries
from schools.queries.import_rows import Action

BATCH = 1000
FIELDS = {
    "name": "name",
    "block": "block_id",
    "category": "category_id",
    "management": "management_id",
    "mediums": "mediums",
    "pin_code": "pin_code",
    "closed_on": "closed_on",
}


class StepRefusedError(Exception):
    """A step cannot be done. `reason` is a code for a presenter, `details` fill its sentence."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


def apply_list(sheet: SheetImport) -> None:
    """Do what the dry run showed. Raises `StepRefusedError` when the state's lists have changed since."""
    with Progress(sheet) as progress, transaction.atomic():
        locked = lock(sheet, SheetImport.Status.APPLYING)
        if locked is None:
            return
        if locked.version != queries.version(locked.state):
            raise StepRefusedError("list_changed")
        _APPLY[locked.kind](locked, progress)
        locked.status, locked.applied_at = SheetImport.Status.APPLIED, timezone.now()
        locked.done = locked.total = progress.done
        locked.save()
        SheetFile.objects.filter(sheet=locked).delete()
        counts = {name: getattr(locked, name) for name in ("added", "changed", "closed", "faulty")}
        audit.record("list.applied", locked, by=locked.applied_by, **counts)


def lock(sheet: SheetImport, status: str) -> SheetImport | None:
    """One list of a state at a time; None when another task has done this one meanwhile.

    The list's own row stays free, so that its progress can be written.
    """
    State.objects.select_for_update(no_key=True).get(pk=sheet.state_id)
    return SheetImport.objects.filter(pk=sheet.pk, status=status).select_related("state").first()


def _apply_schools(sheet: SheetImport, progress: Progress) -> None:
    districts = dict(Block.objects.filter(district__state=sheet.state).values_list("pk", "district_id"))
    for rows in queries.in_batches(sheet, Action.ADD, BATCH):
        _add(sheet.state_id, rows, districts)
        progress.add(len(rows))
    for rows in queries.in_batches(sheet, Action.CHANGE, BATCH):
        write([(row.record_id, row.values, row.before.keys()) for row in rows], districts)
        progress.add(len(rows))
    for rows in queries.in_batches(sheet, Action.CLOSE, BATCH):
        keys = [row.record_id for row in rows if row.record_id is not None]
        School.objects.filter(pk__in=keys).update(closed_on=timezone.localdate())
        mark_many_stale(keys)
        progress.add(len(rows))


def _add(state_id: int, rows: Sequence[SheetRow], districts: dict[int, int]) -> None:
    made = School.objects.bulk_create(
        School(
            udise_code=row.values["udise_code"],
            name=row.values["name"],
            state_id=state_id,
            district_id=districts[row.values["block"]],
            block_id=row.values["block"],
            category_id=row.values["category"],
            management_id=row.values["management"],
            mediums=row.values.get("mediums", []),
            pin_code=row.values.get("pin_code", ""),
        )
        for row in rows
    )
    mark_many_stale(school.pk for school in made)


def write(changes: Sequence[tuple[Any, dict[str, Any], Any]], districts: dict[int, int]) -> None:
    """Give schools the named values: (key, values, names). One statement, which changes rows and makes none."""
    schools = School.objects.select_for_update(no_key=True).in_bulk([key for key, _values, _names in changes])
    for key, values, names in changes:
        school = schools[key]
        for name in names:
            value = values[name]
            if name == "closed_on" and value is not None:
                value = date.fromisoformat(value)
            setattr(school, FIELDS[name], value)
        school.district_id = districts[school.block_id]
    School.objects.bulk_create(
        schools.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*FIELDS.values(), "district_id"],
    )
    mark_many_stale(schools)


def _apply_blocks(sheet: SheetImport, progress: Progress) -> None:
    """A few thousand rows at most: one after the other."""
    made: dict[str, District] = {}
    for action in (Action.ADD, Action.CHANGE):
        for rows in queries.in_batches(sheet, action, BATCH):
            for row in rows:
                _write_block(sheet, row, made)
            progress.add(len(rows))


def _write_block(sheet: SheetImport, row: SheetRow, made: dict[str, District]) -> None:
    values, before = row.values, row.before
    district = _district(sheet, row, made)
    set_named(district, "district", values, before)
    if row.record_id:
        set_named(Block.objects.get(pk=row.record_id), "block", values, before)
    else:
        names = {"name": values["block"], "code": values.get("block_code", "")}
        row.record_id = Block.objects.create(district=district, **names).pk
    row.save(update_fields=["record_id", "values"])


def _district(sheet: SheetImport, row: SheetRow, made: dict[str, District]) -> District:
    """The district of a row. The row that makes it keeps its key, for the undo."""
    if row.values["district_id"]:
        return District.objects.get(pk=row.values["district_id"])
    name = row.values["district"]
    if name not in made:
        code = row.values.get("district_code", "")
        made[name] = District.objects.create(state=sheet.state, name=name, code=code)
        row.values["made_district"] = made[name].pk
    return made[name]


def set_named(place: District | Block, kind: str, values: dict[str, Any], names: Any) -> None:
    """Give a district or block the name and code of `values`, where they are among `names`."""
    changed = [field for field, name in (("name", kind), ("code", f"{kind}_code")) if name in names]
    for field in changed:
        setattr(place, field, values.get(kind if field == "name" else f"{kind}_code", ""))
    if changed:
        place.save(update_fields=changed)


_APPLY: dict[str, Callable[[SheetImport, Progress], None]] = {
    SheetImport.Kind.SCHOOLS: _apply_schools,
    SheetImport.Kind.BLOCKS: _apply_blocks,
}
