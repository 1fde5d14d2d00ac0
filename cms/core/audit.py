"""The door to the audit log: one call for every write that a person could be asked about."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from cms.core import append_only
from cms.core.models import AuditEvent


class Place(NamedTuple):
    """The keys of the state and the school that a record belongs to."""

    state_id: int | None = None
    school_id: int | None = None


_place_of: list[Callable[[Model], Place]] = []


def locate_by(place_of: Callable[[Model], Place]) -> None:
    """Let `place_of` say where each subject belongs: the app that holds places lies above this one."""
    _place_of[:] = [place_of]


def record(
    action: str, subject: Model, *, by: Any, within: Model | None = None, **details: Any
) -> AuditEvent:
    """Note that `by` (a user, or None for the system itself) did `action` to `subject`.

    `within` is a record that belongs where the event does, for a subject that does not say (an account).
    `details` holds plain values only and never a child's alias, PIN or answer.
    """
    place = _place_of[0](within or subject) if _place_of else Place()
    return AuditEvent.objects.create(
        action=action,
        actor_id=by.pk if by is not None else None,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        state_id=place.state_id,
        school_id=place.school_id,
        details=details,
    )


def forget_before(moment: datetime) -> int:
    """Delete the events before `moment`, which the operator alone may ask for, and note it; returns how many."""
    with append_only.lifted(connection), connection.cursor() as cursor:
        bound = connection.ops.adapt_datetimefield_value(moment)
        cursor.execute(f"DELETE FROM {append_only.TABLE} WHERE at < %s", [bound])  # noqa: S608
        number = cursor.rowcount
        AuditEvent.objects.create(
            action="records.forgotten",
            subject_type=AuditEvent._meta.label_lower,
            details={"number": number, "until": moment.date().isoformat()},
        )
    return number
