"""What happens to every request, by which side it is for: public, personal, or the editors'.

Public pages live under `/<language>/` and nothing else does: they hold no cookie, token or name, and
are cached as a whole. Personal pages are never stored by anyone.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.csp import build_policy

from cms.core import content_version

GetResponse = Callable[[HttpRequest], HttpResponse]

PAGE_SECONDS = 60
PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
)


def is_public(path: str) -> bool:
    """Whether `path` is a public page: `/`, then a language, then anything."""
    parts = path.split("/", 2)
    return len(parts) == 3 and parts[1] in _language_codes()


def _language_codes() -> frozenset[str]:
    return frozenset(code for code, _name in settings.LANGUAGES)


class SecurityHeadersMiddleware:
    """Headers that Django has no setting for, and the looser policy of Wagtail's admin."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(settings.ADMIN_PREFIX):
            response.headers["Content-Security-Policy"] = build_policy(settings.ADMIN_CSP)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response


class PublicPageMiddleware:
    """Answers public pages from their ETag or the cache, and takes every cookie off them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request.path_info) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        etag = self._etag(request)
        if etag in request.headers.get("If-None-Match", ""):
            return self._with_policy(HttpResponseNotModified(), etag)
        key = f"page:{etag}"
        response = cache.get(key) if request.method == "GET" else None
        if response is None:
            response = self._make(request)
            if response.status_code == 200 and request.method == "GET" and not response.streaming:
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
        if hasattr(response, "render") and callable(response.render):
            response.render()
        response.cookies.clear()
        return response

    def _with_policy(self, response: HttpResponse, etag: str) -> HttpResponse:
        if response.status_code in (200, 304):
            response.headers["ETag"] = etag
            response.headers["Cache-Control"] = "public, max-age=0, s-maxage=30, must-revalidate"
            response.headers.pop("Vary", None)
            patch_vary_headers(response, ["Accept-Encoding"])
        return response


class PersonalPageMiddleware:
    """Nobody may keep a page that was made for one person."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_public(request.path_info) and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store, private"
        return response
