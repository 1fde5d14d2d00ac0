"""Help lines: where a child, a family or a teacher can turn."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from cms.core.record_words import words_of

VERIFIED_FOR = timedelta(days=90)
"""How long a check of a help line holds (FACTS 1.4)."""


class HelpLine(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A number, site or place to turn to. Lessons name it by `key`, so a changed number changes everywhere.

    `last_verified_on` is the day on which a person really called or looked; it is never guessed.
    """

    WORDS = ("name", "what_for", "what_happens", "cost", "hours")

    class Kind(models.TextChoices):
        CALL = "call", _("A number to call")
        WEB = "web", _("A web page")
        PLACE = "place", _("A place or a way inside an app")

    class Anonymous(models.TextChoices):
        NO = "no", _("No")
        PARTLY = "partly", _("Partly")
        YES = "yes", _("Yes")
        CONFIDENTIAL = "confidential", _("Confidential, not anonymous")
        UNKNOWN = "unknown", _("Not known")

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    numbers = models.JSONField(_("numbers"), default=list, blank=True)
    url = models.URLField(_("web address"), blank=True)
    name = models.CharField(_("name"), max_length=120)
    what_for = models.TextField(_("what it is for"))
    what_happens = models.TextField(_("what happens"), blank=True)
    cost = models.CharField(_("cost"), max_length=80, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    anonymous = models.CharField(_("anonymous"), max_length=12, choices=Anonymous, default=Anonymous.UNKNOWN)
    audience = models.CharField(_("audience"), max_length=200, blank=True)
    states = models.JSONField(
        _("states"),
        default=list,
        blank=True,
        help_text=_("ISO codes such as IN-AS; empty means all of India."),
    )
    is_published = models.BooleanField(_("shown on the site"), default=False)
    is_for_children = models.BooleanField(_("shown to children"), default=False)
    source = models.TextField(_("source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=120, blank=True)
    to_verify = models.TextField(_("still to verify"), blank=True)
    review_states = models.JSONField(_("review state by language"), default=dict, blank=True)
    last_verified_on = models.DateField(_("last checked by a person on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("checked by")
    )

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["order", "key"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="call") | ~models.Q(numbers=[]),
                name="help_line_to_call_has_a_number",
                violation_error_message=_("A help line to call needs a number."),
            ),
            models.CheckConstraint(
                condition=~models.Q(is_for_children=True) | models.Q(is_published=True),
                name="help_line_for_children_is_published",
                violation_error_message=_("What children see must be shown on the site."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.last_verified_on and self.last_verified_on > timezone.localdate():
            raise ValidationError({"last_verified_on": _("The day of a check cannot lie in the future.")})

    def words_by_language(self) -> dict[str, tuple[str, ...]]:
        return words_of([(self, self.WORDS)])

    def is_verified(self, today: date | None = None) -> bool:
        """Whether a person checked it within the last 90 days."""
        today = today or timezone.localdate()
        return self.last_verified_on is not None and today - self.last_verified_on <= VERIFIED_FOR


phone_number = RegexValidator(r"^[0-9-]{3,20}$", _("A number has digits and hyphens only."))
