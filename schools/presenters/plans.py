"""The state's plan in words."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from curriculum.queries import catalogue
from schools.models import Classroom, Department, PlannedModule, State
from schools.presenters.state import crumbs as state_crumbs


def url_of(state: State, year: str) -> str:
    return f"{reverse('state:plan', args=[state.code])}?year={year}"


def year_links(department: Department, years: list[str], shown: str) -> list[dict[str, Any]]:
    return [{"label": one, "url": url_of(department.state, one), "current": one == shown} for one in years]


def columns() -> list[dict[str, Any]]:
    return [{"label": label} for label in (_("Module"), _("Class"), _("By"))]


def row(state: State, line: PlannedModule) -> list[dict[str, Any]]:
    module = catalogue.module(line.module_key)
    url = reverse("state:plan_line", args=[state.code, line.pk])
    return [
        {"text": module.title if module else _("A module that is no longer taught"), "url": url},
        {"text": str(line.class_level), "label": _("Class")},
        {"text": date_format(line.due_on, "j F Y"), "label": _("By")},
    ]


def title_of(line: PlannedModule) -> str:
    module = catalogue.module(line.module_key)
    title = module.title if module else _("A module that is no longer taught")
    return _("%(title)s, class %(level)d") % {"title": title, "level": line.class_level}


def suggestion(classroom: Classroom, line: PlannedModule | None) -> str:
    """What a teacher reads where a module is given to a class."""
    if line is None:
        return ""
    return _("Your state plans this module for class %(level)d by %(day)s.") % {
        "level": classroom.class_level,
        "day": date_format(line.due_on, "j F"),
    }


def dates_planned(line: PlannedModule | None) -> dict[str, date]:
    """The day that the form for a module proposes, unless it has passed."""
    return {"due_on": line.due_on} if line is not None and line.due_on >= timezone.localdate() else {}


def crumbs(state: State, *below: str) -> list[dict[str, str]]:
    """The plan; or, with a line's title and year, the line."""
    if not below:
        return state_crumbs(state, _("Plan"))
    title, year = below
    trail = state_crumbs(state, title)
    return [trail[0], {"label": _("Plan"), "url": url_of(state, year)}, trail[1]]
