"""Where a person lands after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from schools.models import Role
from schools.models.scopes import active_roles

FIRST_PAGE = {
    Role.TEACHER: "teach:home",
    Role.HEAD: "school:home",
    Role.SAFETY_LEAD: "school:home",
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
    held = {role.role for role in active_roles(user)}
    for role, page in FIRST_PAGE.items():
        if role in held:
            return redirect(page)
    if user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    return redirect("root")
