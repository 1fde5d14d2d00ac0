"""The messages to a department that signs up, in the language in which it filled in the form."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from schools.actions.department_links import WORKS_FOR, Purpose, token_for
from schools.models import DepartmentApplication


def send_confirmation(application: DepartmentApplication) -> None:
    with override(application.language):
        subject = _("Please confirm your e-mail address")
        _send(application, subject, "confirm", **_link(application, Purpose.CONFIRM))


def send_question(application: DepartmentApplication) -> None:
    with override(application.language):
        subject = _("A question about your sign-up")
        _send(application, subject, "asked", **_link(application, Purpose.ANSWER))


def send_approval(application: DepartmentApplication) -> None:
    with override(application.language):
        _send(application, _("Your department is approved"), "approved")


def send_refusal(application: DepartmentApplication) -> None:
    with override(application.language):
        _send(application, _("Your sign-up was not approved"), "refused")


def _link(application: DepartmentApplication, purpose: Purpose) -> dict[str, Any]:
    address = reverse(f"departments:{purpose}", args=[token_for(application, purpose)])
    return {"link": f"{settings.WAGTAILADMIN_BASE_URL}{address}", "days": WORKS_FOR[purpose].days}


def _send(application: DepartmentApplication, subject: str, name: str, **context: Any) -> None:
    """Write the message now, in the active language; send it once what it speaks of is kept."""
    context |= {"application": application, "contact": settings.OPERATOR_CONTACT}
    text = render_to_string(f"schools/departments/mail/{name}.txt", context)
    transaction.on_commit(lambda: send_mail(subject, text, None, [application.email]))
