"""Departments that sign up: what waits for the operator, what happened to it, and the limits on the form."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.models import Department, DepartmentApplication

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FROM_ONE_PLACE = ((HOUR, 5), (DAY, 20))
FOR_ONE_ADDRESS = ((DAY, 3),)
"""How many forms may be sent in a span: by a place, and for an e-mail address (each sends it a message)."""


def is_limit_reached(*, place: str, email: str) -> bool:
    """Whether this place or this address has sent as many forms as it may for now."""
    now = timezone.now()
    limits = [(Q(place=place), *limit) for limit in FROM_ONE_PLACE]
    limits += [(Q(email__iexact=email), *limit) for limit in FOR_ONE_ADDRESS]
    return any(
        DepartmentApplication.objects.filter(which, applied_at__gt=now - span).count() >= most
        for which, span, most in limits
    )


def applications() -> QuerySet[DepartmentApplication]:
    """Those whose e-mail address is confirmed: the others are nobody's word yet."""
    unconfirmed = DepartmentApplication.Status.UNVERIFIED
    return DepartmentApplication.objects.exclude(status=unconfirmed).select_related("state")


def departments() -> QuerySet[Department]:
    return Department.objects.select_related("state").order_by("state__code")


def history_of(record: DepartmentApplication | Department) -> list[AuditEvent]:
    """What was done to it, oldest first."""
    events = AuditEvent.objects.filter(subject_type=record._meta.label_lower, subject_id=str(record.pk))
    return list(events.order_by("at", "pk"))
