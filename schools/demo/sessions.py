"""Lessons of the demonstration that were taught to a whole class, with the hands that went up."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from cms.core.identifiers import uuid7
from cms.users.models import User
from curriculum.queries.catalogue import LessonInfo, ModuleInfo
from schools.actions import sessions
from schools.models import Classroom, WholeClassSession
from schools.queries.sessions import choices_of, questions_of

Hands = dict[str, dict[str, int]]
BEGAN = 20
"""Days ago on which the first lesson was taught; the others follow at two days' distance."""


def teach_to_all(
    classroom: Classroom, modules: Sequence[ModuleInfo], done: float, teacher: User, chance: random.Random
) -> None:
    """A class that is far on has had the whole first module on one screen, another only its first lesson."""
    if not modules or not done:
        return
    lessons = modules[0].lessons if done > chance.random() else modules[0].lessons[:1]
    for place, lesson in enumerate(lessons):
        _teach(classroom, lesson, timezone.localdate() - timedelta(days=BEGAN - 2 * place), teacher, chance)


def _teach(
    classroom: Classroom, lesson: LessonInfo, held_on: date, teacher: User, chance: random.Random
) -> None:
    session = sessions.start(id=uuid7(), classroom=classroom, lesson_key=lesson.key, by=teacher)
    headcount = session.enrolled - chance.randrange(4)
    sessions.end(
        classroom=classroom,
        id=session.id,
        held_on=held_on,
        headcount=headcount,
        hands=_hands(lesson, headcount, chance),
        by=teacher,
    )
    _date_back(classroom, session.id, held_on, lesson)


def _hands(lesson: LessonInfo, headcount: int, chance: random.Random) -> Hands:
    """Most know it; the others' hands are spread over what is wrong."""
    questions = questions_of(lesson)
    hands: Hands = {}
    for key, choices in choices_of(questions).items():
        left = headcount
        for choice in sorted(choices, key=lambda one: not one.is_correct):
            up = chance.randint(left // 2, left)
            hands.setdefault(key, {})[choice.key] = up
            left -= up
    return hands


def _date_back(classroom: Classroom, id: UUID, held_on: date, lesson: LessonInfo) -> None:
    """It was taught on its day and not while the demonstration was made."""
    began = timezone.make_aware(datetime.combine(held_on, time(11)))
    WholeClassSession.objects.of(classroom).filter(id=id).update(
        started_at=began, ended_at=began + timedelta(minutes=lesson.minutes)
    )
