"""The door of a state's workspace: outsiders find nothing, officials without the right are refused."""

from django.shortcuts import get_object_or_404

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.models import Department
from schools.models.scopes import held_roles


def department_for(request: SignedInRequest, code: str) -> Department:
    """The department of the state `code`, for its administrator."""
    if not request.user.is_student:
        held_roles(request.user)
    visible = Department.objects.visible_to(request.user).select_related("state")
    department = get_object_or_404(visible, state__code=code)
    require(request.user, Permission.MANAGE_STATE, department.state)
    return department
