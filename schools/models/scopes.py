"""What each asker may see at all: the querysets behind every `visible_to`."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

ABOVE = {
    "State": {"state": ""},
    "District": {"state": "state", "district": ""},
    "Block": {"state": "district__state", "district": "district", "block": ""},
    "School": {"state": "state", "district": "district", "block": "block", "school": ""},
    "Department": {"state": "state"},
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


def _is_staff_person(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False)) and not user.is_student


def active_roles(user: Any) -> Any:
    """The memberships that `user`, a person on the staff, holds now."""
    if not user.is_active:
        return user.memberships.none()
    now = timezone.now()
    return user.memberships.filter(started_at__lte=now).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=now))


def held_roles(user: Any) -> list[Any]:
    """The memberships that `user` holds now, with their places; asked of the database once a request."""
    if "held_roles" not in vars(user):
        user.held_roles = list(
            active_roles(user).select_related(
                "state", "district__state", "block__district__state", "school__state", "school__district"
            )
        )
    return user.held_roles
