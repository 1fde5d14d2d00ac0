"""The list of a class: adding students, their cards, a new PIN, unlocking, leaving, coming back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core import pdf
from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import roster as actions
from schools.forms.roster import ClassListForm
from schools.models import Classroom, Enrolment
from schools.presenters import teach, teach_cards
from schools.queries import classes
from schools.views.teach_door import classroom_for, student_for


@login_required
@require_safe
def roster(request: SignedInRequest, pk: int) -> HttpResponse:
    room = classroom_for(request, pk, Permission.MANAGE_ROSTER)
    students = classes.students_of(room)
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "crumbs": teach.crumbs(room, _("Students")),
        "now": timezone.now(),
        "students": [one for one in students if one.left_on is None],
        "leavers": [one for one in students if one.left_on is not None],
    }
    return render(request, "schools/teach/roster.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def roster_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Students by a typed or pasted list; saved whole, or not at all."""
    room = classroom_for(request, pk, Permission.MANAGE_ROSTER)
    form = ClassListForm(room, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_students(classroom=room, students=form.students(), by=request.user)
        except ValidationError as error:
            form.add_error("lines", error)
        else:
            words = ngettext(
                "%(n)d student added. Print the card next.",
                "%(n)d students added. Print the cards next.",
                len(added),
            )
            messages.success(request, words % {"n": len(added)})
            return redirect("teach:roster", pk)
    context = {"classroom": room, "name": teach.class_name(room), "form": form}
    context["crumbs"] = teach.crumbs(room, _("Add students"))
    return render(request, "schools/teach/roster_add.html", context)


@login_required
@require_safe
def cards(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign-in cards to print: all, or with `?student=` one. They show PINs, so only to the class's teachers.

    A page to print has its own address, so it is opened and not sent; that it was is kept in the log.
    """
    room = classroom_for(request, pk, Permission.MANAGE_ROSTER)
    context = _cards(request, room) | {
        "classroom": room,
        "crumbs": teach.crumbs(room, _("Sign-in cards")),
        "chosen": request.GET.get("student", ""),
        "has_pdf": pdf.is_available(),
        "how_to_pdf": pdf.how_to_switch_on(),
    }
    return render(request, "schools/teach/cards.html", context)


@login_required
@require_safe
def cards_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same cards as a file to print. The square code leads to the sign-in page and gives nothing away."""
    room = classroom_for(request, pk, Permission.MANAGE_ROSTER)
    if not pdf.is_available():
        messages.info(request, pdf.how_to_switch_on())
        return redirect("teach:cards", pk)
    context = _cards(request, room)
    context["qr"] = mark_safe(teach_cards.qr_code(request.build_absolute_uri("/join/")).decode())  # noqa: S308
    content = pdf.from_html(render_to_string("schools/teach/cards_pdf.html", context))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="sign-in-cards.pdf"'
    return response


def _cards(request: SignedInRequest, room: Classroom) -> dict[str, Any]:
    students = [one for one in classes.students_of(room) if one.left_on is None]
    if chosen := request.GET.get("student"):
        students = [one for one in students if str(one.pk) == chosen]
    if request.method == "GET":
        actions.show_cards(classroom=room, enrolments=students, by=request.user)
    return {
        "name": teach.class_name(room),
        "code": teach.code_words(room),
        "cards": [teach_cards.card(one) for one in students],
        "address": teach_cards.join_address(request),
    }


@login_required
@require_POST
def reset_pin(request: SignedInRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    enrolment = student_for(request, pk, enrolment_pk)
    actions.reset_pin(enrolment=enrolment, by=request.user)
    words = _("%(alias)s has new pictures. Print the card again.")
    messages.success(request, words % {"alias": enrolment.alias})
    return redirect("teach:roster", pk)


@login_required
@require_POST
def unlock(request: SignedInRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    enrolment = student_for(request, pk, enrolment_pk)
    actions.unlock(enrolment=enrolment, by=request.user)
    messages.success(request, _("%(alias)s can try again now.") % {"alias": enrolment.alias})
    return redirect("teach:roster", pk)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: SignedInRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Asks once more, then takes a student out of the class."""
    enrolment = student_for(request, pk, enrolment_pk)
    if request.method == "POST":
        actions.leave(enrolment=enrolment, by=request.user)
        words = _("%(alias)s has left the class. What they did is kept.")
        messages.success(request, words % {"alias": enrolment.alias})
        return redirect("teach:roster", pk)
    context = {"enrolment": enrolment, "crumbs": teach.crumbs(enrolment.classroom, _("Students"))}
    return render(request, "schools/teach/leave.html", context)


@login_required
@require_POST
def rejoin(request: SignedInRequest, pk: int, enrolment_pk: int) -> HttpResponse:
    """Brings a student back whom somebody took out of the class."""
    room = classroom_for(request, pk, Permission.MANAGE_ROSTER)
    students = Enrolment.objects.visible_to(request.user).select_related("classroom__school")
    enrolment = get_object_or_404(students, pk=enrolment_pk, classroom=room)
    try:
        has_new_pin = actions.rejoin(enrolment=enrolment, by=request.user)
    except ValidationError as error:
        for words in error.messages:
            messages.error(request, words)
        return redirect("teach:roster", pk)
    words = _("%(alias)s is back in the class. What they did is still there.")
    if has_new_pin:
        words = _("%(alias)s is back in the class, with new pictures. Print the card again.")
    messages.success(request, words % {"alias": enrolment.alias})
    return redirect("teach:roster", pk)
