"""Class lists from files, for a head's whole school or a teacher's class: look first, then apply, or undo."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import roster_files as actions
from schools.forms.roster_files import RosterFileForm
from schools.models import Classroom, School, SheetImport
from schools.presenters import rosters as presenter
from schools.presenters import teach
from schools.queries import rosters
from schools.queries.school_year import year_now
from schools.sheets import writing
from schools.views.school_door import class_of, school_for

ROWS_A_PAGE = 100


@login_required
@require_http_methods(["GET", "POST"])
def lists(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """The head brings in the whole school."""
    place = school_for(request, udise_code, Permission.IMPORT_ROSTER)
    return _lists(request, place, None)


@login_required
@require_http_methods(["GET", "POST"])
def class_lists(request: SignedInRequest, udise_code: str, pk: int) -> HttpResponse:
    """A teacher brings in one class."""
    place = school_for(request, udise_code, Permission.SEE_SCHOOL)
    room = class_of(request, place, pk)
    require(request.user, Permission.MANAGE_ROSTER, room)
    return _lists(request, place, room)


def _lists(request: SignedInRequest, place: School, room: Classroom | None) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RosterFileForm(place, room, year_now(place), *sent)
    if request.method == "POST" and form.is_valid():
        sheet = actions.rehearse(
            school=place,
            classroom=room,
            academic_year=form.academic_year,
            found=form.found,
            file_name=form.file_name,
            is_whole_list=form.cleaned_data["is_whole_list"],
            language=form.class_language,
            by=request.user,
        )
        return redirect("rosters:list", place.udise_code, sheet.pk)
    base = reverse("rosters:list", args=[place.udise_code, 0]).removesuffix("0/")
    context = {
        "school": place,
        "classroom": room,
        "name": teach.class_name(room) if room else place.name,
        "form": form,
        "sheets": presenter.list_rows(rosters.lists_of(place, room), base),
        "crumbs": presenter.crumbs(place, room),
    }
    return render(request, "schools/rosters/lists.html", context)


@login_required
@require_safe
def empty(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """A table to fill in: the headings, and no row."""
    school_for(request, udise_code, Permission.SEE_SCHOOL)
    return _file(writing.csv_file(presenter.empty_table(), []), "students.csv")


def _list_for(request: SignedInRequest, udise_code: str, list_pk: int) -> SheetImport:
    """A list of the school: the head's, or one of a class for whoever keeps that class's list."""
    place = school_for(request, udise_code, Permission.SEE_SCHOOL)
    sheet = rosters.list_of(place, list_pk)
    if sheet is None:
        raise Http404
    if sheet.classroom_id is not None:
        room = class_of(request, place, sheet.classroom_id)
        require(request.user, Permission.MANAGE_ROSTER, room)
    else:
        require(request.user, Permission.IMPORT_ROSTER, place)
    return sheet


@login_required
@require_safe
def look(request: SignedInRequest, udise_code: str, list_pk: int) -> HttpResponse:
    """What a list would do, or did: all faults, and every row that changes something."""
    sheet = _list_for(request, udise_code, list_pk)
    place, room = cast(School, sheet.school), sheet.classroom
    changing = rosters.rows_that_change(sheet)
    page = Paginator(changing, ROWS_A_PAGE).get_page(request.GET.get("page"))
    broken = Paginator(rosters.faulty_rows(sheet), ROWS_A_PAGE).get_page(request.GET.get("faults"))
    context: dict[str, Any] = {
        "school": place,
        "sheet": sheet,
        "summary": presenter.summary(sheet, rosters.classes_to_make(sheet)),
        "lines": presenter.lines(page.object_list),
        "page": page,
        "faults": presenter.faults(broken.object_list),
        "broken": broken,
        "is_waiting": sheet.status == SheetImport.Status.READ,
        "is_applied": sheet.status == SheetImport.Status.APPLIED,
        "has_changes": bool(sheet.added or sheet.changed or sheet.closed),
        "is_held_up": bool(sheet.is_whole_list and sheet.faulty),
        "crumbs": presenter.crumbs(place, room, sheet.file_name),
    }
    return render(request, "schools/rosters/list.html", context)


@login_required
@require_safe
def rejected(request: SignedInRequest, udise_code: str, list_pk: int) -> HttpResponse:
    """The rows to mend, as a file of the same kind."""
    sheet = _list_for(request, udise_code, list_pk)
    return _file(writing.csv_file(*presenter.rejected(rosters.faulty_rows(sheet))), "rows-to-mend.csv")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=writing.CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def apply(request: SignedInRequest, udise_code: str, list_pk: int) -> HttpResponse:
    sheet = _list_for(request, udise_code, list_pk)
    try:
        actions.apply(sheet=sheet, by=request.user)
    except actions.ListChangedError:
        words = _("The classes have changed since you looked. This is what the list would do now.")
        messages.warning(request, words)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The list is applied. Print the sign-in cards next."))
    return redirect("rosters:list", udise_code, list_pk)


@login_required
@require_POST
def undo(request: SignedInRequest, udise_code: str, list_pk: int) -> HttpResponse:
    sheet = _list_for(request, udise_code, list_pk)
    try:
        actions.undo(sheet=sheet, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The list is undone. The classes are as they were before."))
    return redirect("rosters:list", udise_code, list_pk)


@login_required
@require_POST
def discard(request: SignedInRequest, udise_code: str, list_pk: int) -> HttpResponse:
    sheet = _list_for(request, udise_code, list_pk)
    actions.discard(sheet=sheet, by=request.user)
    messages.info(request, _("The list is thrown away. Nothing was changed."))
    if sheet.classroom_id is not None:
        return redirect("rosters:class_lists", udise_code, sheet.classroom_id)
    return redirect("rosters:lists", udise_code)
