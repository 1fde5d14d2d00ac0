"""The task behind a list: it does whatever step the list's status asks for, and says so when it cannot.

Every step may be begun again: the dry run starts anew, the others are all or nothing. A step whose worker
died is found by the heartbeat of `schools.tasks`.
"""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from schools.actions.import_applying import StepRefusedError, apply_list
from schools.actions.import_reading import TakenOverError, read_list
from schools.actions.import_undoing import undo_list
from schools.models import SheetImport
from schools.queries import imports as queries
from schools.sheets import Refused

Status = SheetImport.Status
MOST_TRIES = 3
"""A step that takes its worker down each time is not begun for ever."""
BACK_TO: dict[str, str] = {
    Status.WAITING: Status.FAILED,
    Status.READING: Status.FAILED,
    Status.APPLYING: Status.READ,
    Status.UNDOING: Status.APPLIED,
}
"""What a list is again when its step was refused: nothing was changed."""


@task
def run_step(sheet_id: int) -> None:
    sheets = SheetImport.objects.filter(pk=sheet_id)
    sheets.filter(status=Status.WAITING).update(status=Status.READING)
    if not sheets.filter(status__in=STEPS).update(tries=F("tries") + 1, beat_at=timezone.now()):
        return
    sheet = sheets.select_related("state", "asked_by").get()
    try:
        STEPS[sheet.status](sheet)
    except TakenOverError:
        return
    except (Refused, StepRefusedError) as refusal:
        _give_up(sheet, refusal.reason, refusal.details)
    except IntegrityError:
        _give_up(sheet, "list_changed", {})
    except Exception:
        _give_up(sheet, "broken", {})
        raise


STEPS: dict[str, Callable[[SheetImport], None]] = {
    Status.READING: read_list,
    Status.APPLYING: apply_list,
    Status.UNDOING: undo_list,
}


def _give_up(sheet: SheetImport, reason: str, details: dict[str, Any]) -> None:
    SheetImport.objects.filter(pk=sheet.pk, status=sheet.status).update(
        status=BACK_TO[sheet.status], failure={"reason": reason, "details": details}
    )


def begin_stopped_again() -> None:
    """Book the steps anew whose workers died; give up on those that died too often."""
    for sheet in queries.stopped():
        if sheet.tries >= MOST_TRIES:
            _give_up(sheet, "stopped", {"tries": sheet.tries})
        else:
            SheetImport.objects.filter(pk=sheet.pk).update(beat_at=timezone.now())
            run_step.enqueue(sheet.pk)
