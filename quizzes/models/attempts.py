"""Attempts: what one learner was asked and answered in one sitting."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from quizzes.models.quizzes import Quiz


class Attempt(models.Model):
    """One learner's way through one quiz. Grows with students (DESIGN 5), so its key holds the school.

    The id comes from the server's form; inserting it twice is the same attempt, and only its own
    learner may come back to it. Places are bare numbers: this app does not know schools.

    `sheet` is a list, one mapping a question in the order asked:
    `{"question": key, "kind": str, "text": str, "objective": code, "choices": [{"key", "text",
    "is_correct", "why"}], "answer": [choice keys] | None, "mark": 0..1 | None}`; the texts are as
    the learner saw them, in `language`.
    """

    pk = models.CompositePrimaryKey("school_id", "id")
    school_id = models.BigIntegerField()
    id = models.UUIDField()
    state_id = models.BigIntegerField()
    classroom_id = models.BigIntegerField()
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    quiz = models.ForeignKey(Quiz, models.DO_NOTHING, db_constraint=False, related_name="+")
    language = models.CharField(max_length=10)
    sheet = models.JSONField()
    started_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    score = models.FloatField(null=True)
    max_score = models.PositiveSmallIntegerField()
    has_passed = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "learner", "quiz"], name="attempt_learner_quiz"),
            models.Index(fields=["school_id", "classroom_id", "quiz"], name="attempt_classroom_quiz"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True, score__isnull=True, has_passed__isnull=True)
                | models.Q(submitted_at__isnull=False, score__isnull=False, has_passed__isnull=False),
                name="attempt_has_a_score_once_submitted",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True)
                | models.Q(score__gte=0, score__lte=models.F("max_score")),
                name="attempt_score_within_bounds",
            ),
            models.CheckConstraint(condition=models.Q(max_score__gte=1), name="attempt_asks_something"),
        ]

    def __str__(self) -> str:
        return str(self.id)
