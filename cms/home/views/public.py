"""Pages for a visitor that are not lessons."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_safe


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the home page in the language of their cookie or browser."""
    return redirect(f"/{get_language()}/")


@require_safe
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language asked for in `to` in a cookie, and go back to `next`, a path of this site."""
    code = request.GET.get("to", "")
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = redirect(target)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
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


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Lessons and modules that hold every word asked for."""
    return render(request, "home/search.html", {"query": request.GET.get("q", "").strip()[:100]})
