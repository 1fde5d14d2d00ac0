"""The words and numbers of the officials' screens."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from curriculum.queries import catalogue
from schools.models import Block, District, School, State
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import Figures, Question

CLASS_LEVELS = range(1, 13)
PUPILS_SHOWN = ("pupils", "pupils_assigned", "pupils_completed", "pupils_assessed")


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: how many schools or classes have come so far, in words and as a share of the bar."""

    label: str
    words: str
    percent: int
    url: str = ""


def ladder(figures: Figures) -> list[Rung]:
    """From those that have not begun to those that are assessed, counted in schools."""
    counts = figures.schools
    whole = counts["schools"]
    rungs = {
        pgettext("rung of the ladder, schools", "Not begun"): whole - counts["schools_assigned"],
        pgettext("rung of the ladder, schools", "Ready"): counts["schools_ready"],
        pgettext("rung of the ladder, schools", "Assigned"): counts["schools_assigned"],
        pgettext("rung of the ladder, schools", "Completed"): counts["schools_completed"],
        pgettext("rung of the ladder, schools", "Assessed"): counts["schools_assessed"],
    }
    return [Rung(label, schools_of(part, whole), _share(part, whole)) for label, part in rungs.items()]


def class_ladder(figures: Figures) -> list[Rung]:
    """How far the classes of one school have come."""
    counts = figures.classes
    whole = counts["classes"]
    rungs = {
        pgettext("rung of the ladder, classes", "Assigned"): counts["classes_assigned"],
        pgettext("rung of the ladder, classes", "Completed"): counts["classes_completed"],
        pgettext("rung of the ladder, classes", "Assessed"): counts["classes_assessed"],
    }
    return [Rung(label, _classes_of(part, whole), _share(part, whole)) for label, part in rungs.items()]


def sentence(figures: Figures | None, question: Question) -> str:
    """The first thing that an official reads of a state, district or block."""
    if figures is None and question != Question():
        return _("No class here fits what you chose.")
    if figures is None or not figures.schools["schools"]:
        return _("No school is here yet.")
    whole, done = figures.schools["schools"], figures.schools["schools_completed"]
    if question.module_key == ANY_MODULE:
        words = ngettext(
            "<strong>{done}</strong> of {all} school has completed a module with at least one class.",
            "<strong>{done}</strong> of {all} schools have completed a module with at least one class.",
            whole,
        )
    else:
        words = ngettext(
            "<strong>{done}</strong> of {all} school has completed this module with at least one class.",
            "<strong>{done}</strong> of {all} schools have completed this module with at least one class.",
            whole,
        )
    return format_html(words, done=_number(done), all=_number(whole))


def school_sentence(figures: Figures | None, question: Question) -> str:
    """The first thing that an official reads of one school."""
    if figures is None and question != Question():
        return _("No class here fits what you chose.")
    if figures is None or not figures.classes["classes"]:
        return _("No class is here yet.")
    whole, done = figures.classes["classes"], figures.classes["classes_completed"]
    if question.module_key == ANY_MODULE:
        words = ngettext(
            "<strong>{done}</strong> of {all} class has completed a module.",
            "<strong>{done}</strong> of {all} classes have completed a module.",
            whole,
        )
    else:
        words = ngettext(
            "<strong>{done}</strong> of {all} class has completed this module.",
            "<strong>{done}</strong> of {all} classes have completed this module.",
            whole,
        )
    return format_html(words, done=_number(done), all=_number(whole))


def pupil_cells(figures: Figures | None) -> list[dict[str, Any]]:
    """A row of a table of pupils: for each column its label, and the published number or None."""
    columns = zip(pupil_columns(), PUPILS_SHOWN, strict=True)
    return [{"label": label, "words": _pupils(figures, name) if figures else None} for label, name in columns]


def _pupils(figures: Figures, name: str) -> str | None:
    number, percent = figures.pupils[name], figures.percent.get(name)
    if number is None or percent is None:
        return number if number is None else _number(number)
    return _("%(number)s (%(percent)s %%)") % {"number": _number(number), "percent": _number(percent)}


def pupil_columns() -> list[str]:
    return [
        pgettext("column of a table of pupils", "Enrolled"),
        pgettext("column of a table of pupils", "Assigned"),
        pgettext("column of a table of pupils", "Completed"),
        pgettext("column of a table of pupils", "Assessed"),
    ]


def school_status(figures: Figures | None, *, is_counted: bool) -> tuple[str, str]:
    """How far a school has come: the kind of the status and its word. `is_counted`: the release knows it."""
    if figures is None and is_counted:
        return "closed", pgettext("how far a school has come", "No such class here")
    if figures is None:
        return "todo", pgettext("how far a school has come", "Not counted yet")
    if figures.schools["schools_assessed"]:
        return "done", pgettext("how far a school has come", "Assessed")
    if figures.schools["schools_completed"]:
        return "done", pgettext("how far a school has come", "Completed")
    if figures.schools["schools_assigned"]:
        return "going", pgettext("how far a school has come", "Assigned")
    if figures.schools["schools_ready"]:
        return "todo", pgettext("how far a school has come", "Ready, nothing assigned yet")
    return "todo", pgettext("how far a school has come", "Not begun")


def how_far(figures: Figures | None, *, is_counted: bool) -> int:
    """Sorts schools: those to call come first, those that have no such class come last."""
    rungs = ("schools_assessed", "schools_completed", "schools_assigned", "schools_ready")
    if figures is None:
        return len(rungs) + 1 if is_counted else 0
    return next((len(rungs) - place for place, name in enumerate(rungs) if figures.schools[name]), 0)


def url_of(place: State | District | Block | School, question: Question | None = None) -> str:
    """The address of a place's screen, which asks the same question. A block is a part of its district's."""
    asked: dict[str, Any] = {"block": place.pk} if isinstance(place, Block) else {}
    if question is not None and question.class_level != ANY_CLASS:
        asked["class"] = question.class_level
    if question is not None and question.module_key != ANY_MODULE:
        asked["module"] = question.module_key
    return f"{_path_of(place)}?{urlencode(asked)}" if asked else _path_of(place)


def _path_of(place: State | District | Block | School) -> str:
    if isinstance(place, State):
        return reverse("insights:state", args=[place.code])
    if isinstance(place, District):
        return reverse("insights:district", args=[place.state.code, place.pk])
    if isinstance(place, Block):
        return _path_of(place.district)
    return reverse("insights:school", args=[place.state.code, place.district_id, place.udise_code])


def choices(question: Question) -> dict[str, Any]:
    """The two filters, with what is chosen."""
    levels = [(ANY_CLASS, _("All classes"))]
    levels += [(level, _("Class %(level)d") % {"level": level}) for level in CLASS_LEVELS]
    modules = [(ANY_MODULE, _("Any module")), *[(one.key, one.title) for one in catalogue.modules()]]
    return {
        "levels": [
            {"value": value, "label": label, "chosen": value == question.class_level}
            for value, label in levels
        ],
        "modules": [
            {"value": value, "label": label, "chosen": value == question.module_key}
            for value, label in modules
        ],
    }


def schools_of(part: int, whole: int) -> str:
    words = ngettext("%(part)s of %(all)s school", "%(part)s of %(all)s schools", whole)
    return words % {"part": _number(part), "all": _number(whole)}


def _classes_of(part: int, whole: int) -> str:
    words = ngettext("%(part)s of %(all)s class", "%(part)s of %(all)s classes", whole)
    return words % {"part": _number(part), "all": _number(whole)}


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
