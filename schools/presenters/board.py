"""The picture board: which pictures are where, which are taken, and the four slots above."""

from dataclasses import dataclass

from django.utils.functional import Promise

from schools.pictures import PICTURES, PIN_LENGTH, Pin


@dataclass(frozen=True)
class Key:
    name: str
    label: str | Promise
    is_used: bool

    @property
    def drawing(self) -> str:
        return f"pin/{self.name}"


@dataclass(frozen=True)
class Slot:
    number: int
    key: Key | None
    is_next: bool


@dataclass(frozen=True)
class Board:
    keys: list[Key]
    slots: list[Slot]
    picked: str


def of(pin: Pin) -> Board:
    """The board after `pin`, the pictures tapped so far."""
    keys = {name: Key(name, label, name in pin) for name, label in PICTURES.items()}
    slots = [
        Slot(number + 1, keys[pin[number]] if number < len(pin) else None, number == len(pin))
        for number in range(PIN_LENGTH)
    ]
    return Board(list(keys.values()), slots, " ".join(pin))
