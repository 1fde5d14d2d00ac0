"""`/join/`: a class code, one's own alias, four pictures.

Every step is a form that is sent by POST; how far a child has come is in a signed cookie that lives ten
minutes. So no code, alias or picture is ever in an address or in the browser's history.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schools.actions import signin as actions
from schools.forms.join import tapped
from schools.join_codes import normalise
from schools.models import Enrolment
from schools.pictures import PIN_LENGTH, Pin
from schools.presenters import board
from schools.queries import learning
from schools.views import joining
from schools.views.joining import Step
from schools.views.students import carry_choice, open_session, signed_in


@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The first step. Whatever is wrong with a code, the answer is the same."""
    device = joining.read_device(request)
    if request.method == "POST":
        classroom = actions.open_class(code=normalise(request.POST.get("code", "")), device=device)
        if classroom is not None:
            opened = redirect("join:who")
            joining.write_device(request, opened, device)
            joining.write_step(request, opened, Step(classroom.pk))
            return opened
    message = _("That did not open a class. Check the code with your teacher.") if request.POST else ""
    context = {"message": message, "learner": signed_in(request)}
    response = render(request, "schools/join/code.html", context)
    joining.write_device(request, response, device)
    return response


@require_http_methods(["GET", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """The class list, for those who gave a right code."""
    step = joining.read_step(request)
    classroom = learning.open_classroom(step.classroom_id) if step else None
    if step is None or classroom is None:
        return redirect("join:code")
    enrolments = learning.classmates(classroom)
    if request.method == "POST":
        chosen = next((one for one in enrolments if str(one.pk) == request.POST.get("who")), None)
        if chosen is not None:
            response = redirect("join:pictures")
            joining.write_step(request, response, Step(classroom.pk, chosen.pk))
            return response
    return render(request, "schools/join/who.html", {"classroom": classroom, "enrolments": enrolments})


@require_http_methods(["GET", "POST"])
def pictures(request: HttpRequest) -> HttpResponse:
    """The board. Each tap sends the form, or a script collects the four taps and sends it once."""
    step = joining.read_step(request)
    enrolment = learning.classmate(step.classroom_id, step.enrolment_id) if step else None
    if step is None or enrolment is None:
        return redirect("join:code")
    pin = tapped(request.POST)
    is_back = bool(step.next)
    if len(pin) < PIN_LENGTH:
        return _board(request, enrolment, pin, is_back=is_back)
    device = joining.read_device(request)
    found = actions.sign_in(classroom_id=step.classroom_id, enrolment_id=enrolment.pk, pin=pin, device=device)
    if found is None:
        message = _("Those pictures do not match. Try again or ask your teacher.")
        response = _board(request, enrolment, (), message=message, is_back=is_back)
    else:
        open_session(request, found)
        carry_choice(request, step)
        device = joining.with_known(device, found.pk)
        response = redirect(_page_after(step))
        joining.forget_step(response)
        _speak_the_class_language(request, response, found)
    joining.write_device(request, response, device)
    return response


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Finish and leave: nothing of this child stays on the device but its mark."""
    logout(request)
    response = redirect("join:code")
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    joining.forget_step(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _board(request: HttpRequest, enrolment: Enrolment, pin: Pin, **more: Any) -> HttpResponse:
    context = {"enrolment": enrolment, "board": board.of(pin), **more}
    return render(request, "schools/join/pictures.html", context)


def _page_after(step: Step) -> str:
    is_ours = step.next.startswith("/class/") and url_has_allowed_host_and_scheme(step.next, None)
    return step.next if is_ours else "learning:home"


def _speak_the_class_language(request: HttpRequest, response: HttpResponse, enrolment: Enrolment) -> None:
    """A device that chose no language yet speaks the class's."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            enrolment.classroom.language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            secure=request.is_secure(),
        )
