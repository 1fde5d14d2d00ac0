"""A class list from a file: looked at first, then applied whole or not at all, and undone while nobody has begun.

The file itself is never stored, nor a name in it: a row keeps class, section, roll number, alias and mark.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions.adoption import mark_stale
from schools.actions.roster_undo import CHANGED_SINCE, check_undo, take_back
from schools.actions.roster_writing import Writing, write
from schools.actions.seating import lock_school
from schools.models import Classroom, School, SheetImport, SheetRow
from schools.queries.rosters import ADD, CHANGE, CLOSE, FAULT, SAME, Comparison, RosterRow, compare

BATCH = 500
Status = SheetImport.Status


class ListChangedError(Exception):
    """The classes are no longer as they were when the list was looked at. It has been looked at anew."""


@dataclass
class ReadList:
    """What a file says: the rows that can be read, and those that cannot, by their number."""

    rows: list[RosterRow] = field(default_factory=list)
    faults: list[tuple[int, dict[str, Any], list[dict[str, Any]]]] = field(default_factory=list)


def _require(by: User, school: School, classroom: Classroom | None) -> None:
    if classroom is not None:
        require(by, Permission.MANAGE_ROSTER, classroom)
    else:
        require(by, Permission.IMPORT_ROSTER, school)


@transaction.atomic
def rehearse(
    *,
    school: School,
    classroom: Classroom | None,
    academic_year: str,
    found: ReadList,
    file_name: str,
    is_whole_list: bool,
    language: str,
    by: User,
) -> SheetImport:
    """Keep what a list would do, to be looked at. A list of the same person that was not applied is forgotten."""
    _require(by, school, classroom)
    waiting = SheetImport.objects.filter(
        kind=SheetImport.Kind.ROSTER, school=school, classroom=classroom, asked_by=by, status=Status.READ
    )
    for one in waiting:
        _forget(one)
    sheet = SheetImport.objects.create(
        kind=SheetImport.Kind.ROSTER,
        state_id=school.state_id,
        school=school,
        classroom=classroom,
        academic_year=academic_year,
        file_name=file_name,
        is_whole_list=is_whole_list,
        language=language,
        asked_by=by,
    )
    _keep(sheet, _compare(sheet, found.rows), found.faults)
    return sheet


def _compare(sheet: SheetImport, rows: Iterable[RosterRow]) -> Comparison:
    return compare(
        school=cast(School, sheet.school),
        academic_year=sheet.academic_year,
        rows=rows,
        only=sheet.classroom,
        is_whole_list=sheet.is_whole_list,
    )


def _keep(
    sheet: SheetImport, found: Comparison, faults: Sequence[tuple[int, dict[str, Any], list[dict[str, Any]]]]
) -> None:
    """Write down what the dry run found, in place of what was there."""
    sheet.rows.all().delete()
    counts: Counter[str] = Counter()
    rows = (*_rows(sheet, found), *(_faulty(sheet, *one) for one in faults))
    for some in batched(rows, BATCH):
        counts.update(row.action for row in some)
        SheetRow.objects.bulk_create(some)
    sheet.added, sheet.changed, sheet.closed = counts[ADD], counts[CHANGE], counts[CLOSE]
    sheet.unchanged, sheet.faulty = counts[SAME], counts[FAULT]
    sheet.total = sheet.done = len(found.planned) + len(faults)
    sheet.status, sheet.read_at = Status.READ, timezone.now()
    sheet.save()


def _rows(sheet: SheetImport, found: Comparison) -> Iterator[SheetRow]:
    for one in found.planned:
        yield SheetRow(
            sheet=sheet,
            number=one.row.number,
            action=one.action,
            record_id=one.sitting.enrolment_id if one.sitting else None,
            values=_values(one.row) | {"new_roll": one.roll_number, "new_alias": one.alias},
            before=_before(one.sitting) if one.sitting else {},
            faults=[one.fault] if one.fault else [],
        )
    for leaving in found.leaving:
        yield SheetRow(
            sheet=sheet, number=0, action=CLOSE, record_id=leaving.enrolment_id, before=_before(leaving)
        )


def _values(row: RosterRow) -> dict[str, Any]:
    return {
        "class": row.class_level,
        "section": row.section,
        "roll": row.roll_number,
        "alias": row.alias,
        "language": row.language,
        "digest": row.digest,
    }


def _before(sitting: Any) -> dict[str, Any]:
    level, section = sitting.key
    return {"class": level, "section": section, "roll": sitting.roll_number, "alias": sitting.alias}


def _faulty(
    sheet: SheetImport, number: int, values: dict[str, Any], faults: list[dict[str, Any]]
) -> SheetRow:
    return SheetRow(sheet=sheet, number=number, action=FAULT, values=values, faults=faults)


def row_of(kept: SheetRow) -> RosterRow:
    """A row as it came from the file."""
    said = kept.values
    return RosterRow(
        kept.number,
        said["class"],
        said["section"],
        said["roll"],
        said["alias"],
        said["language"],
        said["digest"],
    )


@transaction.atomic
def discard(*, sheet: SheetImport, by: User) -> None:
    """Throw a list away that has not been applied."""
    _require(by, cast(School, sheet.school), sheet.classroom)
    if sheet.status == Status.READ:
        _forget(sheet)


def _forget(sheet: SheetImport) -> None:
    sheet.rows.all().delete()
    sheet.status = Status.DISCARDED
    sheet.save(update_fields=["status"])


def apply(*, sheet: SheetImport, by: User) -> SheetImport:
    """Do what the dry run said. Asked twice, it is done once.

    Raises `ListChangedError` where the classes have changed since; then the list waits with what it would
    do now. Raises `ValidationError` for a whole list with faults: nobody may leave because of a mistyped row.
    """
    with transaction.atomic():
        locked = _locked(sheet, by)
        if locked.status != Status.READ:
            return locked
        if locked.is_whole_list and locked.faulty:
            raise ValidationError(
                _("Put the faulty rows right first, and bring the file again: it is the whole list.")
            )
        good = locked.rows.exclude(action__in=[FAULT, CLOSE]).order_by("number")
        found = _compare(locked, [row_of(one) for one in good.iterator(BATCH)])
        is_changed = _signs(found) != _kept_signs(locked)
        if is_changed:
            kept = locked.rows.filter(action=FAULT).values_list("number", "values", "faults")
            _keep(locked, found, list(kept))
        else:
            _write(locked, found, by)
    if is_changed:
        raise ListChangedError
    return locked


def _locked(sheet: SheetImport, by: User) -> SheetImport:
    """The list as it is now, with its school held, so that two who apply or undo take turns."""
    lock_school(cast(int, sheet.school_id))
    locked = SheetImport.objects.select_related("school__category", "classroom__school").get(pk=sheet.pk)
    _require(by, cast(School, locked.school), locked.classroom)
    return locked


def _signs(found: Comparison) -> set[tuple]:
    signs = {
        (
            one.row.number,
            one.action,
            one.sitting.enrolment_id if one.sitting else None,
            one.roll_number,
            one.alias,
        )
        for one in found.planned
    }
    return signs | {(0, CLOSE, one.enrolment_id, None, "") for one in found.leaving}


def _kept_signs(sheet: SheetImport) -> set[tuple]:
    rows = sheet.rows.exclude(action=FAULT).values_list("number", "action", "record_id", "values")
    return {
        (number, action, record_id, values.get("new_roll"), values.get("new_alias", ""))
        for number, action, record_id, values in rows.iterator(BATCH)
    }


def _write(sheet: SheetImport, found: Comparison, by: User) -> None:
    """The writes of a list, and what each row touched, for the undo."""
    done = write(sheet, found)
    _note(sheet, done)
    sheet.status, sheet.applied_at, sheet.applied_by = Status.APPLIED, timezone.now(), by
    sheet.save(update_fields=["status", "applied_at", "applied_by"])
    counts: dict[str, Any] = {"added": sheet.added, "changed": sheet.changed, "left": sheet.closed}
    audit.record("roster.applied", sheet, by=by, classes_made=len(done.made), **counts)
    mark_stale(cast(int, sheet.school_id))


def _note(sheet: SheetImport, done: Writing) -> None:
    rows = sheet.rows.filter(number__gt=0, action__in=[ADD, CHANGE]).only(
        "pk", "number", "record_id", "before"
    )
    for some in batched(rows.iterator(BATCH), BATCH):
        touched = []
        for row in some:
            if row.number in done.seated:
                if row.record_id is not None:
                    row.before["moved_from"] = row.record_id
                row.record_id = done.seated[row.number]
                touched.append(row)
        SheetRow.objects.bulk_update(touched, ["record_id", "before"])
    sheet.made_classes = sorted(done.made)
    sheet.save(update_fields=["made_classes"])


def undo(*, sheet: SheetImport, by: User) -> SheetImport:
    """Take back what an applied list did: who joined goes, who left returns, what changed is as before.

    Raises `ValidationError` once a student of it has begun, or the classes were changed otherwise.
    """
    try:
        with transaction.atomic():
            locked = _locked(sheet, by)
            if locked.status == Status.APPLIED:
                _undo(locked, by)
            return locked
    except IntegrityError:
        raise ValidationError(CHANGED_SINCE) from None


def _undo(sheet: SheetImport, by: User) -> None:
    check_undo(sheet)
    take_back(sheet)
    _forget(sheet)
    sheet.status, sheet.undone_at, sheet.undone_by = Status.UNDONE, timezone.now(), by
    sheet.save(update_fields=["status", "undone_at", "undone_by"])
    counts: dict[str, Any] = {"added": sheet.added, "changed": sheet.changed, "left": sheet.closed}
    audit.record("roster.undone", sheet, by=by, **counts)
    mark_stale(cast(int, sheet.school_id))
