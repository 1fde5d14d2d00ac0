"""Records that every app may need: the audit log and the content's version."""

from django.db import models
from django.utils import timezone


class AppendOnlyError(Exception):
    """An audit event was to be changed or deleted."""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def update(self, **kwargs: object) -> int:
        raise AppendOnlyError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError


class AuditEvent(models.Model):
    """Who did what to which record, and when. Append-only.

    The actor is a bare number, not a foreign key: the event outlives the account, and this app
    stays below the one that holds accounts. So are the state and the school that it belongs to; both are
    empty when it belongs to neither. The database refuses to change or delete a row (`append_only`).
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    action = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    state_id = models.BigIntegerField(null=True)
    school_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["state_id", "-at", "-id"], name="audit_of_state"),
            models.Index(fields=["school_id", "-at", "-id"], name="audit_of_school"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(action=""), name="audit_event_says_what_was_done")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError


class ContentVersion(models.Model):
    """One row whose number grows whenever anything public changes; the ETag of public pages hangs on it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="content_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
