"""Where a person lands after signing in."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from cms.users.requests import SignedInRequest
from schools.models import Role
from schools.models.scopes import active_roles, has_second_factor, sleeping_roles
from schools.presenters import state as presenter
from schools.queries import people

FIRST_PAGE = {
    Role.TEACHER: "teach:home",
    Role.HEAD: "school:home",
    Role.SAFETY_LEAD: "school:home",
    Role.STATE_ADMIN: "state:index",
    Role.BLOCK_OFFICIAL: "insights:home",
    Role.DISTRICT_OFFICIAL: "insights:home",
    Role.STATE_OFFICIAL: "insights:home",
}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send each person to the pages of their first role; editors to the editors' side."""
    user = request.user
    if not user.is_authenticated:
        return redirect("account_login")
    if user.is_student:
        return redirect("learning:home")
    wanted = request.session.pop("after_second_factor", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, None):
        return redirect(wanted)
    held = {role.role for role in active_roles(user)}
    for role, page in FIRST_PAGE.items():
        if role in held:
            return redirect(page)
    if user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    if people.waits(user):
        return redirect("people:waiting")
    return redirect("root")


@require_safe
@login_required
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Why a second step is needed, and the two ways to set it up. Whoever has one goes on."""
    if has_second_factor(request.user):
        return redirect("start")
    return render(request, "schools/start/second_factor.html")


@require_safe
@login_required
def suspended(request: SignedInRequest) -> HttpResponse:
    """Tells an official why their state is closed, and whom to ask."""
    places = presenter.suspended_places(sleeping_roles(request.user))
    if not places:
        raise Http404
    context = {"places": places, "contact": settings.OPERATOR_CONTACT}
    return render(request, "schools/start/suspended.html", context)
