"""Pages for when something went wrong: kind, and with the way to help.

They work when the database does not: the numbers to call are then the shipped ones, and the page
for a broken server asks nothing of anybody.
"""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override

from cms.help import lines

NUMBERS_SHOWN = 2


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/403.html", 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "errors/csrf.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    with _language_asked_for(request):
        return render(request, "errors/500.html", {"lines": _first(lines.at_hand())}, status=500)


def _page(request: HttpRequest, template: str, status: int) -> HttpResponse:
    with _language_asked_for(request):
        try:
            shown = lines.published()
        except DatabaseError:
            shown = lines.at_hand()
        return render(request, template, {"lines": _first(shown), **_frame(request)}, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    """A student stays on a student's page, with their alias on it and the way back to their class."""
    learner = getattr(request, "enrolment", None)
    if learner is None:
        return {"base": "base.html"}
    return {"base": "base_student.html", "learner": learner, "home_url": reverse("learning:home")}


def _language_asked_for(request: HttpRequest) -> override:
    """A request may fail before its language was set; this thread would still speak the last one's."""
    return override(get_language_from_request(request, check_path=True))


def _first(shown: tuple[lines.Line, ...]) -> list[lines.Line]:
    """The numbers to call that come first; an error page is no place for a long list."""
    return [line for line in lines.for_all(shown) if line.is_for_children and line.numbers][:NUMBERS_SHOWN]
