"""Who holds which role where."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.places import Block, District, School, State
from schools.models.scopes import AtPlaceQuerySet


class Role(models.TextChoices):
    STATE_ADMIN = "state-admin", _("State administrator")
    STATE_OFFICIAL = "state-official", _("State official")
    DISTRICT_OFFICIAL = "district-official", _("District official")
    BLOCK_OFFICIAL = "block-official", _("Block official")
    HEAD = "head", _("School head")
    SAFETY_LEAD = "safety-lead", _("Child-safety lead")
    TEACHER = "teacher", _("Teacher")


PLACE_OF_ROLE = {
    Role.STATE_ADMIN: "state",
    Role.STATE_OFFICIAL: "state",
    Role.DISTRICT_OFFICIAL: "district",
    Role.BLOCK_OFFICIAL: "block",
    Role.HEAD: "school",
    Role.SAFETY_LEAD: "school",
    Role.TEACHER: "school",
}
PLACES = ("state", "district", "block", "school")
ROLES_ABOVE_SCHOOL = tuple(role for role, place in PLACE_OF_ROLE.items() if place != "school")
"""These sleep until their holder has a second factor."""


def role_fits_its_place() -> Q:
    """Exactly one place is set, and it is of the kind that the role is held at."""
    fits = Q()
    for role, place in PLACE_OF_ROLE.items():
        others = {f"{other}__isnull": other != place for other in PLACES}
        fits |= Q(role=role.value, **others)
    return fits


class Membership(models.Model):
    """A role that a person holds, or held, at one place. Ended roles stay as history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="memberships")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AtPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=role_fits_its_place(), name="membership_role_fits_its_one_place"
            ),
            *[
                models.UniqueConstraint(
                    fields=["user", "role", place],
                    condition=Q(ended_at__isnull=True, **{f"{place}__isnull": False}),
                    name=f"membership_unique_at_{place}",
                )
                for place in PLACES
            ],
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.place}"

    @property
    def place(self) -> State | District | Block | School:
        return getattr(self, PLACE_OF_ROLE[Role(self.role)])
