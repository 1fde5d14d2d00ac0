"""What each asker may see at all: the querysets behind every `visible_to`."""

from typing import Any, Self

from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

ABOVE = {
    "State": {"state": ""},
    "District": {"state": "state", "district": ""},
    "Block": {"state": "district__state", "district": "district", "block": ""},
    "School": {"state": "state", "district": "district", "block": "block", "school": ""},
    "Department": {"state": "state"},
    "SheetImport": {"state": "state"},
    "JoinRequest": {
        "state": "school__state",
        "district": "school__district",
        "block": "school__block",
        "school": "school",
    },
}
"""For each kind of place, the way from it to every place above it that a role may be held at."""


class PlaceQuerySet(models.QuerySet[Any]):
    """Places, seen from above: an official sees what lies under the place of their role."""

    def visible_to(self, user: Any) -> Self:
        """The places at or below one where `user` holds a role."""
        if not _is_staff_person(user):
            return self.none()
        scope = Q(pk__in=())
        for place, path in ABOVE[self.model.__name__].items():
            held = active_roles(user).filter(**{f"{place}__isnull": False}).values(place)
            scope |= Q(**{f"{path or 'pk'}__in": held})
        return self.filter(scope)


class AtPlaceQuerySet(models.QuerySet[Any]):
    """What is kept at exactly one of a state, a district, a block or a school: roles, and offers of roles."""

    def visible_to(self, user: Any) -> Self:
        """What is kept at a place that `user` sees."""
        scope = Q(pk__in=())
        for place in ("state", "district", "block", "school"):
            places = self.model._meta.get_field(place).related_model.objects
            scope |= Q(**{f"{place}__in": places.visible_to(user).order_by().values("pk")})
        return self.filter(scope)


class ClassroomQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """A teacher's own classes; a head's and a safety lead's whole school. Officials see none."""
        if not _is_staff_person(user):
            return self.none()
        roles = active_roles(user)
        whole = roles.filter(role__in=["head", "safety-lead"]).values("school")
        taught = roles.filter(role="teacher").values("school")
        return self.filter(Q(school__in=whole) | Q(school__in=taught, teachings__teacher=user)).distinct()

    def current(self) -> Self:
        return self.filter(archived_at__isnull=True)


class EnrolmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Students of the classes that `user` sees."""
        classrooms = self.model._meta.get_field("classroom").related_model.objects
        return self.filter(classroom__in=classrooms.visible_to(user).values("pk"))

    def active(self) -> Self:
        return self.filter(left_on__isnull=True)


class SessionQuerySet(models.QuerySet[Any]):
    def of(self, classroom: Any) -> Self:
        """The whole-class sessions of one class that the asker was let into."""
        return self.filter(school_id=classroom.school_id, classroom_id=classroom.pk)

    def ended(self) -> Self:
        return self.filter(ended_at__isnull=False)


def _is_staff_person(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False)) and not user.is_student


def roles_held(user: Any) -> Any:
    """The memberships that `user`, a person on the staff, has been given and that have not ended."""
    if not user.is_active:
        return user.memberships.none()
    now = timezone.now()
    return user.memberships.filter(started_at__lte=now).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


def active_roles(user: Any) -> Any:
    """The memberships that count now.

    A role above school sleeps until its holder has a second factor, and while its state is suspended.
    """
    second_factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    is_suspended = Q(pk__in=())
    for path in ("state", "district__state", "block__district__state"):
        is_suspended |= Q(**{f"{path}__department__status": "suspended"})
    counts = Q(school__isnull=False) | (Exists(second_factors) & ~is_suspended)
    return roles_held(user).filter(counts)


def has_second_factor(user: Any) -> bool:
    """Whether `user` has an authenticator app or a key. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=user.pk, type__in=SECOND_FACTORS).exists()


def sleeping_roles(user: Any) -> Any:
    """The memberships of `user` that do not count now, for want of a second factor or since the state is suspended."""
    return roles_held(user).filter(school__isnull=True).exclude(pk__in=active_roles(user).values("pk"))


def held_roles(user: Any) -> list[Any]:
    """The memberships that `user` holds now, with their places; asked of the database once a request."""
    if not hasattr(user, "held_roles"):  # a request's user is lazy: its own `vars` hold nothing
        user.held_roles = list(
            active_roles(user).select_related(
                "state", "district__state", "block__district__state", "school__state", "school__district"
            )
        )
    return user.held_roles
