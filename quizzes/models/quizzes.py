"""Quizzes: which questions are asked together, and by which rules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.bank import Question


class Quiz(models.Model):
    """Practice inside a lesson, or the final quiz of a module.

    It names its lesson or module by the page's translation key, so it is the same quiz in all languages.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice after a lesson")
        FINAL = "final", _("Final quiz of a module")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    module_key = models.UUIDField(db_index=True)
    lesson_key = models.UUIDField(null=True, blank=True, db_index=True)
    pass_mark = models.PositiveSmallIntegerField(_("passing mark, percent"), default=60)
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts allowed"), null=True, blank=True)
    questions = models.ManyToManyField(Question, through="QuizQuestion", related_name="quizzes")

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=models.Q(pass_mark__lte=100), name="quiz_pass_mark_is_percent"),
            models.CheckConstraint(
                condition=models.Q(kind="final", lesson_key__isnull=True)
                | models.Q(kind="practice", lesson_key__isnull=False),
                name="quiz_belongs_to_a_lesson_unless_final",
            ),
            models.UniqueConstraint(
                fields=["module_key"], condition=models.Q(kind="final"), name="quiz_one_final_a_module"
            ),
            models.UniqueConstraint(
                fields=["lesson_key", "kind"],
                condition=models.Q(lesson_key__isnull=False),
                name="quiz_one_of_a_kind_a_lesson",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuizQuestion(models.Model):
    """A question's place in a quiz."""

    quiz = models.ForeignKey(Quiz, models.CASCADE, related_name="places")
    question = models.ForeignKey(Question, models.PROTECT, related_name="places")
    sort_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort_order", "id"]
        constraints = [models.UniqueConstraint(fields=["quiz", "question"], name="quiz_asks_a_question_once")]

    def __str__(self) -> str:
        return f"{self.quiz_id}:{self.sort_order}"
