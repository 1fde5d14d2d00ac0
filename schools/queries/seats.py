"""Who sits where: which roll numbers and aliases of a class are free."""

from collections.abc import Iterable
from itertools import count

from schools.aliases import ALIAS_LENGTH
from schools.models import Enrolment


class Seats:
    """The roll numbers and aliases of a class that are taken, while more students are placed in it."""

    def __init__(self, taken: Iterable[tuple[str, int | None]] = ()) -> None:
        self.aliases: set[str] = set()
        self.roll_numbers: set[int] = set()
        for alias, roll_number in taken:
            self.take(alias, roll_number)

    def take(self, alias: str, roll_number: int | None) -> None:
        self.aliases.add(alias.casefold())
        if roll_number is not None:
            self.roll_numbers.add(roll_number)

    def next_number(self) -> int:
        return next(number for number in count(1) if number not in self.roll_numbers)

    def free_number(self, wanted: int | None) -> int | None:
        """`wanted` where it is free, else the next one; None for a student who has none."""
        return self.next_number() if wanted in self.roll_numbers else wanted

    def free_alias(self, wanted: str, *, was: int | None, now: int | None) -> str:
        """`wanted` where it is free, else with a number; an alias that was the roll number follows it."""
        if was is not None and wanted == str(was) and now is not None:
            wanted = str(now)
        if wanted.casefold() not in self.aliases:
            return wanted
        endings = (f" {number}" for number in count(2))
        tries = (wanted[: ALIAS_LENGTH - len(ending)].rstrip() + ending for ending in endings)
        return next(alias for alias in tries if alias.casefold() not in self.aliases)


def seats_of(classroom_id: int | None) -> Seats:
    """What is taken in a class now; with None, in a class that is yet to be made."""
    if classroom_id is None:
        return Seats()
    there = Enrolment.objects.active().filter(classroom=classroom_id).values_list("alias", "roll_number")
    return Seats(there)
