"""Giving and ending roles at places."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import audit
from cms.users.models import User
from schools.models import Membership
from schools.models.people import PLACE_OF_ROLE, Role


@transaction.atomic
def add(*, user: User, role: Role, place: Any, by: User | None) -> Membership:
    """Give `user` a role at `place`, which must be of the role's kind; the same role twice is one.

    `by` is None when the operator does it from the shell, which is the only caller so far.
    """
    field = PLACE_OF_ROLE[role]
    membership, is_new = Membership.objects.get_or_create(
        user=user, role=role, ended_at=None, **{field: place}
    )
    if is_new:
        audit.record("membership.added", membership, by=by, role=str(role))
    return membership


@transaction.atomic
def end(*, membership: Membership, by: User | None) -> None:
    """End a role; its record stays."""
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    audit.record("membership.ended", membership, by=by)
