"""The links in the messages to a department that signs up: signed, for some days, and for once.

A link names the state in which the application was when it was sent; once that has changed, the link is used up.
"""

from datetime import timedelta
from enum import StrEnum

from django.core import signing

from schools.models import DepartmentApplication


class Purpose(StrEnum):
    CONFIRM = "confirm"
    ANSWER = "answer"


WORKS_FOR = {Purpose.CONFIRM: timedelta(days=3), Purpose.ANSWER: timedelta(days=30)}
STATUS_FOR = {
    Purpose.CONFIRM: DepartmentApplication.Status.UNVERIFIED,
    Purpose.ANSWER: DepartmentApplication.Status.ASKED,
}


def token_for(application: DepartmentApplication, purpose: Purpose) -> str:
    return signing.dumps([application.pk, _moment(application)], salt=_salt(purpose))


def application_of(token: str, purpose: Purpose) -> DepartmentApplication | None:
    """The application that a link is about; None for one that is forged, too old or used."""
    try:
        pk, moment = signing.loads(token, salt=_salt(purpose), max_age=WORKS_FOR[purpose])
    except signing.BadSignature:
        return None
    found = DepartmentApplication.objects.filter(pk=pk, status=STATUS_FOR[purpose])
    application = found.select_related("state").first()
    return application if application is not None and _moment(application) == moment else None


def _salt(purpose: Purpose) -> str:
    return f"department.{purpose}"


def _moment(application: DepartmentApplication) -> str:
    """Of the operator's last word: asked twice, the department answers the second question."""
    return application.decided_at.isoformat() if application.decided_at else ""
