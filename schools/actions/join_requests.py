"""A person asks for a role at a school; whoever may give it says yes or no."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.users.models import User
from schools.actions import memberships, people_mail
from schools.actions.invitations import Origin, offer, require_open
from schools.authorization.policy import may_name
from schools.authorization.roles import MAY_NAME
from schools.models import Department, Invitation, JoinRequest, Role, School
from schools.queries import invitations as queries


@transaction.atomic
def ask(*, udise_code: str, name: str, email: str, post: str, language: str, asked_from: str) -> Invitation:
    """A school without a code asks to join: send the link that confirms the address. Anyone may ask."""
    if queries.has_asked_enough(asked_from):
        raise ValidationError(_("There were very many requests from here today. You can try again tomorrow."))
    school = School.objects.filter(udise_code=udise_code, closed_on=None).first()
    if school is None:
        words = _("No open school in the list has this code. Check it, or ask your block office.")
        raise ValidationError({"udise_code": words})
    if not Department.objects.filter(state=school.state_id, status=Department.Status.APPROVED).exists():
        words = _("The department of this state has not signed up yet, so nobody can say yes.")
        raise ValidationError({"udise_code": words})
    return offer(
        email=email,
        name=name,
        role=Role.HEAD,
        place=school,
        origin=Origin.ASKED,
        by=None,
        language=language,
        post=post.strip(),
        asked_from=asked_from,
    )


@transaction.atomic
def decide(*, request: JoinRequest, is_approved: bool, by: User) -> None:
    """Yes or no to a request, by someone who may give its role there; nobody lifts themselves up."""
    if not may_name(by, request.role, request.school):
        raise PermissionDenied
    if is_approved:
        require_open(request.school)
        if request.user_id == by.pk and request.role not in MAY_NAME[Role.HEAD]:
            raise ValidationError(_("You cannot approve your own request. Someone above you can."))
    locked = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if locked.decided_at is not None:
        raise ValidationError(_("This request was decided already."))
    request.decided_at, request.decided_by, request.is_approved = timezone.now(), by, is_approved
    request.save(update_fields=["decided_at", "decided_by", "is_approved"])
    action = "join_request.approved" if is_approved else "join_request.refused"
    audit.record(action, request, by=by, role=request.role)
    if is_approved:
        memberships.add(user=request.user, role=Role(request.role), place=request.school, by=by)
    people_mail.send_decision(request)
