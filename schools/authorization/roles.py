"""The permission table: which role holds which right, from its place downward."""

from cms.core.permissions import Permission
from schools.models import Role

OFFICIAL = frozenset({Permission.SEE_ADOPTION})
ADMITTING = OFFICIAL | {Permission.ADMIT_SCHOOLS}
CLASS_TEACHER = frozenset(
    {
        Permission.SEE_CLASSROOM,
        Permission.MANAGE_CLASSROOM,
        Permission.MANAGE_ROSTER,
        Permission.OPEN_SIGN_IN,
        Permission.ASSIGN,
        Permission.TEACH,
        Permission.SEE_RESULTS,
    }
)
"""What a teacher may do in a class that they teach."""

ROLES: dict[str, frozenset[Permission]] = {
    Role.STATE_ADMIN: ADMITTING
    | {
        Permission.MANAGE_STATE,
        Permission.IMPORT_SCHOOLS,
        Permission.ISSUE_TOKENS,
        Permission.SEE_AUDIT,
        Permission.MANAGE_OFFICIALS,
    },
    Role.STATE_OFFICIAL: OFFICIAL,
    Role.DISTRICT_OFFICIAL: ADMITTING | {Permission.MANAGE_OFFICIALS},
    Role.BLOCK_OFFICIAL: ADMITTING,
    Role.HEAD: frozenset(
        {
            Permission.SEE_SCHOOL,
            Permission.MANAGE_SCHOOL,
            Permission.MANAGE_STAFF,
            Permission.IMPORT_ROSTER,
            Permission.MANAGE_YEAR,
            Permission.SEE_AUDIT,
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

MAY_NAME: dict[str, frozenset[str]] = {
    Role.STATE_ADMIN: frozenset(
        {Role.STATE_ADMIN, Role.STATE_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.BLOCK_OFFICIAL, Role.HEAD}
    ),
    Role.DISTRICT_OFFICIAL: frozenset({Role.BLOCK_OFFICIAL, Role.HEAD}),
    Role.BLOCK_OFFICIAL: frozenset({Role.HEAD}),
    Role.HEAD: frozenset({Role.SAFETY_LEAD, Role.TEACHER}),
}
"""Which roles the holder of a role may give, at its place and below, and end there."""
