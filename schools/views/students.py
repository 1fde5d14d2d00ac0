"""The door to a student's pages, and what a student's session holds."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from cms.users.models import User
from schools.actions import signin
from schools.middleware import PICTURE_BACKEND
from schools.models import Enrolment
from schools.queries.learner import learner
from schools.views import joining

WRITE_AFTER_SECONDS = 60
"""How old the note of the last visit may be before it is worth a write."""


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

    @wraps(view)
    def inner(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.session.get(BACKEND_SESSION_KEY) != PICTURE_BACKEND:
            return redirect("join:code")
        if _is_idle(request):
            return _ask_again(request)
        enrolment = learner(int(request.session[SESSION_KEY]))
        if enrolment is None or not _is_same(request, enrolment):
            logout(request)
            return redirect("join:code")
        enrolment.student.backend = PICTURE_BACKEND
        request.user = enrolment.student
        request.enrolment = enrolment
        return view(request, *args, **kwargs)

    return inner


def _is_idle(request: HttpRequest) -> bool:
    now = int(time.time())
    since = now - request.session.get("seen", 0)
    if since >= settings.STUDENT_IDLE_SECONDS:
        return True
    if since >= WRITE_AFTER_SECONDS:
        request.session["seen"] = now
    return False


def _is_same(request: HttpRequest, enrolment: Enrolment) -> bool:
    """Whether neither the account nor the PIN changed since: a new PIN ends the sessions of the old one."""
    return constant_time_compare(
        request.session.get(HASH_SESSION_KEY, ""), enrolment.student.get_session_auth_hash()
    ) and constant_time_compare(request.session.get("pin", ""), enrolment.pin_digest)


def _ask_again(request: HttpRequest) -> HttpResponse:
    """End an idle session, and ask for the PIN of the same student, who then comes back to this page."""
    step = joining.Step(request.session["classroom"], request.session["enrolment"], request.path)
    logout(request)
    response = redirect("join:pictures")
    joining.write_step(request, response, step)
    return response
