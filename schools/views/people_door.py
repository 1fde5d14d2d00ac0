"""The doors of `/people/`: outsiders find nothing, insiders without the right are refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.models import Role, School
from schools.models.scopes import held_roles
from schools.queries import people


def staff_only[Response: HttpResponseBase](view: Callable[..., Response]) -> Callable[..., Response]:
    """For those signed in; their roles are read once for the whole request."""

    @login_required
    @wraps(view)
    def wrapped(request: SignedInRequest, *args: Any, **kwargs: Any) -> Response:
        if request.user.is_student:
            raise Http404
        held_roles(request.user)
        return view(request, *args, **kwargs)

    return wrapped


def place_for(request: SignedInRequest, kind: str, place_id: int, permission: Permission) -> people.Place:
    """The state, district or block, for someone who sees it and holds `permission` there."""
    if kind not in people.KINDS:
        raise Http404
    place = get_object_or_404(people.places(kind).visible_to(request.user), pk=place_id)
    require(request.user, permission, place)
    return place


def school_for(request: SignedInRequest, udise_code: str) -> School:
    """The school, for someone who may name anybody there: its head, and those who admit schools."""
    visible = School.objects.visible_to(request.user).select_related("state", "district", "block")
    school = get_object_or_404(visible, udise_code=udise_code)
    if not people.nameable(request.user, school):
        raise PermissionDenied
    return school


def names_heads(request: SignedInRequest, school: School) -> bool:
    return Role.HEAD in people.nameable(request.user, school)


def say(request: SignedInRequest, error: ValidationError) -> None:
    """Why a button did nothing, on the page that comes next."""
    for words in error.messages:
        messages.error(request, words)


def join_address(request: SignedInRequest) -> str:
    """Where a code is typed, as people type it."""
    return f"{request.get_host()}{reverse('people:join')}"
