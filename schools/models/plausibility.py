"""What a school's figures make one wonder about, put to its head as a question."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.places import School


class SchoolQuestion(models.Model):
    """A pattern that may well have an ordinary reason, which the head alone knows.

    `subject` says which class and module (`<class>:<module key>`), which session (its id) or which month
    (`2026-11`) is meant; the same is asked once. No words are asked for: an answer is one of three.
    """

    class Kind(models.TextChoices):
        FAST = "fast"
        ABOVE_ENROLMENT = "above-enrolment"
        NOBODY_SIGNED_IN = "nobody-signed-in"

    class Answer(models.TextChoices):
        RIGHT = "right", _("It is right.")
        MISTAKE = "mistake", _("It was a mistake. We will correct it.")
        LOOKING = "looking", _("We will look into it.")

    school = models.ForeignKey(School, models.CASCADE, related_name="figure_questions")
    kind = models.CharField(max_length=20, choices=Kind)
    subject = models.CharField(max_length=80)
    asked_on = models.DateField(default=timezone.localdate)
    answer = models.CharField(max_length=10, choices=Answer, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "subject"], name="school_question_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="school_question_answered_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}:{self.kind}:{self.subject}"
