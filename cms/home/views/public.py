"""Public pages that are not lessons."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.core.context_processors import in_language
from cms.home.models import HomePage
from curriculum.presenters import pages
from curriculum.queries import catalogue
from curriculum.queries.search import MAX_LENGTH
from curriculum.queries.search import search as find

TEASERS = 3


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the home page in the language of their cookie or browser."""
    return redirect(f"/{get_language()}/")


@require_safe
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language asked for in `to` in a cookie, and go back to `next`, a path of this site."""
    code = request.GET.get("to", "")
    target = request.GET.get("next", "/")
    if not (target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)):
        target = "/"
    response = HttpResponseRedirect(target)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            secure=request.is_secure(),
        )
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search machines may read what is public and nothing else."""
    closed = ("/class/", "/join/", "/teach/", "/school/", "/insights/", "/accounts/", settings.ADMIN_PREFIX)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def home(request: HttpRequest, page: HomePage) -> HttpResponse:
    """What this is, and the doors: for students, for teachers, for families."""
    language = get_language()
    context = {
        "frame": pages.frame_for_all(request),
        "modules": catalogue.modules(language)[:TEASERS],
        "lessons_url": f"/{language}/learn/",
        "class_url": in_language("/join/", language),
        "teacher_url": in_language(reverse("start"), language),
    }
    return render(request, "home/home_page.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lessons and modules that hold every word asked for."""
    query = request.GET.get("q", "").strip()[:MAX_LENGTH]
    found = find(query, get_language() or settings.LANGUAGE_CODE)
    context = {
        "query": query,
        "found": found,
        "max_length": MAX_LENGTH,
        "lessons_url": f"/{get_language()}/learn/",
    }
    return render(request, "home/search.html", context)
