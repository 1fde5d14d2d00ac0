"""A state's workspace: what is set, what is missing, and the settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import state_settings
from schools.forms.state import SettingsForm
from schools.models import Department
from schools.models.scopes import held_roles
from schools.presenters import state as presenter
from schools.queries import state as queries
from schools.views.state_door import department_for


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The states that a person administers; the state itself when it is one."""
    if not request.user.is_student:
        held_roles(request.user)
    require(request.user, Permission.MANAGE_STATE, None)
    visible = Department.objects.visible_to(request.user).select_related("state")
    found = [one for one in visible if request.user.has_perm(Permission.MANAGE_STATE, one.state)]
    if len(found) == 1:
        return redirect("state:home", found[0].state.code)
    return render(request, "schools/state/index.html", {"departments": found})


@login_required
@require_safe
def home(request: SignedInRequest, code: str) -> HttpResponse:
    """What is set, what is missing, and where to go from here."""
    department = department_for(request, code)
    standing = queries.standing(department)
    context = {
        "department": department,
        "rows": presenter.checklist(department, standing),
        "links": presenter.links(department.state),
        "facts": presenter.settings_in_words(department),
    }
    return render(request, "schools/state/home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: SignedInRequest, code: str) -> HttpResponse:
    department = department_for(request, code)
    form = SettingsForm(request.POST or None, instance=department)
    if request.method == "POST" and form.is_valid():
        changed = state_settings.change(department=department, by=request.user, **form.cleaned_data)
        words = _("The settings are kept.") if changed else _("Nothing was changed.")
        messages.success(request, words)
        return redirect("state:home", code)
    crumbs = presenter.crumbs(department.state, _("Settings"))
    return render(request, "schools/state/settings.html", {"form": form, "crumbs": crumbs})
