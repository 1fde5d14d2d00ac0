"""When a share of a class's pupils has done something, and so the class has."""

from collections.abc import Iterable
from datetime import datetime


def pupils_needed(given: int, percent: int) -> int:
    """How many of the pupils to whom something was `given` make the share; at least one. Whole numbers only."""
    return max(1, -(-given * percent // 100))


def share_reached_at(done_at: Iterable[datetime], given: int, percent: int) -> datetime | None:
    """The moment at which the last pupil of the share had done it; None while too few have."""
    times = sorted(done_at)
    needed = pupils_needed(given, percent)
    return times[needed - 1] if len(times) >= needed else None
