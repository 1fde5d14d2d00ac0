"""The help page and the exit. Neither leaves a record of who came."""

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.help import lines


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do now, and whom to call: lines for all of India, then those of single states."""
    shown = lines.published()
    context = {"lines": lines.for_all(shown), "states": lines.by_state(shown)}
    return render(request, "help/help_page.html", context)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Go to a neutral place and let the browser forget the pages it kept of this site.

    A student is signed out, since somebody else may take the device; teachers keep their session.
    Nothing may hold up the way out, so it is open also when the database is not.
    """
    try:
        if getattr(request.user, "is_student", False):
            logout(request)
    except DatabaseError:
        request.session.modified = False
    response = HttpResponse(status=303, headers={"Location": settings.QUICK_EXIT_URL})
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """A page that shows nothing of this site: where the exit leads when no other place is set."""
    return render(request, "help/gone.html")
