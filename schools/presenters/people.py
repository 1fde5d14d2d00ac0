"""Roles, invitations, requests and codes in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.core.permissions import Permission
from schools.authorization.policy import may_name
from schools.authorization.roles import ROLES
from schools.models import (
    Block,
    District,
    Invitation,
    JoinRequest,
    Membership,
    Role,
    School,
    State,
)

Origin = Invitation.Origin


@dataclass(frozen=True)
class Offer:
    """What an invitation offers, to the person who opens it."""

    role: str
    place: str
    within: str
    giver: str
    email: str
    waits: bool


@dataclass(frozen=True)
class Held:
    """A row of the list of roles: held now, or once."""

    name: str
    email: str
    role: str
    place: str
    since: str
    until: str
    end_url: str


@dataclass(frozen=True)
class Invited:
    """A row of the open invitations."""

    name: str
    email: str
    role: str
    place: str
    status_kind: str
    status: str
    again_url: str
    withdraw_url: str


@dataclass(frozen=True)
class Asking:
    """A request that waits for a word."""

    pk: int
    name: str
    email: str
    role: str
    post: str
    school: str
    udise_code: str
    within: str
    since: str


def offer(invitation: Invitation) -> Offer:
    giver = (
        str(invitation.invited_by) if invitation.invited_by_id and invitation.origin == Origin.NAMED else ""
    )
    return Offer(
        role=invitation.get_role_display(),
        place=str(invitation.place),
        within=within(invitation.place),
        giver=giver,
        email=invitation.email,
        waits=invitation.waits_for_a_word,
    )


def within(place: Any) -> str:
    """The larger places around one, from the nearest."""
    if isinstance(place, School):
        return ", ".join([place.block.name, place.district.name, place.state.name])
    if isinstance(place, Block):
        return ", ".join([place.district.name, place.district.state.name])
    if isinstance(place, District):
        return place.state.name
    return ""


def accepted_words(invitation: Invitation) -> str:
    if invitation.waits_for_a_word:
        return _("Your address is confirmed. Your request has been sent.")
    words = _("Your role is now: %(role)s, %(place)s.")
    return words % {"role": invitation.get_role_display(), "place": invitation.place}


def waiting(request: JoinRequest) -> dict[str, Any]:
    """A person's own request: for what it waits, or what was answered."""
    role, place = request.get_role_display(), str(request.school)
    if request.decided_at is None:
        words = (
            _("It waits for the word of your block, district or state office.")
            if request.role == "head"
            else _("It waits for the word of the school's head.")
        )
        return {"role": role, "place": place, "kind": "going", "status": _("Waiting"), "words": words}
    if request.is_approved:
        return {"role": role, "place": place, "kind": "done", "status": _("Approved"), "words": ""}
    words = _("If you think that this is a mistake, please ask your school or your block office.")
    return {"role": role, "place": place, "kind": "closed", "status": _("Not approved"), "words": words}


def held(memberships: Iterable[Membership], viewer: Any) -> list[Held]:
    return [
        Held(
            name=str(one.user),
            email=one.user.email or "",
            role=one.get_role_display(),
            place=str(one.place),
            since=day(one.started_at),
            until=day(one.ended_at) if one.ended_at else "",
            end_url=reverse("people:end", args=[one.pk])
            if one.ended_at is None and may_name(viewer, one.role, one.place)
            else "",
        )
        for one in memberships
    ]


def invited(invitations: Iterable[Invitation], viewer: Any) -> list[Invited]:
    rows = []
    for one in invitations:
        may = may_name(viewer, one.role, one.place)
        kind, status = _status(one)
        rows.append(
            Invited(
                name=one.name,
                email=one.email,
                role=one.get_role_display(),
                place=str(one.place),
                status_kind=kind,
                status=status,
                again_url=reverse("people:invite_again", args=[one.pk])
                if may and one.origin == Origin.NAMED
                else "",
                withdraw_url=reverse("people:withdraw", args=[one.pk]) if may else "",
            )
        )
    return rows


def _status(invitation: Invitation) -> tuple[str, str]:
    if not invitation.is_open:
        return "closed", _("Too old: please send it again")
    if invitation.sent_at is None:
        return "care", _("The message has not left: please send it again")
    return "going", _("Sent on %(day)s, works until %(end)s") % {
        "day": day(invitation.sent_at),
        "end": day(invitation.expires_at),
    }


def decided_words(request: JoinRequest) -> str:
    words = _("%(name)s has the role now, and gets a message.")
    if not request.is_approved:
        words = _("The request of %(name)s is refused. A message says so.")
    return words % {"name": request.user}


def asking(requests: Iterable[JoinRequest]) -> list[Asking]:
    return [
        Asking(
            pk=one.pk,
            name=str(one.user),
            email=one.user.email or "",
            role=one.get_role_display(),
            post=one.post,
            school=one.school.name,
            udise_code=one.school.udise_code,
            within=within(one.school),
            since=day(one.asked_at),
        )
        for one in requests
    ]


def url_of(place: Any) -> str:
    """The page of a place's people."""
    if isinstance(place, School):
        return reverse("people:school", args=[place.udise_code])
    return reverse("people:officials", args=[place._meta.model_name, place.pk])


def first_page(place: Any, user: Any) -> str:
    """Where somebody looks after a place: its people where they may, else its schools."""
    if isinstance(place, School) or user.has_perm(Permission.MANAGE_OFFICIALS, place):
        return url_of(place)
    return codes_url(place)


def codes_url(place: Any) -> str:
    return reverse("people:codes", args=[place._meta.model_name, place.pk])


def own_places(roles: Iterable[Membership]) -> list[dict[str, str]]:
    """The places whose people somebody looks after, by the roles that they hold."""
    links = {}
    for one in roles:
        if Permission.MANAGE_OFFICIALS in ROLES[one.role] or one.role == Role.HEAD:
            links[url_of(one.place)] = str(one.place)
        elif Permission.ADMIT_SCHOOLS in ROLES[one.role]:
            links[codes_url(one.place)] = str(one.place)
    return [{"label": label, "url": url} for url, label in links.items()]


def links(place: Any, user: Any, here: str = "officials") -> list[dict[str, Any]]:
    """The pages of a place: its officials, its schools with their codes, the heads who ask."""
    pages = [("codes", _("Schools and their codes")), ("requests", _("Heads who ask to join"))]
    if user.has_perm(Permission.MANAGE_OFFICIALS, place):
        pages.insert(0, ("officials", _("Officials")))
    kind = place._meta.model_name
    return [
        {"label": label, "url": reverse(f"people:{name}", args=[kind, place.pk]), "current": name == here}
        for name, label in pages
    ]


def invited_words(invitation: Invitation) -> str:
    words = _("A message with a link is on its way to %(email)s. The link works for 14 days.")
    return words % {"email": invitation.email}


def crumbs(place: Any, user: Any, *last: str) -> list[dict[str, str]]:
    way = [{"label": _("People"), "url": reverse("people:home")}]
    if not last:
        return [*way, {"label": str(place), "url": ""}]
    way.append({"label": str(place), "url": first_page(place, user)})
    return way + [{"label": label, "url": ""} for label in last]


def levels(place: Any) -> list[tuple[str, str]]:
    """The kinds of place at and below one, for the list's filter."""
    every = [("state", _("State")), ("district", _("District")), ("block", _("Block"))]
    kinds = [State, District, Block]
    return every[kinds.index(type(place)) :]


def day(moment: Any) -> str:
    return date_format(localtime(moment), "j F Y")
