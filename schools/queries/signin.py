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


CLASS_UNKNOWN, CLASS_KNOWN = 46, 25
"""Wrong PINs that a class has a day from unknown and from known devices: 71 together."""
DEVICE_KNOWN = 3
"""How many of the known ones a single device may use up, so that no laboratory computer spends them all."""


def class_limits(classroom: Classroom, since: datetime | None) -> dict[str, Limit]:
    """What is counted for a whole class. `since` is when its teacher opened a window."""
    rows = Q(classroom=classroom) & (Q(at__gte=since) if since else Q())
    return {
        "class unknown": Limit(rows & Q(is_known=False), DAY, CLASS_UNKNOWN),
        "class known": Limit(rows & Q(is_known=True), DAY, CLASS_KNOWN),
    }


def pin_limits(enrolment: Enrolment, device: Device, since: datetime | None) -> dict[str, Limit]:
    """All that is counted when one student tries on one device."""
    student = Q(enrolment=enrolment, is_forgiven=False)
    unknown = student & Q(is_known=False)
    on_device = Q(device=device.id)
    limits = class_limits(enrolment.classroom, since)
    return limits | {
        "student": Limit(student, DAY, 11),
        "device": Limit(on_device, DAY, 15),
        "device known": Limit(limits["class known"].what & on_device, DAY, DEVICE_KNOWN),
        "student known": Limit(student & Q(is_known=True), DAY, 5),
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


@dataclass(frozen=True)
class Standing:
    """How a try counts: as one from a known device or an unknown one, and which of its limits are reached."""

    is_known: bool
    reached: set[str]


ALWAYS = {"student", "device"}
OF_KNOWN = {"class known", "student known"}
OF_UNKNOWN = {"class unknown", "student unknown quarter", "student unknown"}


def standing(enrolment: Enrolment, device: Device, now: datetime) -> Standing:
    """A device that has spent its share of the class's known tries is from then on like an unknown one."""
    limits = pin_limits(enrolment, device, window_opened_at(enrolment.classroom, now))
    rows = WrongPin.objects.filter(Q(classroom=enrolment.classroom) | Q(device=device.id), at__gt=now - DAY)
    spent = reached(rows, limits, now)
    is_known = enrolment.pk in device.known and "device known" not in spent
    return Standing(is_known, spent & (ALWAYS | (OF_KNOWN if is_known else OF_UNKNOWN)))


def code_limits_reached(device: Device, now: datetime) -> set[str]:
    rows = WrongCode.objects.filter(Q(device=device.id) | Q(place=device.place), at__gt=now - DAY)
    return reached(rows, code_limits(device), now)


def window_opened_at(classroom: Classroom, now: datetime) -> datetime | None:
    """When the teacher's window was opened, while it is open."""
    window = TryWindow.objects.filter(classroom=classroom, opened_at__lte=now, closes_at__gt=now).first()
    return window.opened_at if window else None


def is_class_held_up(classroom: Classroom) -> bool:
    """Whether the class's tries are used up, from unknown devices or known ones: its teacher may open a window."""
    now = timezone.now()
    rows = WrongPin.objects.filter(classroom=classroom, at__gt=now - DAY)
    return bool(reached(rows, class_limits(classroom, window_opened_at(classroom, now)), now))
