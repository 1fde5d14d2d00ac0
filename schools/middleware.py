"""Doors before all views: a fence around a student's session, the second factor of officials, and the rows that
a request may see.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cms.core import row_security
from cms.core.middleware import is_public
from schools.models.people import ROLES_ABOVE_SCHOOL
from schools.models.scopes import has_second_factor, held_roles, sleeping_roles

PICTURE_BACKEND = "schools.authorization.backend.PictureBackend"
OPEN_PATHS = ("/", "/start/", "/language/", "/exit/", "/healthz", "/readyz", "/robots.txt")


class StudentFenceMiddleware:
    """Answers 404 to a signed-in student everywhere else: staff pages, accounts, the editors' side.

    What is not listed is closed, so a new staff page cannot be forgotten. Asks the session only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.open_folders = ("/class/", "/join/", "/exit/", settings.STATIC_URL)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        path = request.path_info
        if is_public(request) or path in OPEN_PATHS or path.startswith(self.open_folders):
            return
        if request.session.get(BACKEND_SESSION_KEY) == PICTURE_BACKEND:
            raise Http404


class SecondFactorMiddleware:
    """Sends officials and operators without a second factor to where they set one up, before they see anything.

    An official whose state is suspended is told so, with the reason. It acts only where their pages are and at
    `/start/`. A person with an active role above school costs no query here: the roles are those that the page
    asks for anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.folders = (
            "/insights/",
            "/files/",
            "/state/",
            "/people/",
            "/imports/",
            "/records/",
            "/departments/",
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        path = request.path_info
        is_editing = path.startswith(settings.ADMIN_PREFIX)
        if not is_editing and path != "/start/" and not path.startswith(self.folders):
            return None
        user = request.user
        if not user.is_authenticated or user.is_student or path.startswith(reverse("departments:sign_up")):
            return None
        if user.is_superuser:
            return None if has_second_factor(user) else _set_up(request)
        if is_editing or any(role.role in ROLES_ABOVE_SCHOOL for role in held_roles(user)):
            return None
        asleep = list(sleeping_roles(user))
        if asleep and not has_second_factor(user):
            return _set_up(request)
        is_left_nothing = asleep and not held_roles(user)
        return redirect("suspended") if is_left_nothing else None


def _set_up(request: HttpRequest) -> HttpResponse:
    """To the page that says why; afterwards back to what was asked for."""
    if request.method == "GET" and request.path_info != "/start/":
        request.session["after_second_factor"] = request.get_full_path()
    return redirect("second_factor")


class RowSecurityMiddleware:
    """Where the database keeps a fence around each school's rows, names the schools of the person who asks.

    Staff: those that they work in, so an official sees no pupil's row. A student's school is named by the
    door to the student's pages, which has just read it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_public(request) or not row_security.is_on():
            return self.get_response(request)
        with row_security.fenced():
            return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if is_public(request) or not row_security.is_on():
            return
        if request.session.get(BACKEND_SESSION_KEY) != PICTURE_BACKEND and request.user.is_authenticated:
            row_security.see(role.school_id for role in held_roles(request.user) if role.school_id)
