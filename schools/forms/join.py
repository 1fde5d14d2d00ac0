"""What a child sends at `/join/`."""

from collections.abc import Iterable

from django.http import QueryDict

from schools.pictures import PICTURES, PIN_LENGTH, Pin


def tapped(data: QueryDict) -> Pin:
    """The pictures tapped so far: those that the board carried, then this tap. Nonsense starts again.

    Four different pictures at most come out; the board lets no picture be tapped twice.
    """
    if "again" in data:
        return ()
    taps = _known([*data.get("picked", "").split(), *data.getlist("pick")])
    return taps if len(set(taps)) == len(taps) <= PIN_LENGTH else ()


def _known(taps: Iterable[str]) -> Pin:
    return tuple(tap for tap in taps if tap in PICTURES)
