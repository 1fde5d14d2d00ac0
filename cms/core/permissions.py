"""The names of the rights, and the one door that asks for them.

Who holds which right is the table in `schools.authorization`; an authentication backend there
answers `user.has_perm(permission, place)`.
"""

from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied


class Permission(StrEnum):
    """What a person may do at a place (state, district, block, school or classroom)."""

    REVIEW_DEPARTMENTS = "schools.review_departments"
    MANAGE_STATE = "schools.manage_state"
    IMPORT_SCHOOLS = "schools.import_schools"
    ISSUE_TOKENS = "schools.issue_tokens"
    SEE_AUDIT = "schools.see_audit"
    MANAGE_OFFICIALS = "schools.manage_officials"
    ADMIT_SCHOOLS = "schools.admit_schools"
    SEE_ADOPTION = "schools.see_adoption"
    SEE_SCHOOL = "schools.see_school"
    MANAGE_SCHOOL = "schools.manage_school"
    MANAGE_STAFF = "schools.manage_staff"
    IMPORT_ROSTER = "schools.import_roster"
    MANAGE_YEAR = "schools.manage_year"
    WRITE_READINESS = "schools.write_readiness"
    CREATE_CLASSROOM = "schools.create_classroom"
    SEE_CLASSROOM = "schools.see_classroom"
    MANAGE_CLASSROOM = "schools.manage_classroom"
    MANAGE_ROSTER = "schools.manage_roster"
    OPEN_SIGN_IN = "schools.open_sign_in"
    ASSIGN = "schools.assign"
    TEACH = "schools.teach"
    SEE_RESULTS = "schools.see_results"
    PREVIEW = "schools.preview"
    LEARN = "schools.learn"


def require(user: Any, permission: Permission, place: Any) -> None:
    """Raise `PermissionDenied` unless `user` holds `permission` at `place`."""
    if user is None or not user.has_perm(permission.value, place):
        raise PermissionDenied
