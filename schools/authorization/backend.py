"""Lets `user.has_perm(permission, place)` ask the permission table, and a student's session find its user."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from cms.core.permissions import Permission
from cms.users.models import User
from schools.authorization.policy import has_permission


class PlaceBackend(BaseBackend):
    """Answers for rights at places. Signs nobody in."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm not in Permission:
            return False
        return has_permission(user_obj, Permission(perm), obj)


class PictureBackend(BaseBackend):
    """The backend of sessions that a picture PIN opened: it finds students and nobody else."""

    def get_user(self, user_id: int) -> User | None:
        return User.students.filter(pk=user_id, is_active=True).first()
