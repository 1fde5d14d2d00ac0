"""The state's own help lines."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.help.models import HelpLine
from cms.users.requests import SignedInRequest
from schools.actions import state_help_lines as actions
from schools.forms.state_help_lines import HelpLineForm
from schools.models import Department
from schools.presenters import state as presenter
from schools.presenters import state_help_lines as cards
from schools.queries.state_help_lines import lines_of
from schools.views.state_door import department_for


@login_required
@require_safe
def listed(request: SignedInRequest, code: str) -> HttpResponse:
    department = department_for(request, code)
    context = {
        "department": department,
        "lines": [cards.card(line) for line in lines_of(department.state)],
        "crumbs": presenter.crumbs(department.state, _("Help lines")),
    }
    return render(request, "schools/state/help_lines.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, code: str) -> HttpResponse:
    department = department_for(request, code)
    form = HelpLineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add(state=department.state, by=request.user, **form.cleaned_data)
        messages.success(request, _("The line is with the site's reviewers now. Nobody else sees it yet."))
        return redirect("state:help_lines", code)
    return _form(request, department, form, _("New help line"))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    department, line = _line(request, code, pk)
    draft = line.get_latest_revision_as_object()
    form = HelpLineForm(request.POST or None, initial=HelpLineForm.written_in(draft))
    if request.method == "POST" and form.is_valid():
        actions.change(line=line, state=department.state, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your change is with the site's reviewers now."))
        return redirect("state:help_lines", code)
    return _form(request, department, form, draft.name)


@login_required
@require_POST
def called(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    department, line = _line(request, code, pk)
    actions.called_today(line=line, state=department.state, by=request.user)
    messages.success(request, _("Noted: you called it today."))
    return redirect("state:help_lines", code)


@login_required
@require_POST
def withdraw(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    department, line = _line(request, code, pk)
    actions.withdraw(line=line, state=department.state, by=request.user)
    messages.success(request, _("The line is off the site."))
    return redirect("state:help_lines", code)


def _line(request: SignedInRequest, code: str, pk: int) -> tuple[Department, HelpLine]:
    department = department_for(request, code)
    return department, get_object_or_404(lines_of(department.state), pk=pk)


def _form(request: SignedInRequest, department: Department, form: HelpLineForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "crumbs": cards.crumbs(department.state, title)}
    return render(request, "schools/state/help_line_form.html", context)
