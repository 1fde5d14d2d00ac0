"""The door to a student's pages, and what a student's session holds."""

import time
from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from cms.core import row_security
from cms.users.models import User
from schools.actions import signin
from schools.middleware import PICTURE_BACKEND
from schools.models import Enrolment
from schools.queries.learner import learner
from schools.views import joining

WRITE_AFTER_SECONDS = 60
"""How old the note of the last visit may be before it is worth a write."""
MOST_CHOICES = 12
LONGEST_CHOICE = 20
"""What is carried over an idle time-out has to fit into a cookie."""


class StudentRequest(HttpRequest):
    """A request of a signed-in student."""

    enrolment: Enrolment
    user: User


type StudentView[**P] = Callable[Concatenate[StudentRequest, P], HttpResponse]


def open_session(request: HttpRequest, enrolment: Enrolment) -> None:
    """Sign the student in. The session ends with the browser, or when nobody touched it for a while."""
    login(request, enrolment.student, backend=PICTURE_BACKEND)
    signin.forget_last_sign_in(enrolment.student)
    request.session.set_expiry(0)
    request.session["pin"] = enrolment.pin_digest
    request.session["classroom"] = enrolment.classroom_id
    request.session["enrolment"] = enrolment.pk
    request.session["seen"] = int(time.time())


def student_required[**P](view: StudentView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in a student whose session is fresh, with `request.enrolment`; send all others to `/join/`."""
    return _door(view, when_idle=_ask_again)


def student_script_required[**P](view: StudentView[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The same for what a script sends by itself: it is told of an idle session, which stays for the page to end."""
    return _door(view, when_idle=lambda _request: HttpResponse(status=HTTPStatus.UNAUTHORIZED))


def _door[**P](
    view: StudentView[P], when_idle: Callable[[HttpRequest], HttpResponse]
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def inner(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_students(request):
            return redirect("join:code")
        if _idle_seconds(request) >= settings.STUDENT_IDLE_SECONDS:
            return when_idle(request)
        enrolment = signed_in(request)
        if enrolment is None:
            logout(request)
            return redirect("join:code")
        _note_visit(request)
        request.user = enrolment.student
        request.enrolment = enrolment
        row_security.see([enrolment.classroom.school_id])
        return view(request, *args, **kwargs)

    return inner


def is_students(request: HttpRequest) -> bool:
    """Whether a picture PIN opened this session."""
    return request.session.get(BACKEND_SESSION_KEY) == PICTURE_BACKEND


def signed_in(request: HttpRequest) -> Enrolment | None:
    """The student whose fresh session this is."""
    if not is_students(request) or _idle_seconds(request) >= settings.STUDENT_IDLE_SECONDS:
        return None
    enrolment = learner(int(request.session[SESSION_KEY]))
    if enrolment is None or not _is_same(request, enrolment):
        return None
    enrolment.student.backend = PICTURE_BACKEND
    return enrolment


def _idle_seconds(request: HttpRequest) -> int:
    return int(time.time()) - request.session.get("seen", 0)


def _note_visit(request: HttpRequest) -> None:
    if _idle_seconds(request) >= WRITE_AFTER_SECONDS:
        request.session["seen"] = int(time.time())


def _is_same(request: HttpRequest, enrolment: Enrolment) -> bool:
    """Whether neither the account nor the PIN changed since: a new PIN ends the sessions of the old one."""
    return constant_time_compare(
        request.session.get(HASH_SESSION_KEY, ""), enrolment.student.get_session_auth_hash()
    ) and constant_time_compare(request.session.get("pin", ""), enrolment.pin_digest)


def _ask_again(request: HttpRequest) -> HttpResponse:
    """End an idle session, and ask for the PIN of the same student, who then comes back to this page.

    A choice that was sent is not kept, since another child may have tapped it; it comes back marked.
    """
    step = joining.Step(
        classroom_id=request.session["classroom"],
        enrolment_id=request.session["enrolment"],
        next=request.path,
        choice=[one[:LONGEST_CHOICE] for one in request.POST.getlist("choice")[:MOST_CHOICES]],
    )
    logout(request)
    response = redirect("join:pictures")
    joining.write_step(request, response, step)
    return response


def carry_choice(request: HttpRequest, step: joining.Step) -> None:
    """Remember, for the page that the student comes back to, what was chosen there."""
    if step.choice:
        request.session["carried"] = {"path": step.next, "choice": list(step.choice)}


def carried_choice(request: HttpRequest) -> Sequence[str] | None:
    """What was chosen on this page before the session went idle; told once."""
    carried = request.session.get("carried")
    if carried is None or carried["path"] != request.path:
        return None
    del request.session["carried"]
    return carried["choice"]
