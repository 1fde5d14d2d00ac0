"""When a lesson, and a module, counts as delivered to a class that was taught on one screen.

A lesson is delivered once it has an ended session in the class whose headcount is at least the state's
share of the pupils enrolled then (`Department.completion_percent`, 60 where none is set), or any headcount
when nobody was enrolled. A module is delivered on the day on which the last of its lessons was.
Delivered is not completed: nobody says what each pupil has done.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

USUAL_PERCENT = 60


class Held(NamedTuple):
    """What counts of a session that has ended."""

    lesson_key: UUID
    held_on: date
    headcount: int
    enrolled: int


def is_enough(headcount: int, enrolled: int, percent: int = USUAL_PERCENT) -> bool:
    """Whether so many of those enrolled were there. Whole numbers only, so no share is rounded."""
    return headcount > 0 and headcount * 100 >= enrolled * percent


def lessons_delivered(sessions: Iterable[Held], percent: int = USUAL_PERCENT) -> dict[UUID, date]:
    """By lesson, the first day on which it was delivered to the class whose `sessions` these are."""
    days: dict[UUID, date] = {}
    for one in sessions:
        if is_enough(one.headcount, one.enrolled, percent):
            days[one.lesson_key] = min(one.held_on, days.get(one.lesson_key, one.held_on))
    return days


def module_delivered_on(lessons: Collection[UUID], delivered: Mapping[UUID, date]) -> date | None:
    """The day on which the last of a module's `lessons` was delivered; None while one is still to come."""
    if not lessons or any(key not in delivered for key in lessons):
        return None
    return max(delivered[key] for key in lessons)
