"""Every refusal as JSON, with a sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError


def register(api: NinjaAPI) -> None:
    """Let `api` answer each kind of error by the sentence for it."""
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(Throttled, _too_many)
    api.add_exception_handler(ValidationError, _not_understood)


def _answer(status: int, sentence: str, **headers: str) -> JsonResponse:
    return JsonResponse({"detail": sentence}, status=status, headers=headers)


def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(404, _("There is no such thing in the place that your key is for."))


def _unknown(request: HttpRequest, error: Any) -> HttpResponse:
    return _answer(401, str(error), **{"WWW-Authenticate": "Bearer"})


def _too_many(request: HttpRequest, error: Any) -> HttpResponse:
    words = _("Too many questions in one minute. Ask again in %(seconds)d seconds.") % {"seconds": error.wait}
    return _answer(429, words, **{"Retry-After": str(error.wait)})


def _not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    return _answer(422, _("This could not be understood: %(names)s.") % {"names": ", ".join(names)})


def only_reads(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Refuses every method but GET, before anything else is looked at."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET":
            return _answer(405, _("A key reads and changes nothing: only GET is answered."), Allow="GET")
        return view(request, *args, **kwargs)

    wrapped.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is changed, and no cookie is read
    return wrapped
