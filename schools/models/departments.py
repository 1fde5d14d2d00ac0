"""A state's education department: its sign-up, the rules it sets, its plan for the year."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core import review_states
from schools.models.places import State
from schools.models.scopes import PlaceQuerySet


class Department(models.Model):
    """A state's education department that has signed up, and the rules it has set.

    `languages` is empty when all of the site's languages are offered.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", _("Applied")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")

    class Review(models.TextChoices):
        NONE = review_states.UNREVIEWED, _("None: drafts are shown, marked as such")
        REVIEWED = review_states.REVIEWED, _("Reviewed by a native reader")
        APPROVED = review_states.APPROVED, _("Approved for safeguarding")

    state = models.OneToOneField(State, models.PROTECT, related_name="department")
    name = models.CharField(_("name"), max_length=160)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.APPLIED)
    year_starts_in = models.PositiveSmallIntegerField(_("month in which the school year starts"), default=4)
    publication_threshold = models.PositiveSmallIntegerField(_("smallest number of pupils shown"), default=10)
    safety_lead_title = models.CharField(_("local term for the child-safety lead"), max_length=80, blank=True)
    languages = models.JSONField(_("languages offered"), default=list, blank=True)
    least_review_state = models.CharField(
        _("review that a translation needs before students see it"),
        max_length=16,
        choices=Review,
        default=Review.NONE,
    )
    completion_percent = models.PositiveSmallIntegerField(
        _("share of a class's pupils that makes a module completed, in percent"), default=60
    )
    retention_years = models.PositiveSmallIntegerField(
        _("years for which a leaver's record is kept"), default=2
    )
    is_retention_nightly = models.BooleanField(
        _("delete leavers' records by itself, every night, once their years are over"), default=False
    )
    agreement_reference = models.CharField(_("reference of the agreement"), max_length=120, blank=True)
    grievance_contact = models.CharField(_("contact for grievances"), max_length=200, blank=True)
    data_protection_contact = models.CharField(_("contact for data protection"), max_length=200, blank=True)
    status_reason = models.TextField(_("reason for the status"), blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(publication_threshold__gte=10), name="department_threshold_never_below_10"
            ),
            # Counts are rounded to 5: between two of its multiples a threshold would give away true values.
            models.CheckConstraint(
                condition=models.Q(publication_threshold=models.F("publication_threshold") / 5 * 5),
                name="department_threshold_in_steps_of_5",
                violation_error_message=_("Choose a multiple of 5."),
            ),
            models.CheckConstraint(
                condition=models.Q(year_starts_in__range=(1, 12)), name="department_year_starts_in_a_month"
            ),
            models.CheckConstraint(
                condition=models.Q(completion_percent__range=(1, 100)),
                name="department_completion_is_a_percent",
            ),
            # The law makes us keep records of processing for a year (FACTS 3.1).
            models.CheckConstraint(
                condition=models.Q(retention_years__range=(1, 10)), name="department_keeps_at_least_a_year"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentApplication(models.Model):
    """A department asks to be let in. The operator approves, asks back, or refuses, with a reason.

    First comes the proof that the e-mail address is theirs; its domain is evidence, never proof. `place`
    is a keyed digest of where the form was sent from, for the limits on it.
    """

    class Status(models.TextChoices):
        UNVERIFIED = "unverified", _("E-mail not yet confirmed")
        WAITING = "waiting", _("Waiting for the operator")
        ASKED = "asked", _("Asked back")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    state = models.ForeignKey(State, models.PROTECT, related_name="applications")
    department_name = models.CharField(_("department"), max_length=160)
    official_name = models.CharField(_("your name"), max_length=120)
    post = models.CharField(_("your post"), max_length=120)
    email = models.EmailField(_("work e-mail address"))
    agreement_reference = models.CharField(_("reference of the agreement"), max_length=120, blank=True)
    grievance_contact = models.CharField(_("contact for grievances"), max_length=200)
    data_protection_contact = models.CharField(_("contact for data protection"), max_length=200)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    place = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UNVERIFIED)
    reason = models.TextField(_("the operator's words"), blank=True)
    answer = models.TextField(_("the department's answer"), blank=True)
    applied_at = models.DateTimeField(default=timezone.now)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-applied_at"]
        indexes = [models.Index(fields=["place", "applied_at"], name="application_place")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="unverified") | models.Q(email_verified_at__isnull=False),
                name="application_is_judged_only_once_verified",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["asked", "refused"]) | ~models.Q(reason=""),
                name="application_not_let_in_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.department_name


class PlannedModule(models.Model):
    """A line of the state's plan: this module, for this class, by this day of the school year."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="plan")
    academic_year = models.CharField(_("school year"), max_length=7)
    class_level = models.PositiveSmallIntegerField(_("class"))
    module_key = models.UUIDField()
    due_on = models.DateField(_("by"))

    class Meta:
        ordering = ["academic_year", "class_level", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "academic_year", "class_level", "module_key"],
                name="planned_module_once_a_class",
            ),
            models.CheckConstraint(
                condition=models.Q(class_level__range=(1, 12)), name="planned_module_class_1_to_12"
            ),
            models.CheckConstraint(
                condition=models.Q(academic_year__regex=r"^[0-9]{4}-[0-9]{2}$"),
                name="planned_module_academic_year_format",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.academic_year}:{self.class_level}:{self.module_key}"
