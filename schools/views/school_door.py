"""The door of a school's pages for those who run it."""

from django.shortcuts import get_object_or_404

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.models import Classroom, School
from schools.models.scopes import held_roles


def school_for(request: SignedInRequest, udise_code: str, permission: Permission) -> School:
    """The school, for someone who sees it and holds `permission` there."""
    if not request.user.is_student:
        held_roles(request.user)
    visible = School.objects.visible_to(request.user).select_related("category")
    place = get_object_or_404(visible, udise_code=udise_code)
    require(request.user, permission, place)
    return place


def class_of(request: SignedInRequest, school: School, pk: int) -> Classroom:
    """A class of `school`, for someone who sees it."""
    seen = Classroom.objects.visible_to(request.user).select_related("school__category")
    return get_object_or_404(seen, pk=pk, school=school)
