"""The door to the audit log: one call for every write that a person could be asked about."""

from typing import Any

from django.db.models import Model

from cms.core.models import AuditEvent


def record(action: str, subject: Model, *, by: Any, **details: Any) -> AuditEvent:
    """Note that `by` (a user, or None for the system itself) did `action` to `subject`.

    `details` holds plain values only and never a child's alias, PIN or answer.
    """
    return AuditEvent.objects.create(
        action=action,
        actor_id=by.pk if by is not None else None,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        details=details,
    )
