"""Picture PINs: four of twelve pictures, in order, none twice.

12 x 11 x 10 x 9 = 11,880 PINs. How sign-in keeps so few from being guessed: docs/adr/0006.
"""

import secrets
from collections.abc import Sequence
from functools import cache
from itertools import permutations

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext_lazy as _

from schools import sealing
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
    return sealing.vault("picture pin seal").encrypt(" ".join(pin).encode()).decode()


def unseal(sealed: str) -> Pin:
    """The PIN that was sealed. Raises `cryptography.fernet.InvalidToken` under another secret."""
    return tuple(sealing.vault("picture pin seal").decrypt(sealed.encode()).decode().split())


def unseal_or_none(sealed: str) -> Pin | None:
    """The PIN that was sealed, or None where the server's secret has changed since."""
    try:
        return unseal(sealed)
    except InvalidToken:
        return None


def digest(classroom_id: int, pin: Sequence[str]) -> str:
    """A mark by which a class's PINs are compared without opening them; worthless without the secret."""
    words = f"{classroom_id} {' '.join(pin)}"
    return sealing.mark("picture pin digest", words)


def source_digest(school_id: int, sourced_id: str) -> str:
    """A mark by which the same row of a school's OneRoster file is found again; worthless without the secret."""
    words = f"{school_id} {sourced_id}"
    return sealing.mark("picture pin source", words)


def free_pin(classroom: Classroom) -> Pin:
    """A PIN that nobody in the class has."""
    return free_pins(classroom, 1)[0]


def free_pins(classroom: Classroom, count: int) -> list[Pin]:
    """`count` different PINs that nobody in the class has, by chance."""
    return pins_for(classroom, [None] * count)


def pins_for(classroom: Classroom, wanted: Sequence[Pin | None]) -> list[Pin]:
    """A PIN for each of `wanted`: the wanted one where nobody in the class has it, else one by chance."""
    taken = set(Enrolment.objects.active().filter(classroom=classroom).values_list("pin_digest", flat=True))
    if len(wanted) > ALL_PINS - len(taken):
        raise NoFreePinError
    pins: list[Pin | None] = []
    for pin in wanted:
        is_free = pin is not None and (mark := digest(classroom.pk, pin)) not in taken
        pins.append(pin if is_free else None)
        if is_free:
            taken.add(mark)
    return [pin or _by_chance(classroom.pk, taken) for pin in pins]


def _by_chance(classroom_id: int, taken: set[str]) -> Pin:
    """A PIN that is not `taken`; now it is."""
    while True:
        pin = secrets.choice(_all_pins())
        mark = digest(classroom_id, pin)
        if mark not in taken:
            taken.add(mark)
            return pin


@cache
def _all_pins() -> tuple[Pin, ...]:
    return tuple(permutations(PICTURES, PIN_LENGTH))
