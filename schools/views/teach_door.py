"""The door of every page of a class: outsiders find nothing, insiders without the right are refused."""

from django.shortcuts import get_object_or_404

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.models import Classroom, Enrolment
from schools.models.scopes import held_roles


def classroom_for(request: SignedInRequest, pk: int, permission: Permission) -> Classroom:
    """The class `pk`, for someone who sees it and holds `permission` in it."""
    if not request.user.is_student:
        held_roles(request.user)
    visible = Classroom.objects.visible_to(request.user)
    seen = visible.select_related("school", "school__readiness", "parent_notice")
    classroom = get_object_or_404(seen, pk=pk)
    require(request.user, permission, classroom)
    return classroom


def student_for(request: SignedInRequest, pk: int, enrolment_pk: int) -> Enrolment:
    """A student now in the class `pk`, for someone who keeps its list."""
    classroom = classroom_for(request, pk, Permission.MANAGE_ROSTER)
    students = Enrolment.objects.visible_to(request.user).active().select_related("classroom__school")
    return get_object_or_404(students, pk=enrolment_pk, classroom=classroom)
