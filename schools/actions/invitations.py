"""Offering a role by e-mail, and taking it up through the link in the message."""

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions import memberships, people_mail
from schools.authorization.policy import may_name, names_itself
from schools.authorization.roles import MAY_NAME
from schools.models import Invitation, JoinRequest, Role, School, SchoolCode
from schools.models.people import PLACE_OF_ROLE
from schools.queries import invitations as queries

VALID_FOR = timedelta(days=14)
TOKEN_BYTES = 32
Origin = Invitation.Origin


class InvitationClosedError(Exception):
    """The link is forged, too old, withdrawn or used, or what it offers is no longer there to be given."""


class AccountExistsError(Exception):
    """The address got an account meanwhile: its owner signs in first."""


@transaction.atomic
def invite(
    *, email: str, name: str, role: str, place: Any, origin: str, by: User, language: str
) -> Invitation:
    """Offer `role` at `place` to whoever reads mail at `email`.

    Whoever may give the role there may offer it (`Origin.NAMED`); the operator only a state's first
    administrator's (`Origin.SIGN_UP`). An open offer of the same is replaced, and its link dies.
    """
    if origin == Origin.SIGN_UP:
        require(by, Permission.REVIEW_DEPARTMENTS, None)
        if role != Role.STATE_ADMIN:
            raise PermissionDenied
    elif origin != Origin.NAMED or not may_name(by, role, place):
        raise PermissionDenied
    elif names_itself(by, email, role):
        raise ValidationError({"email": _("You cannot name yourself. Someone above you can.")})
    elif queries.has_sent_enough(by):
        raise ValidationError(_("You have sent very many invitations today. You can go on tomorrow."))
    return offer(email=email, name=name, role=role, place=place, origin=origin, by=by, language=language)


def offer(
    *, email: str, name: str, role: str, place: Any, origin: str, by: User | None, language: str, **more: Any
) -> Invitation:
    """Keep an offer and send its link. Whether it may be made is the caller's to ask."""
    email = email.strip().lower()
    require_open(place)
    if origin != Origin.SIGN_UP and queries.has_had_enough(email, origin):
        words = _("This address has had several messages today. You can send another one tomorrow.")
        raise ValidationError({"email": words})
    where = {PLACE_OF_ROLE[Role(role)]: place}
    same = Invitation.objects.filter(Invitation.OPEN, email=email, role=role, origin=origin, **where)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), timezone.now()
    same.update(withdrawn_at=now)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                email=email,
                name=name.strip(),
                role=role,
                origin=origin,
                invited_by=by,
                language=language,
                token_digest=queries.digest(token),
                invited_at=now,
                expires_at=now + VALID_FOR,
                **where,
                **more,
            )
    except IntegrityError:
        raise ValidationError({"email": _("This address was invited a moment ago.")}) from None
    audit.record("invitation.sent", invitation, by=by, within=place, role=str(role), origin=str(origin))
    people_mail.send_invitation(invitation, token, VALID_FOR.days)
    return invitation


def require_open(place: Any) -> None:
    """Refuse for a school that the state's list has left out."""
    if isinstance(place, School) and place.closed_on is not None:
        raise ValidationError(_("This school is closed. Nobody can be given a role there."))


@transaction.atomic
def invite_again(*, invitation: Invitation, by: User) -> Invitation:
    """A fresh link to the same address; the old one dies."""
    if invitation.origin != Origin.NAMED or invitation.accepted_at or invitation.withdrawn_at:
        raise ValidationError(_("This invitation is not open any more."))
    return invite(
        email=invitation.email,
        name=invitation.name,
        role=invitation.role,
        place=invitation.place,
        origin=Origin.NAMED,
        by=by,
        language=invitation.language,
    )


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    if not may_name(by, invitation.role, invitation.place):
        raise PermissionDenied
    now = timezone.now()
    if not Invitation.objects.filter(Invitation.OPEN, pk=invitation.pk).update(withdrawn_at=now):
        raise ValidationError(_("This invitation is not open any more."))
    audit.record("invitation.withdrawn", invitation, by=by, within=invitation.place, role=invitation.role)


@transaction.atomic
def accept(*, token: str, by: User) -> Invitation:
    """Take up what the link offers, as the person whose address it was sent to."""
    invitation = _locked(token)
    if by.is_student or by.email != invitation.email:
        raise PermissionDenied
    _take_up(invitation, by)
    return invitation


@transaction.atomic
def accept_as_new(*, token: str, name: str, password: str) -> User:
    """Make the account of someone who has none, and take up what the link offers."""
    invitation = _locked(token)
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, name=name)
    except IntegrityError:
        raise AccountExistsError from None
    audit.record("account.created", user, by=user, within=invitation.place)
    _take_up(invitation, user)
    return user


def _locked(token: str) -> Invitation:
    """The invitation of a link, held until it is taken up: of two presses at once, one wins."""
    found = Invitation.objects.select_for_update().filter(token_digest=queries.digest(token)).first()
    if found is None or not queries.still_stands(found):
        raise InvitationClosedError
    return found


def _take_up(invitation: Invitation, user: User) -> None:
    if _lifts_themselves(invitation, user):
        raise PermissionDenied
    now = timezone.now()
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _note_verified(user)
    audit.record("invitation.accepted", invitation, by=user, within=invitation.place, role=invitation.role)
    if invitation.waits_for_a_word:
        _ask_for(invitation, user)
        return
    if invitation.code_id is not None:
        _use_up(invitation.code_id)
    memberships.add(user=user, role=Role(invitation.role), place=invitation.place, by=user)


def _lifts_themselves(invitation: Invitation, user: User) -> bool:
    """Who may give a role does not take it up by a code that they can print, nor by an offer of their own."""
    if invitation.origin == Origin.SCHOOL_CODE:
        return may_name(user, invitation.role, invitation.place)
    return invitation.invited_by_id == user.pk and invitation.role not in MAY_NAME[Role.HEAD]


def _use_up(code_id: int) -> None:
    """A head's code works once: of two people with the same code, the first wins."""
    code = SchoolCode.objects.select_for_update().get(pk=code_id)
    if not code.is_open:
        raise InvitationClosedError
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])


def _ask_for(invitation: Invitation, user: User) -> None:
    """The request that now waits for a word; none where the role is held or asked for already."""
    if queries.holds(user, invitation.role, invitation.place):
        return
    request, is_new = JoinRequest.objects.get_or_create(
        user=user,
        role=invitation.role,
        school=invitation.school,
        decided_at=None,
        defaults={"post": invitation.post, "language": invitation.language},
    )
    if is_new:
        audit.record("join_request.made", request, by=user, role=invitation.role)


def _note_verified(user: User) -> None:
    """The link came by mail, so the address is theirs."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
