"""The permission table: which role holds which right, from its place downward."""

from cms.core.permissions import Permission
from schools.models import Role

OFFICIAL = frozenset({Permission.SEE_ADOPTION})
CLASS_TEACHER = frozenset(
    {
        Permission.SEE_CLASSROOM,
        Permission.MANAGE_CLASSROOM,
        Permission.MANAGE_ROSTER,
        Permission.OPEN_SIGN_IN,
        Permission.ASSIGN,
        Permission.SEE_RESULTS,
    }
)
"""What a teacher may do in a class that they teach."""

ROLES: dict[str, frozenset[Permission]] = {
    Role.STATE_OFFICIAL: OFFICIAL,
    Role.DISTRICT_OFFICIAL: OFFICIAL,
    Role.BLOCK_OFFICIAL: OFFICIAL,
    Role.HEAD: frozenset(
        {
            Permission.SEE_SCHOOL,
            Permission.MANAGE_SCHOOL,
            Permission.WRITE_READINESS,
            Permission.CREATE_CLASSROOM,
            Permission.SEE_CLASSROOM,
            Permission.SEE_ADOPTION,
            Permission.PREVIEW,
        }
    ),
    Role.SAFETY_LEAD: frozenset(
        {
            Permission.SEE_SCHOOL,
            Permission.WRITE_READINESS,
            Permission.SEE_CLASSROOM,
            Permission.PREVIEW,
        }
    ),
    Role.TEACHER: frozenset({Permission.SEE_SCHOOL, Permission.CREATE_CLASSROOM, Permission.PREVIEW}),
}
"""What a role may do at its place and at all below it. A teacher's rights in a class hang on teaching it.

`MANAGE_SCHOOL` lets a head say who teaches each class; `SEE_CLASSROOM` at a school means all of its classes.
"""
