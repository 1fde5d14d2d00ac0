"""`/people/`: who holds which role at a place and below, invitations, and roles that end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import invitations as actions
from schools.actions import memberships
from schools.authorization.policy import may_name
from schools.forms.people import InviteForm
from schools.models import Invitation, Membership, School
from schools.models.scopes import held_roles
from schools.presenters import people as presenter
from schools.queries import people
from schools.views.people_door import place_for, say, school_for, staff_only

ROWS_A_PAGE = 50
SHOWN = ("now", "invited", "ended")


@require_safe
@staff_only
def home(request: SignedInRequest) -> HttpResponse:
    """The places whose people somebody looks after; the place itself when it is one."""
    links = presenter.own_places(held_roles(request.user))
    if not links:
        if people.waits(request.user):
            return redirect("people:waiting")
        raise PermissionDenied
    if len(links) == 1:
        return redirect(links[0]["url"])
    return render(request, "schools/people/home.html", {"links": links})


@require_safe
@staff_only
def officials(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    """Officials at a place and below: who holds a role, who is invited, who held one."""
    place = place_for(request, kind, place_id, Permission.MANAGE_OFFICIALS)
    levels = presenter.levels(place)
    level = request.GET.get("level", "")
    level = level if level in dict(levels) else ""
    shown = request.GET.get("show", "now")
    shown = shown if shown in SHOWN else "now"
    page = Paginator(_rows(place, level, shown), ROWS_A_PAGE).get_page(request.GET.get("page"))
    by_list = presenter.invited if shown == "invited" else presenter.held
    context = {
        "place": place,
        "crumbs": presenter.crumbs(place, request.user),
        "links": presenter.links(place, request.user),
        "levels": levels,
        "level": level,
        "shown": shown,
        "page": page,
        "rows": by_list(page.object_list, request.user),
        "below": [
            {"label": str(one), "url": presenter.first_page(one, request.user)}
            for one in people.places_below(place, request.user)
        ],
        "query": urlencode({"show": shown, "level": level}),
        "invite_url": reverse("people:invite", args=[kind, place_id])
        if people.nameable(request.user, place)
        else "",
    }
    return render(request, "schools/people/officials.html", context)


def _rows(place: people.Place, level: str, shown: str) -> Any:
    if shown == "invited":
        return people.invited(place, level=level)
    return people.officials(place, level=level, ended=shown == "ended")


@require_http_methods(["GET", "POST"])
@staff_only
def invite(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    """Somebody for a role at a state, a district or a block."""
    return _invite(request, place_for(request, kind, place_id, Permission.SEE_ADOPTION))


@require_http_methods(["GET", "POST"])
@staff_only
def invite_to_school(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """Somebody for a role at a school."""
    return _invite(request, school_for(request, udise_code))


def _invite(request: SignedInRequest, place: Any) -> HttpResponse:
    roles = [(role.value, str(role.label)) for role in people.nameable(request.user, place)]
    if not roles:
        raise PermissionDenied
    form = InviteForm(roles, request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        origin = Invitation.Origin.NAMED
        try:
            made = actions.invite(place=place, origin=origin, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, presenter.invited_words(made))
            return redirect(presenter.url_of(place) if isinstance(place, School) else _invited_url(place))
    role_words = roles[0][1] if len(roles) == 1 else ""
    context = {"form": form, "place": place, "role_words": role_words}
    context |= {"crumbs": presenter.crumbs(place, request.user, _("Invite somebody"))}
    return render(request, "schools/people/invite.html", context)


def _invited_url(place: Any) -> str:
    return f"{presenter.url_of(place)}?show=invited"


@require_POST
@staff_only
def invite_again(request: SignedInRequest, invitation_id: int) -> HttpResponse:
    found = _invitation(request, invitation_id)
    try:
        made = actions.invite_again(invitation=found, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, presenter.invited_words(made))
    return redirect(presenter.first_page(found.place, request.user))


@require_POST
@staff_only
def withdraw(request: SignedInRequest, invitation_id: int) -> HttpResponse:
    found = _invitation(request, invitation_id)
    try:
        actions.withdraw(invitation=found, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("The invitation is withdrawn. Its link does not work any more."))
    return redirect(presenter.first_page(found.place, request.user))


def _invitation(request: SignedInRequest, invitation_id: int) -> Invitation:
    found = get_object_or_404(Invitation.objects.visible_to(request.user), pk=invitation_id)
    if not may_name(request.user, found.role, found.place):
        raise PermissionDenied
    return found


@require_http_methods(["GET", "POST"])
@staff_only
def end(request: SignedInRequest, role_id: int) -> HttpResponse:
    """Asks once more, then ends a role."""
    found = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=role_id)
    if not may_name(request.user, found.role, found.place):
        raise PermissionDenied
    back = presenter.first_page(found.place, request.user)
    if request.method == "POST":
        try:
            memberships.end(membership=found, by=request.user)
        except ValidationError as error:
            say(request, error)
        else:
            words = _("The role of %(name)s has ended.")
            messages.success(request, words % {"name": found.user})
        return redirect("people:home" if found.user_id == request.user.pk else back)
    crumbs = presenter.crumbs(found.place, request.user, _("End a role"))
    context = {"held": found, "place": found.place, "back": back, "crumbs": crumbs}
    return render(request, "schools/people/end.html", context)
