"""What is asked about offers of roles: whether one still stands, and how many were made."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.users.models import User
from schools.authorization.policy import may_name
from schools.models import Invitation, SchoolCode
from schools.models.people import PLACE_OF_ROLE, Role
from schools.models.scopes import roles_held

DAY = timedelta(days=1)
Origin = Invitation.Origin
BY_STRANGERS = (Origin.SCHOOL_CODE, Origin.STAFF_CODE, Origin.ASKED)
TO_ONE_ADDRESS = 10
TO_ONE_ADDRESS_BY_STRANGERS = 3
BY_ONE_PERSON = 500
WITH_ONE_CODE = {SchoolCode.Kind.JOIN: 10, SchoolCode.Kind.STAFF: 200}
FROM_ONE_PLACE = 30
"""How many messages a day."""


def digest(token: str) -> str:
    """The mark by which a link is found again. A token is 256 bits of chance, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Invitation | None:
    """The invitation of a link, whatever has become of it."""
    found = Invitation.objects.filter(token_digest=digest(token))
    return found.select_related(
        "state", "district__state", "block__district__state", "school__state", "code", "invited_by"
    ).first()


def still_stands(invitation: Invitation) -> bool:
    """Whether what was offered can be taken up now: the giver still may give it, the school is there."""
    school = invitation.school
    if not invitation.is_open or (school is not None and school.closed_on is not None):
        return False
    if invitation.origin == Origin.NAMED:
        giver = invitation.invited_by
        return giver is not None and may_name(giver, invitation.role, invitation.place)
    if invitation.origin == Origin.SCHOOL_CODE:
        return invitation.code is not None and invitation.code.is_open
    return True


def has_account(email: str) -> bool:
    return User.objects.filter(email=email).exists()


def holds(user: User, role: str, place: Any) -> bool:
    where = {PLACE_OF_ROLE[Role(role)]: place}
    return roles_held(user).filter(role=role, **where).exists()


def has_had_enough(email: str, origin: str) -> bool:
    """Whether one address got as many messages as it may in a day. Strangers cannot use up an official's."""
    lately = Invitation.objects.filter(email=email, invited_at__gt=timezone.now() - DAY)
    if origin in BY_STRANGERS:
        return lately.filter(origin__in=BY_STRANGERS).count() >= TO_ONE_ADDRESS_BY_STRANGERS
    return lately.filter(origin=Origin.NAMED).count() >= TO_ONE_ADDRESS


def has_sent_enough(user: User) -> bool:
    lately = Invitation.objects.filter(invited_by=user, invited_at__gt=timezone.now() - DAY)
    return lately.count() >= BY_ONE_PERSON


def is_code_busy(code: SchoolCode) -> bool:
    lately = code.invitations.filter(invited_at__gt=timezone.now() - DAY)
    return lately.count() >= WITH_ONE_CODE[SchoolCode.Kind(code.kind)]


def has_asked_enough(asked_from: str) -> bool:
    lately = Invitation.objects.filter(asked_from=asked_from, invited_at__gt=timezone.now() - DAY)
    return lately.count() >= FROM_ONE_PLACE
