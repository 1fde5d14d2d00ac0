"""Where things happen: state, district, block, school. Reference data, never code."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.models.scopes import PlaceQuerySet

udise_code = RegexValidator(r"^\d{11}$", _("A UDISE code has exactly 11 digits."))
pin_code = RegexValidator(r"^[1-9][0-9]{5}$", _("A PIN code has 6 digits and does not start with 0."))


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


class District(models.Model):
    state = models.ForeignKey(State, models.PROTECT, related_name="districts")
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("the state's own code"), max_length=20, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["state", "name"], name="district_name_unique_in_state"),
            models.UniqueConstraint(
                fields=["state", "code"], condition=~models.Q(code=""), name="district_code_unique_in_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Block(models.Model):
    """An education block, as the state's list has it (not the LGD block)."""

    district = models.ForeignKey(District, models.PROTECT, related_name="blocks")
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("the state's own code"), max_length=20, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="block_name_unique_in_district"),
            models.UniqueConstraint(
                fields=["district", "code"],
                condition=~models.Q(code=""),
                name="block_code_unique_in_district",
            ),
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
    """A school. Its state and district are stored beside its block, since every fact is counted by them.

    `joined_at` is when its first head took up the role; `closed_on` when the state's list left it out.
    """

    udise_code = models.CharField(_("UDISE code"), max_length=11, unique=True, validators=[udise_code])
    name = models.CharField(_("name"), max_length=200)
    state = models.ForeignKey(State, models.PROTECT, related_name="schools")
    district = models.ForeignKey(District, models.PROTECT, related_name="schools")
    block = models.ForeignKey(Block, models.PROTECT, related_name="schools")
    category = models.ForeignKey(SchoolCategory, models.PROTECT, related_name="+")
    management = models.ForeignKey(Management, models.PROTECT, related_name="+")
    mediums = models.JSONField(_("languages of teaching"), default=list)
    pin_code = models.CharField(_("PIN code"), max_length=6, blank=True, validators=[pin_code])
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

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
