"""What sign-in keeps in cookies: the device's mark, and how far a child has come at `/join/`.

Both are signed, unreadable to scripts and sent to `/join/` only.
"""

import hashlib
import hmac
import ipaddress
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from schools.queries.signin import Device

DEVICE_COOKIE = "device"
DEVICE_SECONDS = 400 * 24 * 60 * 60
KNOWN_ON_A_DEVICE = 80
"""A laboratory's computer serves several classes; the enrolments longest unseen drop out first."""

IPV6_NETWORK = 64

STEP_COOKIE = "joining"
STEP_SECONDS = 10 * 60


@dataclass(frozen=True)
class Step:
    """Which class was opened, who was chosen, the page to come back to, and what was chosen there."""

    classroom_id: int
    enrolment_id: int | None = None
    next: str = ""
    choice: Sequence[str] = ()


def read_device(request: HttpRequest) -> Device:
    """The device that asks. Without a true mark it is a new one, known to nobody."""
    data = _read(request, DEVICE_COOKIE, DEVICE_SECONDS)
    known = tuple(data["known"]) if data else ()
    return Device(uuid.UUID(data["id"]) if data else uuid.uuid4(), known, place_of(request))


def write_device(request: HttpRequest, response: HttpResponse, device: Device) -> None:
    data = {"id": device.id.hex, "known": list(device.known)}
    _write(request, response, DEVICE_COOKIE, data, DEVICE_SECONDS)


def with_known(device: Device, enrolment_id: int) -> Device:
    """The device, on which this student has now signed in."""
    others = [one for one in device.known if one != enrolment_id]
    return replace(device, known=(*others, enrolment_id)[-KNOWN_ON_A_DEVICE:])


def read_step(request: HttpRequest) -> Step | None:
    data = _read(request, STEP_COOKIE, STEP_SECONDS)
    return Step(**data) if data else None


def write_step(request: HttpRequest, response: HttpResponse, step: Step) -> None:
    _write(request, response, STEP_COOKIE, asdict(step), STEP_SECONDS)


def forget_step(response: HttpResponse) -> None:
    response.delete_cookie(STEP_COOKIE, path=reverse("join:code"))


def place_of(request: HttpRequest) -> str:
    """A digest of the address that asks. The address itself is kept nowhere.

    Of an IPv6 address the network counts (64 bits): whoever has one has all the addresses in it.
    """
    address = get_adapter(request).get_client_ip(request)
    if ipaddress.ip_address(address).version == 6:
        address = str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
    return hmac.new(settings.PIN_SECRET.encode(), f"place {address}".encode(), hashlib.sha256).hexdigest()


def _read(request: HttpRequest, name: str, seconds: int) -> dict | None:
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=f"join.{name}", max_age=seconds)
    except signing.BadSignature:
        return None


def _write(request: HttpRequest, response: HttpResponse, name: str, data: dict, seconds: int) -> None:
    response.set_cookie(
        name,
        signing.dumps(data, salt=f"join.{name}", compress=True),
        max_age=seconds,
        path=reverse("join:code"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
