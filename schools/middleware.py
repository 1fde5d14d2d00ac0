"""A fence around a student's session: it reaches the student's own pages and what everyone may see."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse

from cms.core.middleware import is_public

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
