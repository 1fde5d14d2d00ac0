"""Where things happen: state, district, block, school. Reference data, never code."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.models.scopes import PlaceQuerySet

udise_code = RegexValidator(r"^\d{11}$", _("A UDISE code has exactly 11 digits."))


class State(models.Model):
    """A state or union territory (ISO 3166-2:IN). `aliases` holds older ISO codes that lists still show."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        UNION_TERRITORY = "ut", _("Union territory")
        DEMONSTRATION = "demo", _("Demonstration")

    code = models.CharField(_("ISO code"), max_length=6, unique=True)
    aliases = models.JSONField(_("older ISO codes"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    lgd_code = models.CharField(_("LGD code"), max_length=2)
    udise_prefixes = models.JSONField(_("first digits of its UDISE codes"), default=list)
    official_languages = models.JSONField(_("official languages"), default=list)
    name = models.CharField(_("name"), max_length=80)
    to_verify = models.TextField(_("still to verify"), blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__startswith="IN-"), name="state_code_is_iso_3166_2_in"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A state's education department that has signed up, and the rules it has set."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("Applied")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")

    state = models.OneToOneField(State, models.PROTECT, related_name="department")
    name = models.CharField(_("name"), max_length=160)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.APPLIED)
    year_starts_in = models.PositiveSmallIntegerField(_("month in which the school year starts"), default=4)
    publication_threshold = models.PositiveSmallIntegerField(_("smallest number of pupils shown"), default=10)
    safety_lead_title = models.CharField(_("local term for the child-safety lead"), max_length=80, blank=True)

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
        ]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    state = models.ForeignKey(State, models.PROTECT, related_name="districts")
    name = models.CharField(_("name"), max_length=120)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["state", "name"], name="district_name_unique_in_state")
        ]

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """An education block, as the state's list has it (not the LGD block)."""

    district = models.ForeignKey(District, models.PROTECT, related_name="blocks")
    name = models.CharField(_("name"), max_length=120)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="block_name_unique_in_district")
        ]

    def __str__(self) -> str:
        return self.name


class SchoolCategory(models.Model):
    """UDISE+ school category: which classes a school has."""

    code = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    lowest_class = models.PositiveSmallIntegerField(null=True)
    highest_class = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Management(models.Model):
    """UDISE+ management: who runs a school."""

    code = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=40)
    to_verify = models.TextField(_("still to verify"), blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school. Its state and district are stored beside its block, since every fact is counted by them."""

    udise_code = models.CharField(_("UDISE code"), max_length=11, unique=True, validators=[udise_code])
    name = models.CharField(_("name"), max_length=200)
    state = models.ForeignKey(State, models.PROTECT, related_name="schools")
    district = models.ForeignKey(District, models.PROTECT, related_name="schools")
    block = models.ForeignKey(Block, models.PROTECT, related_name="schools")
    category = models.ForeignKey(SchoolCategory, models.PROTECT, related_name="+")
    management = models.ForeignKey(Management, models.PROTECT, related_name="+")
    mediums = models.JSONField(_("languages of teaching"), default=list)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(udise_code__regex=r"^[0-9]{11}$"), name="school_udise_code_has_11_digits"
            )
        ]

    def __str__(self) -> str:
        return self.name
