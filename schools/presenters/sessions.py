"""Whole-class sessions in words: what was taught when, what is still to come, how the hands went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.queries import catalogue
from curriculum.queries.catalogue import LessonInfo, ModuleInfo
from quizzes.models import Choice, Question
from schools.models import Classroom, WholeClassSession
from schools.presenters import teach
from schools.queries.sessions import Hands
from schools.scoring.delivery import is_enough, module_delivered_on


@dataclass(frozen=True)
class LessonRow:
    """A lesson as the list shows it: when it was taught, or that it is still to come."""

    lesson: LessonInfo
    words: list[str]
    is_delivered: bool
    start_url: str


@dataclass(frozen=True)
class ModuleRow:
    module: ModuleInfo
    lessons: list[LessonRow]
    words: str
    is_delivered: bool
    waits: bool


@dataclass(frozen=True)
class HandsRow:
    """One choice: how many hands went up for it, of all that did."""

    text: str
    why: str
    is_correct: bool
    count: int
    of: int


@dataclass(frozen=True)
class HandsOfQuestion:
    text: str
    rows: list[HandsRow]
    note: str = ""


def crumbs(classroom: Classroom, *last: str) -> list[dict[str, str]]:
    links = teach.crumbs(classroom)
    links.append({"label": _("Teach on one screen"), "url": reverse("sessions:home", args=[classroom.pk])})
    return links + [{"label": label, "url": ""} for label in last]


def taught_words(session: WholeClassSession) -> str:
    words = ngettext(
        "Taught on %(day)s to %(n)d student", "Taught on %(day)s to %(n)d students", session.headcount or 0
    )
    return words % {"day": date_format(session.held_on, "j F"), "n": session.headcount or 0}


def module_rows(
    classroom: Classroom,
    modules: Sequence[ModuleInfo],
    sessions: Iterable[WholeClassSession],
    delivered: Mapping[UUID, date],
    *,
    is_closed: bool,
    percent: int,
) -> list[ModuleRow]:
    """Every module with its lessons. `sessions` come latest first; `is_closed` holds for sensitive ones."""
    by_lesson: dict[UUID, list[WholeClassSession]] = {}
    for one in sessions:
        by_lesson.setdefault(one.lesson_key, []).append(one)
    return [
        ModuleRow(
            module=module,
            lessons=[
                LessonRow(
                    lesson,
                    [_session_words(one, percent) for one in by_lesson.get(lesson.key, ())],
                    lesson.key in delivered,
                    reverse("sessions:start", args=[classroom.pk, lesson.key]),
                )
                for lesson in module.lessons
            ],
            words=still_to_come(module, delivered),
            is_delivered=module_delivered_on([one.key for one in module.lessons], delivered) is not None,
            waits=module.is_sensitive and is_closed,
        )
        for module in modules
    ]


def taught_modules(
    modules: Sequence[ModuleInfo], sessions: Sequence[WholeClassSession], delivered: Mapping[UUID, date]
) -> list[tuple[str, str]]:
    """By title, what was taught of each module on one screen; empty when nothing was. Latest come first."""
    rows = []
    for module in modules:
        own = [one for one in sessions if one.module_key == module.key]
        if own:
            parts = [taught_words(own[0]), still_to_come(module, delivered)]
            rows.append((module.title, " · ".join(parts)))
    return rows


def _session_words(session: WholeClassSession, percent: int) -> str:
    words = taught_words(session)
    if is_enough(session.headcount or 0, session.enrolled, percent):
        return words
    return _("%(taught)s: too few of the class for it to count as taught to the class") % {"taught": words}


def still_to_come(module: ModuleInfo, delivered: Mapping[UUID, date]) -> str:
    """How much of a module was taught to the class, in words."""
    left = [one for one in module.lessons if one.key not in delivered]
    if not left:
        return _("All lessons were taught to the class.")
    if len(left) == len(module.lessons):
        return _("Not taught on one screen yet.")
    words = ngettext("Still to teach: %(titles)s", "Still to teach: %(titles)s", len(left))
    return words % {"titles": teach.listed([one.title for one in left])}


def title_of(session: WholeClassSession) -> str:
    lesson = catalogue.lesson(session.lesson_key)
    return lesson.title if lesson else _("Lesson")


def leaving_words(count: int) -> str:
    """How many leave the room, without a name; empty when nobody does."""
    if not count:
        return ""
    words = ngettext(
        "%(n)d student does not take part in this lesson. See that this student has something else to do, "
        "without saying why.",
        "%(n)d students do not take part in this lesson. See that they have something else to do, "
        "without saying why.",
        count,
    )
    return words % {"n": count}


def hands_of(
    questions: Sequence[Question], choices: Mapping[str, Sequence[Choice]], tallies: Hands
) -> list[HandsOfQuestion]:
    """The questions for which hands went up in one session, each choice with its count."""
    return [
        HandsOfQuestion(one.text, _hand_rows(choices.get(one.key, ()), tallies[one.key]))
        for one in questions
        if one.key in tallies
    ]


def latest_hands(
    questions: Sequence[Question],
    choices: Mapping[str, Sequence[Choice]],
    counted: Mapping[str, tuple[WholeClassSession, Mapping[str, int]]],
) -> list[HandsOfQuestion]:
    """The same from several sessions: each question says in which lesson it was asked."""
    return [
        HandsOfQuestion(one.text, _hand_rows(choices.get(one.key, ()), counts), taught_words(session))
        for one in questions
        for session, counts in [counted[one.key]]
    ]


def _hand_rows(choices: Iterable[Choice], counts: Mapping[str, int]) -> list[HandsRow]:
    of = max(sum(counts.values()), 1)
    return [HandsRow(one.text, one.why, one.is_correct, counts.get(one.key, 0), of) for one in choices]


def begun_rows(classroom: Classroom, sessions: Iterable[WholeClassSession]) -> list[dict[str, Any]]:
    """What the teacher began and did not end."""
    return [
        {
            "title": title_of(one),
            "day": date_format(timezone.localtime(one.started_at), "j F"),
            "screen_url": reverse("sessions:screen", args=[classroom.pk, one.id]),
            "undo_url": reverse("sessions:undo", args=[classroom.pk, one.id]),
        }
        for one in sessions
    ]
