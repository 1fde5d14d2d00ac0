"""The operator's pages: departments that wait, and those that are in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import departments as actions
from schools.forms.departments import DecisionForm, ReasonForm
from schools.models import Department, DepartmentApplication
from schools.presenters import departments as presenter
from schools.queries import departments as queries

APPLICATIONS_A_PAGE = 50
DECIDE = {"approve": actions.approve, "ask": actions.ask, "refuse": actions.refuse}


@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits comes first; below, the departments that are in."""
    require(request.user, Permission.REVIEW_DEPARTMENTS, None)
    page = Paginator(presenter.waiting_first(queries.applications()), APPLICATIONS_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": [presenter.application_row(one) for one in page],
        "columns": presenter.application_columns(),
        "departments": [presenter.department_row(one) for one in queries.departments()],
        "department_columns": presenter.department_columns(),
    }
    return render(request, "schools/departments/queue.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything a department wrote, what happened since, and the decision."""
    require(request.user, Permission.REVIEW_DEPARTMENTS, None)
    found = get_object_or_404(queries.applications(), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide: Any = DECIDE[form.cleaned_data["decision"]]
        try:
            decide(application=found, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your decision is kept, and the department gets a message."))
            return redirect("departments:application", pk)
    waits = found.status in (DepartmentApplication.Status.WAITING, DepartmentApplication.Status.ASKED)
    context = {
        "application": found,
        "facts": presenter.facts(found),
        "evidence": presenter.evidence(found.email),
        "history": presenter.history(queries.history_of(found)),
        "form": form if waits else None,
        "crumbs": presenter.crumbs(found.department_name),
    }
    return render(request, "schools/departments/application.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def department(request: SignedInRequest, code: str) -> HttpResponse:
    """A department that is in: suspend it, or open it again."""
    require(request.user, Permission.REVIEW_DEPARTMENTS, None)
    found = queries.departments().filter(state__code=code).first()
    if found is None:
        raise Http404
    is_suspended = found.status == Department.Status.SUSPENDED
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = actions.reopen if is_suspended else actions.suspend
        change(department=found, by=request.user, **form.cleaned_data)
        words = _("The department is open again.") if is_suspended else _("The department is suspended.")
        messages.success(request, words)
        return redirect("departments:department", code)
    context = {
        "department": found,
        "row": presenter.department_facts(found),
        "is_suspended": is_suspended,
        "history": presenter.history(queries.history_of(found)),
        "form": form,
        "crumbs": presenter.crumbs(str(found.state)),
    }
    return render(request, "schools/departments/department.html", context)
