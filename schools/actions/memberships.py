"""Giving and ending roles at places."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.users.models import User
from schools.authorization.policy import may_name
from schools.models import Membership, School, SchoolCode, State
from schools.models.people import PLACE_OF_ROLE, Role
from schools.models.scopes import SECOND_FACTORS


@transaction.atomic
def add(*, user: User, role: Role, place: Any, by: User | None) -> Membership:
    """Give `user` a role at `place`, which must be of the role's kind; the same role twice is one.

    Whether it may be given is asked by those who call: an invitation, a request, the operator's shell.
    `by` is None when the operator does it from the shell. A school has joined with its first head.
    """
    field = PLACE_OF_ROLE[role]
    membership, is_new = Membership.objects.get_or_create(
        user=user, role=role, ended_at=None, **{field: place}
    )
    if is_new:
        audit.record("membership.added", membership, by=by, role=str(role))
    if role == Role.HEAD:
        _note_joined(place, by)
    return membership


def _note_joined(school: School, by: User | None) -> None:
    """Once: the day, and a code that is still on paper somewhere opens nothing any more."""
    now = timezone.now()
    if not School.objects.filter(pk=school.pk, joined_at=None).update(joined_at=now):
        return
    school.joined_at = now
    audit.record("school.joined", school, by=by)
    SchoolCode.objects.filter(SchoolCode.OPEN, school=school, kind=SchoolCode.Kind.JOIN).update(
        withdrawn_at=now
    )


@transaction.atomic
def end(*, membership: Membership, by: User | None) -> None:
    """End a role; its record stays. Whoever may give it may end it, and so may the operator.

    A state keeps one administrator who can act: only the operator ends the last one's role.
    """
    is_operator = by is None or by.is_superuser
    if by is not None and not is_operator and not may_name(by, membership.role, membership.place):
        raise PermissionDenied
    locked = Membership.objects.select_for_update().get(pk=membership.pk)
    if locked.ended_at is not None:
        raise ValidationError(_("This role has ended already."))
    if not is_operator and locked.role == Role.STATE_ADMIN and _is_last_administrator(locked):
        words = _("A state keeps one administrator who can sign in. Name another one first.")
        raise ValidationError(words)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    audit.record("membership.ended", membership, by=by, role=membership.role)


def _is_last_administrator(membership: Membership) -> bool:
    """Whether no other administrator of the state can act. The state is held: of two who end each other, one does."""
    State.objects.select_for_update().get(pk=membership.place.pk)
    second_factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    others = Membership.objects.filter(
        Exists(second_factors),
        role=Role.STATE_ADMIN,
        state=membership.state_id,
        ended_at=None,
        user__is_active=True,
    )
    return not others.exclude(pk=membership.pk).exists()
