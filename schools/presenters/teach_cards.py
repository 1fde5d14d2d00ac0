"""Sign-in cards and the class's poster."""

import io
from dataclasses import dataclass

import segno
from django.http import HttpRequest

from schools import pictures
from schools.models import Enrolment


@dataclass(frozen=True)
class CardPicture:
    drawing: str
    name: str


@dataclass(frozen=True)
class SignInCard:
    """What a student needs to sign in."""

    alias: str
    roll_number: int | None
    pictures: list[CardPicture]


def card(enrolment: Enrolment) -> SignInCard:
    pin = pictures.unseal(enrolment.pin)
    shown = [CardPicture(f"pin/{name}", str(pictures.PICTURES[name])) for name in pin]
    return SignInCard(enrolment.alias, enrolment.roll_number, shown)


def join_address(request: HttpRequest) -> str:
    """Where students sign in, as they type it."""
    return f"{request.get_host()}/join/"


def qr_code(address: str) -> bytes:
    """An address as a QR code, in SVG: dark on white on every background, with a quiet border."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return buffer.getvalue()
