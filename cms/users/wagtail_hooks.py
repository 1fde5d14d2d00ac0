"""People in Wagtail's admin."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks

from cms.users import languages
from cms.users.models import User


@hooks.register("before_bulk_action")
def nobody_is_deleted(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    if action_type == "delete" and User in action.models:
        raise PermissionDenied


@hooks.register("register_permissions")
def rights_to_write() -> QuerySet[Permission]:
    return languages.all_permissions()
