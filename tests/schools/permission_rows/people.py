"""Invitations, codes, requests and roles: of the class's school, and of the block it lies in."""

from datetime import timedelta

from django.utils import timezone

from schools.models import Invitation, JoinRequest, Membership, Role
from tests.factories import MembershipFactory, StaffFactory
from tests.schools.permission_world import World

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
people:home                             in  404  404  403  403  302  403  302  302  403  403  302  403  403  403  302
people:join                            200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
people:ask                             200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
people:sent                            200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
people:waiting                          in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
people:invitation                      404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
people:invite_again                     in  404  404  403  403  403  403  302  302  403  404  404  404  404  404  302
people:withdraw                         in  404  404  403  403  403  403  302  302  403  404  404  404  404  404  302
people:end                              in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
people:decide                           in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
people:officials                        in  404  404  404  404  404  404  403  200  403  404  404  404  404  404  200
people:invite                           in  404  404  404  404  404  404  403  200  403  404  404  404  404  404  200
people:requests                         in  404  404  404  404  404  404  200  200  403  404  404  404  404  404  200
people:codes                            in  404  404  404  404  404  404  200  200  403  404  404  404  404  404  200
people:codes_issue                      in  404  404  404  404  404  404  302  302  403  404  404  404  404  404  302
people:codes_file                       in  404  404  404  404  404  404  200  200  403  404  404  404  404  404  200
people:codes_slips                      in  404  404  404  404  404  404  200  200  403  404  404  404  404  404  200
people:codes_pdf                        in  404  404  404  404  404  404  200  200  403  404  404  404  404  404  200
people:school                           in  404  404  403  403  200  403  200  200  403  404  404  404  404  404  200
people:invite_to_school                 in  404  404  403  403  200  403  200  200  403  404  404  404  404  404  200
people:code_again                       in  404  404  403  403  403  403  302  302  403  404  404  404  404  404  302
people:code_withdraw                    in  404  404  403  403  403  403  302  302  403  404  404  404  404  404  302
people:code_slip                        in  404  404  403  403  403  403  200  200  403  404  404  404  404  404  200
people:staff_code                       in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
people:staff_code_withdraw              in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
"""

BY_POST = {
    "people:invite_again",
    "people:withdraw",
    "people:decide",
    "people:codes_issue",
    "people:code_again",
    "people:code_withdraw",
    "people:staff_code",
    "people:staff_code_withdraw",
}


def arguments(world: World) -> dict:
    """The school's block; an invited head, a teacher of the school, and one who asks to be."""
    school = world.school
    giver = MembershipFactory(role=Role.STATE_ADMIN, school=None, state=school.state).user
    invitation = Invitation.objects.create(
        email="invited@example.org",
        role=Role.HEAD,
        school=school,
        origin=Invitation.Origin.NAMED,
        token_digest="0" * 64,
        invited_by=giver,
        expires_at=timezone.now() + timedelta(days=14),
    )
    asking = JoinRequest.objects.create(user=StaffFactory(), role=Role.TEACHER, school=school)
    return {
        "kind": "block",
        "place_id": school.block_id,
        "token": "none",
        "invitation_id": invitation.pk,
        "request_id": asking.pk,
        "role_id": Membership.objects.filter(school=school, role=Role.TEACHER).first().pk,
    }
