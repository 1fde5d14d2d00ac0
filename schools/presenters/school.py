"""A school in words: what is in place, and how far its classes are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schools.models import School, SchoolReadiness
from schools.presenters import teach
from schools.queries.classes import Completion


@dataclass(frozen=True)
class Part:
    """One part of readiness: what it is, what is written there, whether it is in place."""

    label: str
    value: str
    is_there: bool


def is_ready(school: School) -> bool:
    kept = getattr(school, "readiness", None)
    return kept is not None and kept.is_ready


def checklist(readiness: SchoolReadiness | None) -> list[Part]:
    kept = readiness or SchoolReadiness()
    briefed = date_format(kept.staff_briefed_on, "j F Y") if kept.staff_briefed_on else ""
    return [
        _person(_("Child-safety lead"), kept.lead_name, kept.lead_phone),
        _person(_("Deputy"), kept.deputy_name, kept.deputy_phone),
        Part(_("Briefing of the staff"), briefed, bool(briefed)),
        Part(_("Local contacts"), kept.local_contacts, bool(kept.local_contacts)),
    ]


def _person(label: str, name: str, phone: str) -> Part:
    # Translators: a person and their phone number.
    value = _("%(name)s, %(phone)s") % {"name": name, "phone": phone} if name and phone else name or phone
    return Part(label, value, bool(name and phone))


def class_rows(classrooms: Iterable[Any], completion: Mapping[int, Completion]) -> list[dict[str, Any]]:
    """A row a class: students, what it was given, how much of that is finished."""
    return [
        {
            "name": teach.class_name(one),
            "url": reverse("teach:classroom", args=[one.pk]),
            "students": one.student_count,
            "modules": one.assignment_count,
            "finished": completion[one.pk].finished,
            "expected": completion[one.pk].expected,
            "words": _finished_words(completion[one.pk]),
            "has_notice": getattr(one, "parent_notice", None) is not None,
        }
        for one in classrooms
    ]


def _finished_words(done: Completion) -> str:
    if not done.expected:
        return _("Nothing to finish yet")
    return teach.lesson_words(done.finished, done.expected)


def crumbs(school: School) -> list[dict[str, str]]:
    return [
        {"label": school.name, "url": reverse("school:school", args=[school.udise_code])},
        {"label": _("Readiness"), "url": ""},
    ]
