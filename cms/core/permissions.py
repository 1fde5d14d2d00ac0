"""The names of the rights, and the one door that asks for them.

Who holds which right is the table in `schools.authorization`; an authentication backend there
answers `user.has_perm(permission, place)`.
"""

from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied


class Permission(StrEnum):
    """What a person may do at a place (state, district, block, school or classroom)."""

    SEE_ADOPTION = "schools.see_adoption"
    SEE_SCHOOL = "schools.see_school"
    MANAGE_SCHOOL = "schools.manage_school"
    WRITE_READINESS = "schools.write_readiness"
    CREATE_CLASSROOM = "schools.create_classroom"
    SEE_CLASSROOM = "schools.see_classroom"
    MANAGE_CLASSROOM = "schools.manage_classroom"
    MANAGE_ROSTER = "schools.manage_roster"
    OPEN_SIGN_IN = "schools.open_sign_in"
    ASSIGN = "schools.assign"
    SEE_RESULTS = "schools.see_results"
    PREVIEW = "schools.preview"
    LEARN = "schools.learn"


def require(user: Any, permission: Permission, place: Any) -> None:
    """Raise `PermissionDenied` unless `user` holds `permission` at `place`."""
    if user is None or not user.has_perm(permission.value, place):
        raise PermissionDenied
