"""People in Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from cms.users.models import User


@hooks.register("before_bulk_action")
def nobody_is_deleted(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    if action_type == "delete" and User in action.models:
        raise PermissionDenied
