"""The list of schools to act on: how far each has come, and what to do next."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from schools.models import School
from schools.presenters.insights import Asked, Place, url_of
from schools.queries.published import NO_SUCH_CLASS, NOT_BEGUN, NOT_COUNTED, RUNGS, Figures, Question

READY, ASSIGNED, DELIVERED, COMPLETED, ASSESSED = range(1, len(RUNGS) + 1)
RUNGS_OF_FILTER: dict[str, tuple[int, ...]] = {
    "not-started": (NOT_COUNTED, NOT_BEGUN, READY),
    "ready": (READY,),
    "assigned": (ASSIGNED,),
    "delivered": (DELIVERED,),
    "completed": (COMPLETED,),
    "assessed": (ASSESSED,),
}
"""What the list's filter asks for: the highest rung that a school has reached. Not started are those in which
no class has been given a module, be the school ready or not."""


def rung_filter(value: str) -> str:
    """What an address asks for; all where it is not understood."""
    return value if value in RUNGS_OF_FILTER else ""


def rung_choices(chosen: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All schools"),
        "not-started": pgettext("how far a school has come", "Not started: nothing assigned yet"),
        "ready": status_of(READY)[1],
        "assigned": status_of(ASSIGNED)[1],
        "delivered": status_of(DELIVERED)[1],
        "completed": status_of(COMPLETED)[1],
        "assessed": status_of(ASSESSED)[1],
    }
    return [{"value": value, "label": label, "chosen": value == chosen} for value, label in labels.items()]


def status_of(rung: int) -> tuple[str, str]:
    """How far a school has come, by its highest rung: the kind of the status and its words."""
    return {
        NOT_COUNTED: ("todo", pgettext("how far a school has come", "Not counted yet")),
        NOT_BEGUN: ("todo", pgettext("how far a school has come", "Not started")),
        READY: ("todo", pgettext("how far a school has come", "Ready, nothing assigned yet")),
        ASSIGNED: ("going", pgettext("how far a school has come", "Assigned")),
        DELIVERED: ("going", pgettext("how far a school has come", "Delivered")),
        COMPLETED: ("done", pgettext("how far a school has come", "Completed")),
        ASSESSED: ("done", pgettext("how far a school has come", "Assessed")),
        NO_SUCH_CLASS: ("closed", pgettext("how far a school has come", "No such class here")),
    }[rung]


def rung_of(figures: Figures | None, question: Question) -> int:
    """The highest rung of one school, as `published.by_rung` has it."""
    if figures is None:
        return NOT_COUNTED if question == Question() else NO_SUCH_CLASS
    reached = (place for place, name in enumerate(RUNGS, 1) if figures.schools[name])
    return max(reached, default=NOT_BEGUN)


def columns() -> list[dict[str, str]]:
    return [{"label": label} for label in (_("School"), _("UDISE code"), _("Block"), _("How far"))]


def rows(schools: Iterable[Any], asked: Asked) -> list[list[dict[str, Any]]]:
    return [_row(one, asked) for one in schools]


def _row(school: Any, asked: Asked) -> list[dict[str, Any]]:
    kind, words = status_of(school.rung)
    return [
        {"text": str(school), "url": url_of(school, asked)},
        {"text": school.udise_code, "label": _("UDISE code")},
        {"text": str(school.block), "label": _("Block")},
        {"text": words, "label": _("How far"), "status": kind},
    ]


def next_steps() -> list[dict[str, str]]:
    """What to do next for a school on each rung."""
    steps = (NOT_BEGUN, READY, ASSIGNED, DELIVERED, COMPLETED, ASSESSED)
    return [{"label": status_of(rung)[1], "text": next_step(rung)} for rung in steps]


def next_step(rung: int, *, has_joined: bool | None = None) -> str:
    """A sentence for the official. `has_joined`: whether the school has a head here, where that is known."""
    if rung in (NOT_COUNTED, NOT_BEGUN) and has_joined is not None:
        if has_joined:
            return _("Ask the head to name who keeps children safe, brief the staff and list local contacts.")
        return _("Give the school its join code.")
    return {
        NOT_COUNTED: _("It is counted with the next night."),
        NOT_BEGUN: _("Give the school its join code. If it has joined, ask the head to get it ready."),
        READY: _("Ask the head which class begins, and with which module."),
        ASSIGNED: _("Ask how teaching goes. A teacher can teach a lesson to the whole class on one screen."),
        DELIVERED: _("Ask that pupils also go through the lessons themselves."),
        COMPLETED: _("Ask that classes take the final quiz."),
        ASSESSED: _("Thank the school. The next module of the plan can follow."),
        NO_SUCH_CLASS: _("Nothing is to be done here."),
    }[rung]


def people_links(place: Place) -> list[dict[str, str]]:
    """Where those who admit schools give out codes and answer requests."""
    if isinstance(place, School):
        return [
            {
                "label": _("People and code of this school"),
                "url": reverse("people:school", args=[place.udise_code]),
            }
        ]
    at = [type(place).__name__.lower(), place.pk]
    return [
        {"label": _("Join codes of schools"), "url": reverse("people:codes", args=at)},
        {"label": _("Requests to join"), "url": reverse("people:requests", args=at)},
    ]
