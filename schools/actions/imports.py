"""A state's lists of blocks and schools: sent, applied, undone, thrown away. The work itself is done by a task."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions.import_tasks import run_step
from schools.models import SheetFile, SheetImport, State
from schools.queries import imports as queries

Status = SheetImport.Status


@transaction.atomic
def send(
    *, state: State, kind: str, file: UploadedFile, is_whole_list: bool, language: str, by: User
) -> SheetImport:
    """Keep a file and have it read: a dry run, which changes no school."""
    require(by, Permission.IMPORT_SCHOOLS, state)
    sheet = SheetImport.objects.create(
        state=state,
        kind=kind,
        file_name=(file.name or "")[:200],
        is_whole_list=is_whole_list and kind == SheetImport.Kind.SCHOOLS,
        language=language,
        asked_by=by,
    )
    file.seek(0)
    SheetFile.objects.create(sheet=sheet, content=file.read())
    audit.record("list.sent", sheet, by=by, kind=kind, is_whole_list=sheet.is_whole_list)
    run_step.enqueue(sheet.pk)
    return sheet


@transaction.atomic
def read_again(*, sheet: SheetImport, by: User) -> None:
    """Compare the file once more with the lists as they are now."""
    require(by, Permission.IMPORT_SCHOOLS, sheet.state)
    _step(sheet, (Status.READ, Status.FAILED), Status.WAITING)
    run_step.enqueue(sheet.pk)


@transaction.atomic
def apply(*, sheet: SheetImport, is_closing_confirmed: bool = False, by: User) -> None:
    """Have the list applied as the dry run showed it."""
    require(by, Permission.IMPORT_SCHOOLS, sheet.state)
    if sheet.status == Status.READ:
        if not sheet.added + sheet.changed + sheet.closed:
            raise ValidationError(_("The list changes nothing. There is nothing to apply."))
        if sheet.version != queries.version(sheet.state):
            raise ValidationError(
                _(
                    "Another list was applied meanwhile. Please have the file read again, then look at it once more."
                )
            )
        if queries.asks_about_closing(sheet) and not is_closing_confirmed:
            raise ValidationError(_("Please say that so many schools are to be closed."))
    _step(sheet, (Status.READ,), Status.APPLYING, applied_by=by)
    run_step.enqueue(sheet.pk)


@transaction.atomic
def undo(*, sheet: SheetImport, by: User) -> None:
    """Have everything put back that the list changed, as long as nothing hangs on it."""
    require(by, Permission.IMPORT_SCHOOLS, sheet.state)
    if (later := queries.later_list(sheet)) is not None:
        words = _("“%(name)s” was applied after this list. Please undo that one first.")
        raise ValidationError(words % {"name": later.file_name})
    _step(sheet, (Status.APPLIED,), Status.UNDOING, undone_by=by)
    run_step.enqueue(sheet.pk)


@transaction.atomic
def begin_again(*, sheet: SheetImport, by: User) -> None:
    """Run a step once more whose task died: nothing of it was kept."""
    require(by, Permission.IMPORT_SCHOOLS, sheet.state)
    if not queries.is_stopped(sheet):
        raise ValidationError(_("This list is still being worked on."))
    SheetImport.objects.filter(pk=sheet.pk).update(beat_at=timezone.now(), tries=0)
    run_step.enqueue(sheet.pk)


@transaction.atomic
def discard(*, sheet: SheetImport, by: User) -> None:
    """Throw a list away that was not applied: its file and its rows go, its entry stays."""
    require(by, Permission.IMPORT_SCHOOLS, sheet.state)
    _step(sheet, (Status.READ, Status.FAILED), Status.DISCARDED)
    SheetFile.objects.filter(sheet=sheet).delete()
    sheet.rows.all()._raw_delete(sheet.rows.db)
    audit.record("list.discarded", sheet, by=by)


def take_rejected_rows(*, sheet: SheetImport, by: User) -> None:
    """Note that somebody took the rows away that are to be mended."""
    require(by, Permission.IMPORT_SCHOOLS, sheet.state)
    audit.record("list.rejected_rows_taken", sheet, by=by, rows=sheet.faulty)


def _step(sheet: SheetImport, allowed: tuple[str, ...], to: str, **values: Any) -> None:
    """Go on to the next status, unless somebody else has done so meanwhile."""
    values |= {"status": to, "done": 0, "tries": 0, "failure": {}, "beat_at": timezone.now()}
    going = SheetImport.objects.filter(pk=sheet.pk, status__in=allowed)
    if not going.update(**values):
        raise ValidationError(_("This list is no longer as you saw it. Please look at it again."))
    sheet.refresh_from_db()
