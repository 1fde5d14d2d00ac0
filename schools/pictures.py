"""Picture PINs: four of twelve pictures, in order, none twice.

12 x 11 x 10 x 9 = 11,880 PINs. How sign-in keeps so few from being guessed: docs/adr/0006.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from functools import cache
from itertools import permutations

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from schools.models import Classroom, Enrolment

Pin = tuple[str, ...]

PICTURES = {
    "mango": _("Mango"),
    "kite": _("Kite"),
    "bicycle": _("Bicycle"),
    "elephant": _("Elephant"),
    "sun": _("Sun"),
    "boat": _("Boat"),
    "tree": _("Tree"),
    "drum": _("Drum"),
    "fish": _("Fish"),
    "umbrella": _("Umbrella"),
    "cup": _("Cup"),
    "bus": _("Bus"),
}
"""The board, in its order. Each name is also that of a drawing in `pictures/pin/`."""

PIN_LENGTH = 4
ALL_PINS = 12 * 11 * 10 * 9


class NoFreePinError(Exception):
    """More students were to join a class than it has PINs left."""


def is_pin(pin: Sequence[str]) -> bool:
    """Whether `pin` could be anybody's: four known pictures, none twice."""
    return len(pin) == PIN_LENGTH == len(set(pin)) and PICTURES.keys() >= set(pin)


def seal(pin: Pin) -> str:
    """Encrypt a PIN, so that only this server can print it on a card."""
    return _vault(settings.PIN_SECRET).encrypt(" ".join(pin).encode()).decode()


def unseal(sealed: str) -> Pin:
    """The PIN that was sealed. Raises `cryptography.fernet.InvalidToken` under another secret."""
    return tuple(_vault(settings.PIN_SECRET).decrypt(sealed.encode()).decode().split())


def digest(classroom_id: int, pin: Sequence[str]) -> str:
    """A mark by which a class's PINs are compared without opening them; worthless without the secret."""
    words = f"{classroom_id} {' '.join(pin)}"
    return hmac.new(_key(settings.PIN_SECRET, "digest"), words.encode(), hashlib.sha256).hexdigest()


def free_pin(classroom: Classroom) -> Pin:
    """A PIN that nobody in the class has."""
    return free_pins(classroom, 1)[0]


def free_pins(classroom: Classroom, count: int) -> list[Pin]:
    """`count` different PINs that nobody in the class has, by chance."""
    taken = set(Enrolment.objects.active().filter(classroom=classroom).values_list("pin_digest", flat=True))
    if count > ALL_PINS - len(taken):
        raise NoFreePinError
    pins: list[Pin] = []
    while len(pins) < count:
        pin = secrets.choice(_all_pins())
        mark = digest(classroom.pk, pin)
        if mark not in taken:
            taken.add(mark)
            pins.append(pin)
    return pins


@cache
def _all_pins() -> tuple[Pin, ...]:
    return tuple(permutations(PICTURES, PIN_LENGTH))


@cache
def _vault(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(secret, "seal")))


@cache
def _key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose, so that the seal's key tells nothing about the digest's."""
    return HKDF(SHA256(), 32, salt=None, info=f"picture pin {purpose}".encode()).derive(secret.encode())
