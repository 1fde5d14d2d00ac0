"""Lessons that a teacher taught to a whole class on one screen. Grows with students (DESIGN 5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models.scopes import SessionQuerySet

LARGEST_CLASS = 100
"""A session is for one class: more people than this were not one."""


class WholeClassSession(models.Model):
    """One lesson taught to one class. It counts as delivered once it is ended with a headcount.

    `tallies` holds, for each question's key, how many hands went up for each choice. `enrolled` is how many
    pupils the class had then. Places are bare numbers: the table is partitioned by school.
    """

    pk = models.CompositePrimaryKey("school_id", "id")
    school_id = models.BigIntegerField()
    id = models.UUIDField()
    state_id = models.BigIntegerField()
    classroom_id = models.BigIntegerField()
    module_key = models.UUIDField()
    lesson_key = models.UUIDField()
    language = models.CharField(max_length=10)
    held_on = models.DateField(default=timezone.localdate)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    headcount = models.PositiveSmallIntegerField(null=True)
    enrolled = models.PositiveSmallIntegerField(default=0)
    tallies = models.JSONField(default=dict)
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, headcount__isnull=True)
                | Q(ended_at__isnull=False, headcount__isnull=False, headcount__range=(1, LARGEST_CLASS)),
                name="session_ended_has_a_headcount",
            )
        ]
        indexes = [
            models.Index(fields=["school_id", "classroom_id", "lesson_key"], name="session_classroom_lesson")
        ]

    def __str__(self) -> str:
        return str(self.id)
