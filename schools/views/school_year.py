"""The year's end as a head sees it: closing classes, moving a student, and what is kept of leavers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import school_year as actions
from schools.forms.school_year import TransferForm, YearEndForm
from schools.models import Classroom, School
from schools.presenters import school_year as presenter
from schools.presenters import teach
from schools.queries import classes, retention
from schools.queries.school_year import classes_to_close, may_close, year_end, year_now
from schools.views.school_door import class_of, school_for


@login_required
@require_safe
def year(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """The classes of the school, and which of them may be closed."""
    place = school_for(request, udise_code, Permission.MANAGE_YEAR)
    seen = Classroom.objects.visible_to(request.user).filter(school=place)
    now = year_now(place)
    context = {
        "school": place,
        "now": now,
        "rows": presenter.class_rows(list(classes_to_close(seen)), now),
        "crumbs": presenter.crumbs(place),
    }
    return render(request, "schools/rosters/year.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def class_year(request: SignedInRequest, udise_code: str, pk: int) -> HttpResponse:
    """Closing a class: a choice for each student, a rehearsal, then the deed. A second time nothing happens."""
    place = school_for(request, udise_code, Permission.MANAGE_YEAR)
    room = class_of(request, place, pk)
    if not may_close(room, year_now(place)):
        messages.info(request, _not_now(room))
        return redirect("rosters:year", udise_code)
    students = [one for one in classes.students_of(room) if one.left_on is None]
    form = YearEndForm(room, students, request.POST or None)
    is_chosen = request.method == "POST" and form.is_valid()
    if is_chosen and "apply" in request.POST:
        return _close(request, place, room, form)
    context = {"school": place, "classroom": room, "name": teach.class_name(room), "form": form}
    context["crumbs"] = presenter.crumbs(place, teach.class_name(room))
    if is_chosen and "back" not in request.POST:
        planned = year_end(room, form.choices(), renumbers=form.renumbers)
        context |= {"summary": presenter.summary(planned), "lines": presenter.lines(planned)}
        return render(request, "schools/rosters/class_year_rehearsal.html", context)
    return render(request, "schools/rosters/class_year.html", context)


def _not_now(room: Classroom) -> str:
    if room.archived_at is not None:
        return _("%(name)s is closed already.") % {"name": teach.class_name(room)}
    words = _("The school year of %(name)s is still running. You can close it in the last two months.")
    return words % {"name": teach.class_name(room)}


def _close(request: SignedInRequest, place: School, room: Classroom, form: YearEndForm) -> HttpResponse:
    closed = actions.close_class(
        classroom=room, choices=form.choices(), renumbers=form.renumbers, by=request.user
    )
    if closed is None:
        messages.info(request, _not_now(room))
    elif closed.next_class is not None:
        words = _(
            "%(name)s is closed. Next, in %(next)s: print the new cards, and give families the notice again."
        )
        names = {"name": teach.class_name(room), "next": teach.class_name(closed.next_class)}
        messages.success(request, words % names)
    else:
        messages.success(request, _("%(name)s is closed.") % {"name": teach.class_name(room)})
    return redirect("rosters:year", place.udise_code)


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: SignedInRequest, udise_code: str, pk: int) -> HttpResponse:
    """A student goes to another class of the school, in the middle of the year."""
    place = school_for(request, udise_code, Permission.MANAGE_YEAR)
    room = class_of(request, place, pk)
    form = TransferForm(room, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.transfer(
                enrolment=form.cleaned_data["student"], to=form.cleaned_data["to"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, presenter.after_transfer(form.cleaned_data["to"], moved.alias))
            return redirect("rosters:year", udise_code)
    context = {"school": place, "classroom": room, "name": teach.class_name(room), "form": form}
    context["crumbs"] = presenter.crumbs(place, _("Move a student"))
    return render(request, "schools/rosters/transfer.html", context)


@login_required
@require_safe
def leavers(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """How long leavers' records are kept, and which would go today: numbers by class, never names."""
    place = school_for(request, udise_code, Permission.MANAGE_YEAR)
    rule = retention.rule_of(place.state_id)
    context = {
        "school": place,
        "rule": rule,
        "rows": retention.counts_of_school(place.pk, retention.last_day(rule)),
        "crumbs": presenter.crumbs(place, _("Records of leavers")),
    }
    return render(request, "schools/rosters/leavers.html", context)
