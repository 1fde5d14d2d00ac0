"""A department signs up, the operator decides, and a state is suspended and opened again."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions import department_mail, invitations
from schools.actions.department_links import Purpose, application_of
from schools.models import Department, DepartmentApplication, Invitation, Role, State
from schools.queries import departments as queries

Status = DepartmentApplication.Status
KEPT_UNCONFIRMED = 7 * queries.DAY


class TooManyFormsError(Exception):
    """This place, or this address, has sent as many forms as it may for now."""


@transaction.atomic
def apply(*, state: State, language: str, place: str, **written: str) -> DepartmentApplication:
    """Keep what a department wrote, and send the message that confirms its address. Anyone may.

    A state that has a department, or has applied before, may do so again: the operator decides.
    """
    if queries.is_limit_reached(place=place, email=written["email"]):
        raise TooManyFormsError
    stale = DepartmentApplication.objects.filter(status=Status.UNVERIFIED)
    stale.filter(applied_at__lte=timezone.now() - KEPT_UNCONFIRMED).delete()
    application = DepartmentApplication.objects.create(state=state, language=language, place=place, **written)
    audit.record("department.applied", application, by=None)
    department_mail.send_confirmation(application)
    return application


@transaction.atomic
def confirm(*, token: str) -> DepartmentApplication | None:
    """The address is theirs. None for a link that is forged, too old or used."""
    application = _locked(application_of(token, Purpose.CONFIRM))
    if application is None or application.status != Status.UNVERIFIED:
        return None
    application.status = Status.WAITING
    application.email_verified_at = timezone.now()
    application.save(update_fields=["status", "email_verified_at"])
    audit.record("department.email_confirmed", application, by=None)
    return application


@transaction.atomic
def answer(*, token: str, words: str) -> DepartmentApplication | None:
    """What the department says to the operator's question. None for a link that no longer works."""
    application = _locked(application_of(token, Purpose.ANSWER))
    if application is None or application.status != Status.ASKED:
        return None
    application.status = Status.WAITING
    application.answer = words
    application.save(update_fields=["status", "answer"])
    audit.record("department.answered", application, by=None, answer=words)
    return application


@transaction.atomic
def ask(*, application: DepartmentApplication, reason: str, by: User) -> None:
    """Ask the department something; it answers through a link in the message."""
    asked = _decide(application, Status.ASKED, reason, by)
    department_mail.send_question(asked)


@transaction.atomic
def refuse(*, application: DepartmentApplication, reason: str, by: User) -> None:
    refused = _decide(application, Status.REFUSED, reason, by)
    department_mail.send_refusal(refused)


@transaction.atomic
def approve(*, application: DepartmentApplication, reason: str, by: User) -> Department:
    """Let the department in: its state has a workspace then, and its first administrator an invitation.

    A suspended department stays so: opening it again is a decision of its own.
    """
    approved = _decide(application, Status.APPROVED, reason, by)
    department, is_new = Department.objects.select_for_update().get_or_create(
        state=approved.state, defaults={"name": approved.department_name}
    )
    department.name = approved.department_name
    for name in ("agreement_reference", "grievance_contact", "data_protection_contact"):
        setattr(department, name, getattr(approved, name))
    if department.status != Department.Status.SUSPENDED:
        department.status = Department.Status.APPROVED
        department.status_reason = reason
    department.save()
    audit.record("department.let_in", department, by=by, application=approved.pk, is_new=is_new)
    invitations.invite(
        email=approved.email,
        name=approved.official_name,
        role=Role.STATE_ADMIN,
        place=approved.state,
        origin=Invitation.Origin.SIGN_UP,
        by=by,
        language=approved.language,
    )
    department_mail.send_approval(approved)
    return department


@transaction.atomic
def suspend(*, department: Department, reason: str, by: User) -> None:
    """Let the roles of a state's officials sleep. Its schools and students go on learning."""
    _set_status(department, Department.Status.SUSPENDED, reason, by)


@transaction.atomic
def reopen(*, department: Department, reason: str, by: User) -> None:
    _set_status(department, Department.Status.APPROVED, reason, by)


def _decide(application: DepartmentApplication, status: str, reason: str, by: User) -> DepartmentApplication:
    """Note the operator's word on an application that waits for one, with the reason."""
    require(by, Permission.REVIEW_DEPARTMENTS, None)
    locked = _locked(application)
    if locked is None or locked.status not in (Status.WAITING, Status.ASKED):
        raise ValidationError(_("This application does not wait for a decision any more."))
    _require_reason(reason)
    locked.status, locked.reason = status, reason
    locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save(update_fields=["status", "reason", "decided_at", "decided_by"])
    audit.record(f"department.{status}", locked, by=by, reason=reason)
    return locked


def _set_status(department: Department, status: str, reason: str, by: User) -> None:
    require(by, Permission.REVIEW_DEPARTMENTS, None)
    _require_reason(reason)
    locked = Department.objects.select_for_update().get(pk=department.pk)
    before = locked.status
    locked.status, locked.status_reason = status, reason
    locked.save(update_fields=["status", "status_reason"])
    audit.record(f"department.status_{status}", locked, by=by, before=before, reason=reason)


def _locked(application: DepartmentApplication | None) -> DepartmentApplication | None:
    """The application as it is now, held until the decision is kept: two clicks are one decision."""
    if application is None:
        return None
    locked = DepartmentApplication.objects.select_for_update(of=("self",)).select_related("state")
    return locked.filter(pk=application.pk).first()


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Write the reason.")})
