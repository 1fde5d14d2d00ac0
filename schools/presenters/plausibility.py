"""Questions about a school's figures in words: what was seen, and what may be its ordinary reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.core.permissions import Permission
from curriculum.queries import catalogue
from schools.models import Classroom, School, SchoolQuestion, WholeClassSession
from schools.presenters import teach
from schools.queries import plausibility

Kind = SchoolQuestion.Kind


@dataclass(frozen=True)
class Asked:
    """A question as the head reads it, with the answers to choose from."""

    pk: int
    title: str
    text: str
    reason: str
    answers: list[tuple[str, Any]]


def questions(school: School, reader: Any) -> list[Asked]:
    """What the head has not answered yet; nothing for anybody else. At most three queries."""
    if not reader.has_perm(Permission.MANAGE_SCHOOL, school):
        return []
    waiting = list(plausibility.asked_of(school).filter(answer=""))
    sessions, rooms = plausibility.subjects(waiting)
    found = ((one, _words(one, sessions, rooms)) for one in waiting)
    choices = SchoolQuestion.Answer.choices
    return [Asked(one.pk, *words, list(choices)) for one, words in found if words is not None]


def open_words(place: Any) -> str:
    """What an official reads of a school: that questions wait for its head, and never which. One query."""
    number = plausibility.open_questions([place.pk]).get(place.pk, 0) if isinstance(place, School) else 0
    if not number:
        return ""
    return ngettext(
        "%(number)d question about the school's figures waits for the head's answer.",
        "%(number)d questions about the school's figures wait for the head's answer.",
        number,
    ) % {"number": number}


def _words(
    one: SchoolQuestion, sessions: Mapping[str, WholeClassSession], rooms: Mapping[int, Classroom]
) -> tuple[str, str, str] | None:
    """Title, text and reason; None for what is not there any more."""
    if one.kind == Kind.NOBODY_SIGNED_IN:
        return _of_month(one.subject)
    if one.kind == Kind.ABOVE_ENROLMENT:
        session = sessions.get(one.subject)
        room = rooms.get(session.classroom_id) if session else None
        return _of_session(session, room) if session and room else None
    room_id, _colon, module_key = one.subject.partition(":")
    room = rooms.get(int(room_id))
    return _of_class(room, UUID(module_key)) if room else None


def _of_class(room: Classroom, module_key: UUID) -> tuple[str, str, str]:
    module = catalogue.module(module_key)
    return (
        _("%(class)s was very quick") % {"class": teach.class_name(room)},
        _(
            "At least half of the students who finished lessons of “%(module)s” took less than a minute for each."
        )
        % {"module": module.title if module else _("A module that is no longer taught")},
        _(
            "This happens when a class has read a lesson together first, and each student then taps through it."
        ),
    )


def _of_session(session: WholeClassSession, room: Classroom) -> tuple[str, str, str]:
    return (
        _("More people than students in %(class)s") % {"class": teach.class_name(room)},
        _("On %(day)s, %(headcount)d were counted in a lesson, and the class list had %(enrolled)d.")
        % {
            "day": date_format(session.held_on, "j F Y"),
            "headcount": session.headcount or 0,
            "enrolled": session.enrolled,
        },
        _("This happens when two classes sit together, or new students are not on the list yet."),
    )


def _of_month(month: str) -> tuple[str, str, str]:
    year, number = map(int, month.split("-"))
    return (
        _("Lessons without a sign-in"),
        _("In %(month)s a lesson was reported, and nobody at the school had signed in for a week before it.")
        % {"month": date_format(date(year, number, 1), "F Y")},
        _("This happens when a device stays signed in for a long time."),
    )
