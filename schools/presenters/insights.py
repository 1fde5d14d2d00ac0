"""The words and numbers of the officials' screens."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from curriculum.queries import catalogue
from schools.models import District, School, State
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import Figures, Question

CLASS_LEVELS = range(1, 13)


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: how many schools have come so far, in words and as a share of the bar."""

    label: str
    words: str
    percent: int
    url: str = ""


def ladder(figures: Figures) -> list[Rung]:
    """From ready to assessed, counted in schools."""
    labels = {
        "schools_ready": pgettext("rung of the ladder, schools", "Ready"),
        "schools_assigned": pgettext("rung of the ladder, schools", "Assigned"),
        "schools_completed": pgettext("rung of the ladder, schools", "Completed"),
        "schools_assessed": pgettext("rung of the ladder, schools", "Assessed"),
    }
    whole = figures.schools["schools"]
    return [
        Rung(
            label, _count_of(figures.schools[name], whole), round(100 * figures.schools[name] / max(1, whole))
        )
        for name, label in labels.items()
    ]


def sentence(figures: Figures | None) -> str:
    """The first thing that an official reads."""
    if figures is None or not figures.schools["schools"]:
        return _("No schools are here yet.")
    whole, done = figures.schools["schools"], figures.schools["schools_completed"]
    return ngettext(
        "%(done)s of %(all)s school has completed this with at least one class.",
        "%(done)s of %(all)s schools have completed this with at least one class.",
        whole,
    ) % {"done": number_format(done, force_grouping=True), "all": number_format(whole, force_grouping=True)}


def pupil_rows(rows: list[tuple[str, str, Figures]]) -> list[dict[str, Any]]:
    """Rows of a table of pupils: a label, its address, and the published numbers with their shares."""
    return [{"label": label, "url": url, "cells": _pupil_cells(figures)} for label, url, figures in rows]


def _pupil_cells(figures: Figures) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = [{"value": figures.pupils["pupils"], "percent": None}]
    for name in ("pupils_assigned", "pupils_completed", "pupils_assessed"):
        cells.append({"value": figures.pupils[name], "percent": figures.percent[name]})
    return cells


def pupil_columns() -> list[str]:
    return [
        pgettext("column of a table of pupils", "Enrolled"),
        pgettext("column of a table of pupils", "Assigned"),
        pgettext("column of a table of pupils", "Completed"),
        pgettext("column of a table of pupils", "Assessed"),
    ]


def school_status(figures: Figures) -> tuple[str, str]:
    """How far a school has come: the kind of the status and its word."""
    if figures.schools["schools_assessed"]:
        return "done", pgettext("how far a school has come", "Assessed")
    if figures.schools["schools_completed"]:
        return "done", pgettext("how far a school has come", "Completed")
    if figures.schools["schools_assigned"]:
        return "going", pgettext("how far a school has come", "Assigned")
    if figures.schools["schools_ready"]:
        return "todo", pgettext("how far a school has come", "Ready, nothing assigned yet")
    return "todo", pgettext("how far a school has come", "Not started")


def url_of(place: State | District | School) -> str:
    """The address of a place's screen."""
    if isinstance(place, State):
        return reverse("insights:state", args=[place.code])
    if isinstance(place, District):
        return reverse("insights:district", args=[place.state.code, place.pk])
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


def _count_of(part: int, whole: int) -> str:
    values = {
        "part": number_format(part, force_grouping=True),
        "all": number_format(whole, force_grouping=True),
    }
    return ngettext("%(part)s of %(all)s school", "%(part)s of %(all)s schools", whole) % values
