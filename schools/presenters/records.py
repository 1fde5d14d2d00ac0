"""The audit log in words: who did what, about what, and where. Never a child's alias."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core.models import AuditEvent
from cms.users.models import User
from curriculum.queries import catalogue
from schools.models import Role, School, State
from schools.presenters.record_words import DETAILS, sentence
from schools.presenters.teach import class_name


@dataclass(frozen=True)
class Row:
    """One event. `details` are pairs of a label and what it says."""

    at: datetime
    who: str
    email: str
    what: str
    about: str
    where: str
    udise_code: str
    details: list[tuple[str, str]]


def _a_student_of(record: Any) -> str:
    return _("A student of %(class_name)s") % {"class_name": class_name(record.classroom)}


SUBJECTS: dict[str, tuple[tuple[str, ...], Callable[[Any], str]]] = {
    "schools.classroom": ((), class_name),
    "schools.assignment": (("classroom",), lambda one: class_name(one.classroom)),
    "schools.enrolment": (("classroom",), _a_student_of),
    "schools.optout": (("enrolment__classroom",), lambda one: _a_student_of(one.enrolment)),
    "schools.membership": (("user",), lambda one: f"{one.user} · {one.get_role_display()}"),
    "schools.joinrequest": (("user",), lambda one: f"{one.user} · {one.get_role_display()}"),
    "schools.invitation": ((), lambda one: f"{one.email} · {one.get_role_display()}"),
    "schools.school": ((), str),
    "schools.state": ((), str),
    "schools.district": ((), str),
    "schools.block": ((), str),
    "schools.department": ((), str),
    "schools.departmentapplication": ((), str),
    "schools.apitoken": ((), str),
    "users.user": ((), str),
}
"""What is said of a subject, by its kind, with what must be read for it; nothing of all other kinds."""


def rows(events: Sequence[AuditEvent]) -> list[Row]:
    """The events in words. As many queries for one as for a thousand of the same kinds."""
    people = User.objects.in_bulk(_people_in(events))
    schools = School.objects.in_bulk({event.school_id for event in events if event.school_id})
    states = State.objects.in_bulk({event.state_id for event in events if event.state_id})
    about = _subjects(events)
    return [
        Row(
            at=event.at,
            who=_who(event.actor_id, people),
            email=getattr(people.get(event.actor_id), "email", None) or "",
            what=sentence(event.action),
            about=about.get((event.subject_type, event.subject_id), ""),
            where=str(schools.get(event.school_id) or states.get(event.state_id) or ""),
            udise_code=getattr(schools.get(event.school_id), "udise_code", ""),
            details=_details(event.details, people),
        )
        for event in events
    ]


def _people_in(events: Iterable[AuditEvent]) -> set[int]:
    keys = {event.actor_id for event in events} | {event.details.get("teacher") for event in events}
    return {key for key in keys if isinstance(key, int)}


def _who(actor_id: int | None, people: dict[int, User]) -> str:
    if actor_id is None:
        return _("The system")
    person = people.get(actor_id)
    return str(person) if person else _("An account that is gone")


def _subjects(events: Iterable[AuditEvent]) -> dict[tuple[str, str], str]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.subject_type in SUBJECTS and event.subject_id.isdecimal():
            wanted[event.subject_type].add(event.subject_id)
    said = {}
    for kind, keys in wanted.items():
        related, words_of = SUBJECTS[kind]
        records = apps.get_model(kind)._default_manager.filter(pk__in=keys)
        if related:
            records = records.select_related(*related)
        said.update({(kind, str(record.pk)): words_of(record) for record in records})
    return said


def _details(details: dict[str, Any], people: dict[int, User]) -> list[tuple[str, str]]:
    return [
        (str(label), _detail(name, details[name], people))
        for name, label in DETAILS.items()
        if details.get(name) not in (None, "")
    ]


def _detail(name: str, value: Any, people: dict[int, User]) -> str:
    if name == "role":
        return str(dict(Role.choices).get(value, value))
    if name == "teacher":
        return _who(value if isinstance(value, int) else -1, people)
    if name == "module":
        return _module_title(str(value))
    if name in ("since", "until", "given_on", "opens_on", "due_on", "expires_on"):
        return _day(str(value))
    return str(value)


def _module_title(key: str) -> str:
    try:
        module = catalogue.module(UUID(key))
    except ValueError:
        return key
    return module.title if module else _("A module that is gone")


def _day(value: str) -> str:
    try:
        return date_format(date.fromisoformat(value[:10]), "DATE_FORMAT")
    except ValueError:
        return value
