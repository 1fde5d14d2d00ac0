"""Keys with which a department's own systems read the adoption figures."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.people import PLACES
from schools.models.places import Block, District, State

TOKEN_PLACES = PLACES[:3]
IN_STATE = ("state", "district__state", "block__district__state")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> Self:
        """The keys to the places that `user` sees. Who may do something with them is another question."""
        inside = Q(pk__in=())
        for field, kind in (("state", State), ("district", District), ("block", Block)):
            inside |= Q(**{f"{field}__in": kind.objects.visible_to(user)})
        return self.filter(inside)

    def of_state(self, state: State) -> Self:
        """The keys to the state or to any place in it."""
        inside = Q(pk__in=())
        for path in IN_STATE:
            inside |= Q(**{path: state})
        return self.filter(inside)

    def with_places(self) -> Self:
        """With their places and the state's department, read at once."""
        return self.select_related(*(f"{path}__department" for path in IN_STATE))


class ApiToken(models.Model):
    """A read-only key to the figures of one place and all below it. Only its digest is kept.

    `hint` is how it begins, so that people can tell their keys apart. `calls` were made in the minute that
    began at `minute`: the limit is kept here, since several server processes share nothing else.
    """

    name = models.CharField(_("what it is for"), max_length=80)
    hint = models.CharField(max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True, editable=False)
    calls = models.PositiveIntegerField(default=0, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, district__isnull=True, block__isnull=True)
                | Q(state__isnull=True, district__isnull=False, block__isnull=True)
                | Q(state__isnull=True, district__isnull=True, block__isnull=False),
                name="api_token_has_one_place",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="api_token_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_token_revoked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> State | District | Block:
        return next(place for name in TOKEN_PLACES if (place := getattr(self, name)) is not None)

    @property
    def in_state(self) -> State:
        """The state in which its place lies."""
        place: Any = self.place
        while not isinstance(place, State):
            place = place.district if isinstance(place, Block) else place.state
        return place

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
