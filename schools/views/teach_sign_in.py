"""When a class's students may sign in, and the class code on the board or a poster."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import classrooms, signin
from schools.forms.classes import LastDayForm
from schools.models import Classroom
from schools.presenters import teach, teach_cards
from schools.views.teach_door import classroom_for

OPENINGS = ("lesson", "until", "always", "close")


@login_required
@require_http_methods(["GET", "POST"])
def sign_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign-in for a lesson, until a day, always, or closed: one button each."""
    room = classroom_for(request, pk, Permission.OPEN_SIGN_IN)
    opening = request.POST.get("opening")
    form = LastDayForm(request.POST if opening == "until" else None)
    if request.method == "POST" and opening not in OPENINGS:
        messages.error(request, _("Nothing was changed. Choose one of the buttons."))
        return redirect("teach:sign_in", pk)
    if request.method == "POST" and (opening != "until" or form.is_valid()):
        match opening:
            case "lesson":
                classrooms.open_sign_in_for_a_lesson(classroom=room, by=request.user)
            case "until":
                last_day = form.cleaned_data["last_day"]
                classrooms.open_sign_in_until(classroom=room, last_day=last_day, by=request.user)
            case "always":
                classrooms.open_sign_in(classroom=room, until=None, by=request.user)
            case "close":
                classrooms.close_sign_in(classroom=room, by=request.user)
        messages.success(request, teach.sign_in_words(room))
        return redirect("teach:sign_in", pk)
    return render(request, "schools/teach/sign_in.html", _context(request, room) | {"form": form})


def _context(request: SignedInRequest, room: Classroom) -> dict:
    return {
        "classroom": room,
        "name": teach.class_name(room),
        "code": teach.code_words(room),
        "words": teach.sign_in_words(room),
        "is_open": room.is_sign_in_open(),
        "address": teach_cards.join_address(request),
        "crumbs": teach.crumbs(room, _("Sign-in")),
    }


@login_required
@require_POST
def window(request: SignedInRequest, pk: int) -> HttpResponse:
    """Fresh tries for a class that used them up."""
    room = classroom_for(request, pk, Permission.OPEN_SIGN_IN)
    signin.open_window(classroom=room, by=request.user)
    messages.success(request, _("Your class can try again now. Help those who are unsure of their pictures."))
    return redirect("teach:sign_in", pk)


@login_required
@require_safe
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """The class code, large enough for the last row."""
    room = classroom_for(request, pk, Permission.OPEN_SIGN_IN)
    return render(request, "schools/teach/board.html", _context(request, room))


@login_required
@require_safe
def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """The class code and how to sign in, as a sheet for the wall."""
    room = classroom_for(request, pk, Permission.OPEN_SIGN_IN)
    return render(request, "schools/teach/poster.html", _context(request, room))


@login_required
@require_safe
def qr_code(request: SignedInRequest) -> HttpResponse:
    """The address of the sign-in page as a picture. It holds no code, so it gives nothing away."""
    require(request.user, Permission.CREATE_CLASSROOM, None)
    address = request.build_absolute_uri("/join/")
    return HttpResponse(teach_cards.qr_code(address), content_type="image/svg+xml")
