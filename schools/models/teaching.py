"""What a class is given to learn, and what must be in place before it is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.classes import Classroom, Enrolment
from schools.models.places import School

BRIEFING_EDITION = "2026-11"
"""The edition of the briefing material that this version shows: the month from which its words are.

Whoever changes what `briefing.html` asks of the staff gives it a new one: schools stay ready, and are told.
"""


class SchoolReadiness(models.Model):
    """What a school has in place before sensitive modules open (FACTS 3.3 and 4.5).

    `briefing_edition` is the edition of the material that the staff were briefed with; empty when the
    school used another, or none was kept.
    """

    REQUIRED = (
        *("lead_name", "lead_phone", "deputy_name", "deputy_phone"),
        *("staff_briefed_on", "local_contacts"),
    )

    school = models.OneToOneField(School, models.CASCADE, related_name="readiness")
    lead_name = models.CharField(_("child-safety lead"), max_length=120, blank=True)
    lead_phone = models.CharField(_("lead's phone"), max_length=20, blank=True)
    deputy_name = models.CharField(_("deputy"), max_length=120, blank=True)
    deputy_phone = models.CharField(_("deputy's phone"), max_length=20, blank=True)
    staff_briefed_on = models.DateField(_("staff briefed on"), null=True, blank=True)
    briefing_edition = models.CharField(max_length=10, blank=True, default="", editable=False)
    local_contacts = models.TextField(_("local contacts"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.school}"

    def missing(self) -> list[str]:
        """The names of the fields that are still empty; empty when the school is ready."""
        return [name for name in self.REQUIRED if not getattr(self, name)]

    @property
    def is_ready(self) -> bool:
        return not self.missing()

    @property
    def has_newer_briefing(self) -> bool:
        """Whether the material is newer than what the staff were briefed with."""
        return self.staff_briefed_on is not None and self.briefing_edition < BRIEFING_EDITION


class Assignment(models.Model):
    """A module given to a class, with dates. An undone one keeps its history.

    `other_module_key` is the work of students whose family opted out.
    """

    classroom = models.ForeignKey(Classroom, models.PROTECT, related_name="assignments")
    module_key = models.UUIDField()
    other_module_key = models.UUIDField(null=True, blank=True)
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "module_key"],
                condition=Q(undone_at__isnull=True),
                name="assignment_module_once_a_class",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="assignment_due_not_before_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.classroom_id}:{self.module_key}"


class ParentNotice(models.Model):
    """The day on which a class's families were told about the sensitive modules."""

    classroom = models.OneToOneField(Classroom, models.CASCADE, related_name="parent_notice")
    given_on = models.DateField(_("given on"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.classroom_id}:{self.given_on}"


class OptOut(models.Model):
    """A family does not want the sensitive modules. No reason is asked for or kept."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="opt_out")
    recorded_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return f"{self.enrolment_id}"
