"""The state's plan: which modules for which classes by when."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cms.users.requests import SignedInRequest
from schools.actions import plans as actions
from schools.forms.state import DueForm, PlanLineForm
from schools.models import Department, PlannedModule
from schools.presenters import plans as presenter
from schools.queries import plans as queries
from schools.queries.classes import year_that_runs
from schools.views.state_door import department_for


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, code: str) -> HttpResponse:
    """The lines of a school year, and room for another."""
    department = department_for(request, code)
    year = _year(request, department)
    form = PlanLineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(department=department, academic_year=year, by=request.user, **form.chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The line stands in the plan."))
            return redirect(presenter.url_of(department.state, year))
    lines = queries.plan_of(department.state, year)
    before = actions.year_before(year)
    context = {
        "department": department,
        "form": form,
        "year": year,
        "years": presenter.year_links(department, _years(department), year),
        "columns": presenter.columns(),
        "rows": [presenter.row(department.state, line) for line in lines],
        "before": before if queries.plan_of(department.state, before) else "",
        "crumbs": presenter.crumbs(department.state),
    }
    return render(request, "schools/state/plan.html", context)


@login_required
@require_POST
def copy(request: SignedInRequest, code: str) -> HttpResponse:
    """Take over the lines of the year before."""
    department = department_for(request, code)
    year = _year(request, department)
    number = actions.copy_from_year_before(department=department, academic_year=year, by=request.user)
    words = ngettext("%(number)d line was copied.", "%(number)d lines were copied.", number)
    messages.success(request, words % {"number": number})
    return redirect(presenter.url_of(department.state, year))


@login_required
@require_http_methods(["GET", "POST"])
def line(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Another day for a line; from here it can be taken out."""
    department, kept = _line(request, code, pk)
    form = DueForm(request.POST or None, initial={"due_on": kept.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(line=kept, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The new day is kept."))
            return redirect(presenter.url_of(department.state, kept.academic_year))
    context = {
        "department": department,
        "line": kept,
        "title": presenter.title_of(kept),
        "form": form,
        "crumbs": presenter.crumbs(department.state, presenter.title_of(kept), kept.academic_year),
    }
    return render(request, "schools/state/plan_line.html", context)


@login_required
@require_POST
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    department, kept = _line(request, code, pk)
    actions.remove(line=kept, by=request.user)
    messages.success(request, _("The line is out of the plan. What classes were given stays."))
    return redirect(presenter.url_of(department.state, kept.academic_year))


def _line(request: SignedInRequest, code: str, pk: int) -> tuple[Department, PlannedModule]:
    department = department_for(request, code)
    lines = department.plan.select_related("department__state")
    return department, get_object_or_404(lines, pk=pk)


def _years(department: Department) -> list[str]:
    """Those that can be looked at: this year, the next one, and all that have a plan."""
    now = year_that_runs(department.year_starts_in)
    following = f"{int(now[:4]) + 1}-{(int(now[:4]) + 2) % 100:02d}"
    return sorted({now, following, *queries.years_with_a_plan(department.state)})


def _year(request: SignedInRequest, department: Department) -> str:
    asked = request.GET.get("year") or request.POST.get("year") or year_that_runs(department.year_starts_in)
    if asked not in _years(department):
        raise Http404
    return asked
