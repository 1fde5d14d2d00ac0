"""The one question: does this person hold this right at this place?"""

from typing import Any

from cms.core.permissions import Permission
from schools.authorization.roles import CLASS_TEACHER, MAY_NAME, ROLES
from schools.models import Block, Classroom, District, Enrolment, Role, School, State
from schools.models.people import PLACE_OF_ROLE
from schools.models.scopes import active_roles


def has_permission(user: Any, permission: Permission, place: Any) -> bool:
    """Whether `user` holds `permission` at `place` (a state, district, block, school, classroom or enrolment).

    With no place: whether they hold it anywhere. A student holds `LEARN` at their own enrolment only.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_student:
        return permission == Permission.LEARN and isinstance(place, Enrolment) and _is_own(user, place)
    roles = user.held_roles if hasattr(user, "held_roles") else list(active_roles(user))
    if place is None:
        return any(permission in ROLES[role.role] for role in roles)
    if isinstance(place, Enrolment):
        place = place.classroom
    above = _places_above(place)
    reaching = [role for role in roles if (type(role.place), role.place.pk) in above]
    if any(permission in ROLES[role.role] for role in reaching):
        return True
    return (
        permission in CLASS_TEACHER
        and isinstance(place, Classroom)
        and any(role.role == Role.TEACHER for role in reaching)
        and place.teachings.filter(teacher=user).exists()
    )


def may_name(user: Any, role: str, place: Any) -> bool:
    """Whether `user` may give `role` at `place`, which must be of the role's kind, and end it there.

    Being the operator is not enough: a state's people are the state's to name.
    """
    if not user.is_authenticated or not user.is_active or user.is_student:
        return False
    if type(place)._meta.model_name != PLACE_OF_ROLE[Role(role)]:
        return False
    above = _places_above(place)
    held = user.held_roles if hasattr(user, "held_roles") else active_roles(user)
    return any(
        role in MAY_NAME.get(one.role, ()) and (type(one.place), one.place.pk) in above for one in held
    )


def names_itself(user: Any, email: str, role: str) -> bool:
    """Whether someone would lift themselves into a role. Only a head may: heads of small schools teach, too."""
    return user.email == email.lower() and role not in MAY_NAME[Role.HEAD]


def _is_own(user: Any, enrolment: Enrolment) -> bool:
    return enrolment.student_id == user.pk and enrolment.left_on is None


def _places_above(place: Any) -> set[tuple[type, int]]:
    """The place itself and all that it lies in, as (kind, key)."""
    if isinstance(place, Classroom):
        place = place.school
    above: set[tuple[type, int]] = {(type(place), place.pk)}
    for name, kind in (("block", Block), ("district", District), ("state", State)):
        if isinstance(place, School) or (isinstance(place, Block) and name == "district"):
            above.add((kind, getattr(place, f"{name}_id")))
        elif isinstance(place, Block) and name == "state":
            above.add((State, place.district.state_id))
        elif isinstance(place, District) and name == "state":
            above.add((State, place.state_id))
    return above
