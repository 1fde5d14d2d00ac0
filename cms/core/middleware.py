"""What happens to every request, by which side it is for: public, personal, or the editors'.

Public pages live under `/<language>/` and nothing else does: they hold no cookie, token or name, and
are cached as a whole. Personal pages are never stored by anyone.
"""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP, build_policy

from cms.core import content_version

GetResponse = Callable[[HttpRequest], HttpResponse]

PAGE_SECONDS = 60
PUBLIC = "public, max-age=0, s-maxage=30, must-revalidate"
PERSONAL = "no-store, private"
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
)


def is_public(request: HttpRequest) -> bool:
    """Whether this asks for a public page: `/`, then a language, then anything.

    An editor's preview has a public page's address, too, but shows what nobody may see yet.
    """
    parts = request.path_info.split("/", 2)
    return len(parts) == 3 and parts[1] in _language_codes() and not _is_preview(request)


def _language_codes() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


def _is_preview(request: HttpRequest) -> bool:
    """Wagtail makes the request of a preview itself, and marks it."""
    return getattr(request, "is_dummy", False)


class SecurityHeadersMiddleware:
    """Headers that Django has no setting for, and the looser policy of Wagtail's admin."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(settings.ADMIN_PREFIX):
            response.headers["Content-Security-Policy"] = build_policy(settings.ADMIN_CSP)
        elif _is_preview(request):
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            policy: dict[str, list[str]] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
            response.headers["Content-Security-Policy"] = build_policy(policy)
        # What a middleware further in answers by itself has passed none of those that set these.
        response.headers.setdefault("Content-Security-Policy", build_policy(settings.SECURE_CSP))
        if not is_public(request):
            response.headers.setdefault("Cache-Control", PERSONAL)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response


class PublicPageMiddleware:
    """Answers public pages from their ETag or the cache, and takes every cookie off them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return self._with_policy(self._make(request), etag="")
        etag = self._etag(request)
        if etag in request.headers.get("If-None-Match", ""):
            return self._with_policy(HttpResponseNotModified(), etag)
        # What follows a question mark is anybody's choice: kept, it would push the pages out.
        is_kept = not request.META.get("QUERY_STRING")
        key = f"page:{'gzip' in request.headers.get('Accept-Encoding', '')}:{etag}"
        response = cache.get(key) if is_kept else None
        if response is None:
            response = self._make(request)
            if is_kept and response.status_code == 200 and request.method == "GET":
                cache.set(key, response, PAGE_SECONDS)
        return self._with_policy(response, etag)

    def _etag(self, request: HttpRequest) -> str:
        name = (
            f"{content_version.current()}|{request.get_host()}|{request.get_full_path()}|{settings.RELEASE}"
        )
        return f'"{hashlib.blake2b(name.encode(), digest_size=12).hexdigest()}"'

    def _make(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES.clear()
        response = self.get_response(request)
        response.cookies.clear()
        return response

    def _with_policy(self, response: HttpResponse, etag: str) -> HttpResponse:
        response.headers.pop("Vary", None)
        if etag and response.status_code in (200, 304):
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = PUBLIC
            patch_vary_headers(response, ["Accept-Encoding"])
        else:
            response.headers["Cache-Control"] = "no-store"
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but a page that says that something is not there is believed.

    Django would look for the same address under a language, so that an outsider at a class's page got
    a redirect and not 404. An address that no page has is still looked for there, such as `/help/`.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is not None:
            return response
        return super().process_response(request, response)


class PersonalPageMiddleware:
    """Nobody may keep a page that was made for one person.

    Its forms are sent with their origin, which the check against forged requests asks for: under
    `no-referrer`, which public pages keep, browsers send the origin as `null`.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_public(request):
            response.headers.setdefault("Cache-Control", PERSONAL)
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response
