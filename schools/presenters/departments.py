"""Departments in words: the operator's queue, an application, and what happened to it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cms.core.models import AuditEvent
from cms.users.models import User
from schools.models import Department, DepartmentApplication

Status = DepartmentApplication.Status
KIND = {
    Status.WAITING: "going",
    Status.ASKED: "todo",
    Status.APPROVED: "done",
    Status.REFUSED: "closed",
    Department.Status.APPLIED: "todo",
    Department.Status.SUSPENDED: "closed",
}
OFFICIAL_DOMAINS = (".gov.in", ".nic.in")


def waiting_first(applications: QuerySet[DepartmentApplication]) -> QuerySet[DepartmentApplication]:
    """In the order in which the operator works: what waits, oldest first; then the rest, newest first."""
    waits = Case(When(status=Status.WAITING, then=Value(0)), default=Value(1), output_field=IntegerField())
    return applications.order_by(waits, "-applied_at", "pk")


def application_columns() -> list[dict[str, Any]]:
    return [{"label": label} for label in (_("Department"), _("State"), _("Sent on"), _("Status"))]


def application_row(one: DepartmentApplication) -> list[dict[str, Any]]:
    return [
        {"text": one.department_name, "url": reverse("departments:application", args=[one.pk])},
        {"text": str(one.state), "label": _("State")},
        {"text": date_format(localtime(one.applied_at), "j F Y"), "label": _("Sent on")},
        {"text": one.get_status_display(), "label": _("Status"), "status": KIND[Status(one.status)]},
    ]


def department_columns() -> list[dict[str, Any]]:
    return [{"label": label} for label in (_("State"), _("Department"), _("Status"))]


def department_row(one: Department) -> list[dict[str, Any]]:
    return [
        {"text": str(one.state), "url": reverse("departments:department", args=[one.state.code])},
        {"text": one.name, "label": _("Department")},
        {
            "text": one.get_status_display(),
            "label": _("Status"),
            "status": KIND[Department.Status(one.status)],
        },
    ]


def facts(one: DepartmentApplication) -> list[tuple[str, str]]:
    """Everything that the department wrote, by what it was asked."""
    rows = [
        (_("State or union territory"), str(one.state)),
        (_("Department"), one.department_name),
        (_("Official"), one.official_name),
        (_("Post"), one.post),
        (_("E-mail address"), one.email),
        (_("Reference of the agreement"), one.agreement_reference),
        (_("Contact for grievances"), one.grievance_contact),
        (_("Contact for data protection"), one.data_protection_contact),
        (_("Status"), one.get_status_display()),
    ]
    return [(label, text) for label, text in rows if text]


def department_facts(one: Department) -> list[tuple[str, str]]:
    rows = [
        (_("Department"), one.name),
        (_("Status"), one.get_status_display()),
        (_("Reason"), one.status_reason),
        (_("Reference of the agreement"), one.agreement_reference),
        (_("Contact for grievances"), one.grievance_contact),
        (_("Contact for data protection"), one.data_protection_contact),
    ]
    return [(label, text) for label, text in rows if text]


def evidence(email: str) -> str:
    """What the domain of an address says: something, and no proof."""
    domain = email.rpartition("@")[2].lower()
    for ending in OFFICIAL_DOMAINS:
        if f".{domain}".endswith(ending):
            return _("The address ends in %(ending)s. That is evidence, not proof.") % {"ending": ending}
    return _("The address ends in neither .gov.in nor .nic.in. That proves nothing either way.")


def history(events: Iterable[AuditEvent]) -> list[dict[str, str]]:
    """What was done, by whom and with which words, oldest first."""
    events = list(events)
    people = User.objects.in_bulk({one.actor_id for one in events if one.actor_id is not None})
    words = _what_was_done()
    return [
        {
            "when": date_format(localtime(one.at), "DATETIME_FORMAT"),
            "what": words.get(one.action, one.action),
            "who": str(people[one.actor_id]) if one.actor_id in people else "",
            "reason": one.details.get("reason") or one.details.get("answer") or "",
        }
        for one in events
    ]


def crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Departments"), "url": reverse("departments:queue")}, {"label": here, "url": ""}]


def _what_was_done() -> dict[str, str]:
    return {
        "department.applied": _("The form was sent"),
        "department.email_confirmed": _("The e-mail address was confirmed"),
        "department.answered": _("The department answered"),
        "department.asked": _("Asked back"),
        "department.approved": _("Approved"),
        "department.refused": _("Refused"),
        "department.let_in": _("Let in"),
        "department.status_suspended": _("Suspended"),
        "department.status_approved": _("Opened again"),
        "department.settings_changed": _("Settings changed"),
    }
