"""How many tries are left before sign-in says no. The limits and their arithmetic: docs/adr/0006."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from schools.models import Classroom, Enrolment, TryWindow, WrongCode, WrongPin

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Device:
    """The device that asks: its mark, the enrolments that signed in on it before, where it is (a digest)."""

    id: UUID
    known: tuple[int, ...]
    place: str


@dataclass(frozen=True)
class Limit:
    """At most `most` rows that meet `what` within `span`."""

    what: Q
    span: timedelta
    most: int


def class_limits(classroom: Classroom, since: datetime | None) -> dict[str, Limit]:
    """What is counted for a whole class. `since` is when its teacher opened a window."""
    rows = Q(classroom=classroom) & (Q(at__gte=since) if since else Q())
    return {
        "class": Limit(rows, DAY, 71),
        "class unknown": Limit(rows & Q(is_known=False), DAY, 60),
    }


def pin_limits(enrolment: Enrolment, device: Device, since: datetime | None) -> dict[str, Limit]:
    """What is counted for one student's try on one device."""
    student = Q(enrolment=enrolment, is_forgiven=False)
    limits = class_limits(enrolment.classroom, since) | {
        "student": Limit(student, DAY, 11),
        "device": Limit(Q(device=device.id), DAY, 15),
    }
    if enrolment.pk in device.known:
        del limits["class unknown"]
        return limits | {"student known": Limit(student & Q(is_known=True), DAY, 5)}
    unknown = student & Q(is_known=False)
    return limits | {
        "student unknown quarter": Limit(unknown, QUARTER, 5),
        "student unknown": Limit(unknown, DAY, 10),
    }


def code_limits(device: Device) -> dict[str, Limit]:
    """Wrong class codes: a device by itself, unknown devices at one place together, the place as a whole."""
    limits = {
        "device quarter": Limit(Q(device=device.id), QUARTER, 30),
        "device": Limit(Q(device=device.id), DAY, 100),
        "place": Limit(Q(place=device.place), DAY, 5000),
    }
    if device.known:
        return limits
    unknown = Q(place=device.place, is_known=False)
    return limits | {
        "place unknown quarter": Limit(unknown, QUARTER, 100),
        "place unknown": Limit(unknown, DAY, 1000),
    }


def reached(rows: Any, limits: dict[str, Limit], now: datetime) -> set[str]:
    """The names of the limits that `rows` have used up, in one query."""
    counts = rows.aggregate(
        **{
            _alias(name): Count("pk", filter=limit.what & Q(at__gt=now - limit.span))
            for name, limit in limits.items()
        }
    )
    return {name for name, limit in limits.items() if counts[_alias(name)] >= limit.most}


def _alias(name: str) -> str:
    """A name for a count that no column of the table has."""
    return f"count_{name.replace(' ', '_')}"


def pin_limits_reached(enrolment: Enrolment, device: Device, now: datetime) -> set[str]:
    limits = pin_limits(enrolment, device, window_opened_at(enrolment.classroom, now))
    rows = WrongPin.objects.filter(Q(classroom=enrolment.classroom) | Q(device=device.id), at__gt=now - DAY)
    return reached(rows, limits, now)


def code_limits_reached(device: Device, now: datetime) -> set[str]:
    rows = WrongCode.objects.filter(Q(device=device.id) | Q(place=device.place), at__gt=now - DAY)
    return reached(rows, code_limits(device), now)


def window_opened_at(classroom: Classroom, now: datetime) -> datetime | None:
    """When the teacher's window was opened, while it is open."""
    window = TryWindow.objects.filter(classroom=classroom, opened_at__lte=now, closes_at__gt=now).first()
    return window.opened_at if window else None


def is_class_held_up(classroom: Classroom) -> bool:
    """Whether the class's tries from unknown devices are used up: the teacher may open a window."""
    now = timezone.now()
    rows = WrongPin.objects.filter(classroom=classroom, at__gt=now - DAY)
    return bool(reached(rows, class_limits(classroom, window_opened_at(classroom, now)), now))
