"""Giving modules to a class, changing their dates, taking them back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from curriculum.queries import catalogue
from curriculum.queries.catalogue import ModuleInfo
from schools.actions import assignments
from schools.forms.assignments import DatesForm
from schools.models import Assignment, Classroom
from schools.presenters import teach
from schools.presenters.plans import dates_planned, suggestion
from schools.queries import classes, plans
from schools.views.teach import gate_of
from schools.views.teach_door import classroom_for


@login_required
@require_safe
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """The modules for the age of this class."""
    room = classroom_for(request, pk, Permission.ASSIGN)
    given = {one.module_key: one for one in classes.assignments_of(room)}
    missing = classes.missing(room)
    offered = catalogue.for_class(room.class_level)
    modules = [
        {"info": one, "given": given.get(one.key), "waits": one.is_sensitive and bool(missing)}
        for one in offered
    ]
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "modules": modules,
        "is_closed": bool(missing),
        "gate": gate_of(room) if any(one.is_sensitive for one in offered) else [],
        "crumbs": teach.crumbs(room, _("Modules")),
    }
    return render(request, "schools/teach/assign.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def assign_module(request: SignedInRequest, pk: int, module_key: UUID) -> HttpResponse:
    room = classroom_for(request, pk, Permission.ASSIGN)
    module = _module(room, module_key)
    planned = plans.planned_for(room, module_key)
    form = DatesForm(request.POST or None, initial=dates_planned(planned))
    if request.method == "POST" and form.is_valid():
        try:
            assignments.assign(classroom=room, module_key=module_key, by=request.user, **form.cleaned_data)
        except assignments.AlreadyAssignedError:
            messages.info(request, _("Your class has this module already."))
            return redirect("teach:classroom", pk)
        except assignments.NotReady:
            messages.error(request, _("This module cannot open yet. What is missing stands below."))
            return redirect("teach:assign_module", pk, module_key)
        messages.success(request, _("Your class has the module “%(title)s” now.") % {"title": module.title})
        return redirect("teach:classroom", pk)
    gate = gate_of(room) if module.is_sensitive else []
    context = {"classroom": room, "name": teach.class_name(room), "module": module, "form": form}
    context |= {"gate": gate, "is_closed": module.is_sensitive and bool(classes.missing(room))}
    context |= {"crumbs": teach.crumbs(room, module.title), "suggestion": suggestion(room, planned)}
    return render(request, "schools/teach/assign_module.html", context)


def _module(room: Classroom, module_key: UUID) -> ModuleInfo:
    for one in catalogue.for_class(room.class_level):
        if one.key == module_key:
            return one
    raise Http404


def _assignment_for(request: SignedInRequest, pk: int, assignment_pk: int) -> Assignment:
    room = classroom_for(request, pk, Permission.ASSIGN)
    given = room.assignments.filter(undone_at__isnull=True).select_related("classroom__school")
    return get_object_or_404(given, pk=assignment_pk)


@login_required
@require_http_methods(["GET", "POST"])
def dates(request: SignedInRequest, pk: int, assignment_pk: int) -> HttpResponse:
    """Changes from when to when; and from here a module can be taken back."""
    assignment = _assignment_for(request, pk, assignment_pk)
    kept = {"opens_on": assignment.opens_on, "due_on": assignment.due_on}
    form = DatesForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        assignments.change_dates(assignment=assignment, by=request.user, **form.cleaned_data)
        messages.success(request, _("The new dates are kept."))
        return redirect("teach:classroom", pk)
    return render(request, "schools/teach/dates.html", _one(assignment) | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: SignedInRequest, pk: int, assignment_pk: int) -> HttpResponse:
    """Asks once more, then takes a module back from a class."""
    assignment = _assignment_for(request, pk, assignment_pk)
    if request.method == "POST":
        assignments.undo(assignment=assignment, by=request.user)
        messages.success(request, _("The class no longer has this module. What students did is kept."))
        return redirect("teach:classroom", pk)
    return render(request, "schools/teach/undo.html", _one(assignment))


def _one(assignment: Assignment) -> dict:
    module = catalogue.module(assignment.module_key)
    title = module.title if module else _("Module")
    return {
        "assignment": assignment,
        "classroom": assignment.classroom,
        "name": teach.class_name(assignment.classroom),
        "title": title,
        "crumbs": teach.crumbs(assignment.classroom, title),
    }
