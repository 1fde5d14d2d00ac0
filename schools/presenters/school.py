"""A school in words: what is in place, and how far its classes are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schools.models import School, SchoolReadiness
from schools.models.teaching import BRIEFING_EDITION
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


def checklist(readiness: SchoolReadiness | None, lead_title: str = "") -> list[Part]:
    """What is in place and what is missing; `lead_title` is the state's own title for the lead."""
    kept = readiness or SchoolReadiness()
    briefed = date_format(kept.staff_briefed_on, "j F Y") if kept.staff_briefed_on else ""
    return [
        _person(lead_title or _("Child-safety lead"), kept.lead_name, kept.lead_phone),
        _person(_("Deputy"), kept.deputy_name, kept.deputy_phone),
        Part(_("Briefing of the staff"), briefed, bool(briefed)),
        Part(_("Local contacts"), kept.local_contacts, bool(kept.local_contacts)),
    ]


def _person(label: str, name: str, phone: str) -> Part:
    # Translators: a person and their phone number.
    value = _("%(name)s, %(phone)s") % {"name": name, "phone": phone} if name and phone else name or phone
    return Part(label, value, bool(name and phone))


def whom_to_ask(readiness: SchoolReadiness | None, heads: Collection[Any]) -> str:
    """Whom a teacher asks when something is missing: the head, else the lead that is named."""
    if not heads and readiness is not None and readiness.lead_name:
        return _("Ask %(names)s.") % {"names": readiness.lead_name}
    return teach.whom_to_ask(heads)


def self_check() -> list[tuple[str, str]]:
    """Five questions to ask oneself after the briefing, each with its answer."""
    return [
        (
            _(
                "A child begins to tell you something in the corridor, and your next class waits. What do you do?"
            ),
            _("Find a calm place and listen now. Ask a colleague to mind the class."),
        ),
        (
            _("A child says: “Please tell nobody.” What do you say?"),
            _(
                "You do not promise it. You say that you may need to tell people whose job is to keep the "
                "child safe, and that you will say so first."
            ),
        ),
        (
            _("You would like to know more before you tell anyone. May you ask?"),
            _("No. You listen and you do not question. Finding out is the work of others."),
        ),
        (
            _("A child wants to show you a picture on a phone. What do you do?"),
            _("You do not look at it, copy it or forward it. You write down what the child says."),
        ),
        (
            _("It is four in the afternoon. May it wait until Monday?"),
            _("No. The lead hears of it the same day. If a child is in danger now, call 112 at once."),
        ),
    ]


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


def lead_words(lead_title: str) -> str:
    """What the pages call the child-safety lead inside a sentence."""
    return lead_title or _("child-safety lead")


def edition_words() -> str:
    """The edition of the briefing material, such as `November 2026`."""
    year, month = map(int, BRIEFING_EDITION.split("-"))
    return date_format(date(year, month, 1), "F Y")


def crumbs(school: School, last: str = "") -> list[dict[str, str]]:
    return [
        {"label": school.name, "url": reverse("school:school", args=[school.udise_code])},
        {"label": last or _("Readiness"), "url": ""},
    ]
