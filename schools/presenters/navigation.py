"""The menu of the staff's pages: the places that a person's roles lead to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from schools.models import Role
from schools.models.scopes import held_roles

OFFICIALS = {Role.STATE_ADMIN, Role.STATE_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.BLOCK_OFFICIAL}
LOOK_AFTER_PEOPLE = {Role.STATE_ADMIN, Role.DISTRICT_OFFICIAL, Role.BLOCK_OFFICIAL, Role.HEAD}
PLACES = (
    *("teach:modules", "teach:home", "school:home", "state:index", "insights:home", "people:home"),
    *("departments:queue", "account_change_password"),
)
"""The places of the menu; one that lies in another comes before it."""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool


def staff_nav(request: HttpRequest) -> dict[str, Any]:
    """`staff_nav` for every template; nothing is asked of the database until a staff page shows it."""
    return {"staff_nav": SimpleLazyObject(lambda: links(request))}


def links(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.is_student:
        return []
    held = {role.role for role in held_roles(user)}
    places = []
    if Role.TEACHER in held:
        places += [(_("My classes"), "teach:home"), (_("Lessons and guides"), "teach:modules")]
    elif held & {Role.HEAD, Role.SAFETY_LEAD}:
        places.append((_("Lessons and guides"), "teach:modules"))
    if held & {Role.TEACHER, Role.HEAD, Role.SAFETY_LEAD}:
        places.append((_("My school"), "school:home"))
    if Role.STATE_ADMIN in held:
        places.append((_("My state"), "state:index"))
    if held & (OFFICIALS | {Role.HEAD}):
        places.append((_("Progress of schools"), "insights:home"))
    if held & LOOK_AFTER_PEOPLE:
        places.append((_("People"), "people:home"))
    if user.is_superuser:
        places.append((_("Departments"), "departments:queue"))
    if user.is_superuser or user.groups.exists():  # content rights are held through groups only
        places.append((_("Editing"), "wagtailadmin_home"))
    places.append((_("My account"), "account_change_password"))
    here = _place_of(request.path)
    return [Link(label, reverse(name), reverse(name) == here) for label, name in places]


def _place_of(path: str) -> str:
    """The place in the menu that a page belongs to."""
    if path.startswith(("/teach/preview/", "/teach/guide/")):
        return reverse("teach:modules")
    for name in PLACES:
        if path.startswith(reverse(name)):
            return reverse(name)
    return ""
