"""What a student has read. Grows with students (DESIGN 5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class LessonProgress(models.Model):
    """How far one student is in one lesson, in whatever language. Moves forward only.

    Places are bare numbers: no foreign key may stand at a table that is partitioned by school.
    """

    class Status(models.TextChoices):
        STARTED = "started"
        FINISHED = "finished"

    pk = models.CompositePrimaryKey("school_id", "id")
    school_id = models.BigIntegerField()
    id = models.UUIDField()
    state_id = models.BigIntegerField()
    classroom_id = models.BigIntegerField()
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    module_key = models.UUIDField()
    lesson_key = models.UUIDField()
    status = models.CharField(max_length=8, choices=Status, default=Status.STARTED)
    step = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=10)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_id", "student", "lesson_key"], name="progress_once_a_lesson"
            ),
            models.CheckConstraint(
                condition=Q(status="started", finished_at__isnull=True)
                | Q(status="finished", finished_at__isnull=False),
                name="progress_finished_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["school_id", "classroom_id", "module_key"], name="progress_classroom_module")
        ]

    def __str__(self) -> str:
        return str(self.id)
