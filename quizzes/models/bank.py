"""The question bank: what is asked, and why each choice is right or wrong."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from cms.core.record_words import words_of


class Objective(models.Model):
    """What a learner can do after a lesson; every question measures one."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    text = models.TextField(_("text"))
    frameworks = models.JSONField(_("place in other frameworks"), default=dict, blank=True)

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Question(
    WorkflowMixin, PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, ClusterableModel
):
    """A question with one identity in all languages."""

    preview_view = "curriculum.views.previews.question"
    """Views stand above models, so it is named, as settings name a handler."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One right choice")
        MULTIPLE = "multiple", _("Several right choices")
        TRUE_FALSE = "true-false", _("True or false")

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("Easy")
        MEDIUM = 2, _("Medium")
        HARD = 3, _("Hard")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SINGLE)
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="questions", verbose_name=_("objective")
    )
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty, default=Difficulty.MEDIUM
    )
    text = models.TextField(_("question"))
    review_states = models.JSONField(_("review state by language"), default=dict, blank=True, editable=False)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="question")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(difficulty__range=(1, 3)), name="question_difficulty_in_range"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def revisions(self):
        return self._revisions

    def words_by_language(self) -> dict[str, tuple[str, ...]]:
        return words_of([(self, ("text",)), *[(choice, ("text", "why")) for choice in self.choices.all()]])

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        return settings.LANGUAGE_CODE

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return import_string(self.preview_view)(request, self, mode_name)


class Choice(models.Model):
    """One of the answers to choose from, with its reason."""

    sort_order_field = "sort_order"

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = models.SlugField(_("key"), max_length=40)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("choice"))
    is_correct = models.BooleanField(_("right"), default=False)
    why = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["sort_order", "key"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="choice_key_unique_in_question")
        ]

    def __str__(self) -> str:
        return self.text
