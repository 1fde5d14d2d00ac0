"""The words and numbers of the officials' screens: what is asked, where a place stands, what the steps mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from curriculum.queries import catalogue
from schools.models import Block, District, Release, School, State
from schools.publication import Rules
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import PUPILS, Figures, Question

CLASS_LEVELS = range(1, 13)
Place = State | District | Block | School


@dataclass(frozen=True)
class Asked:
    """What an address asks: the cells, and the night, where that is not the newest."""

    question: Question
    release: int | None = None


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: how many schools or classes have come so far, in words and as a share of the bar."""

    label: str
    words: str
    percent: int
    url: str = ""
    plan: int | None = None


def school_rungs() -> dict[str, str]:
    """The ladder of schools from its second step: the name of each count and its word."""
    return {
        "schools_ready": pgettext("rung of the ladder, schools", "Ready"),
        "schools_assigned": pgettext("rung of the ladder, schools", "Assigned"),
        "schools_delivered": pgettext("rung of the ladder, schools", "Delivered"),
        "schools_completed": pgettext("rung of the ladder, schools", "Completed"),
        "schools_assessed": pgettext("rung of the ladder, schools", "Assessed"),
    }


def class_rungs() -> dict[str, str]:
    return {
        "classes_assigned": pgettext("rung of the ladder, classes", "Assigned"),
        "classes_delivered": pgettext("rung of the ladder, classes", "Delivered"),
        "classes_completed": pgettext("rung of the ladder, classes", "Completed"),
        "classes_assessed": pgettext("rung of the ladder, classes", "Assessed"),
    }


def not_started() -> str:
    return pgettext("rung of the ladder, schools", "Not started")


def ladder(figures: Figures) -> list[Rung]:
    """From those that have not started to those that are assessed, counted in schools."""
    counts = figures.schools
    whole = counts["schools"]
    steps = [(not_started(), schools_not_started(figures))]
    steps += [(label, counts[name]) for name, label in school_rungs().items()]
    return [Rung(label, schools_of(part, whole), share(part, whole)) for label, part in steps]


def schools_not_started(figures: Figures) -> int:
    """Those in which no class has been given a module; some of them are ready."""
    return figures.schools["schools"] - figures.schools["schools_assigned"]


def class_ladder(figures: Figures) -> list[Rung]:
    """How far the classes of one school have come."""
    counts = figures.classes
    whole = counts["classes"]
    steps = [(pgettext("rung of the ladder, classes", "Not started"), whole - counts["classes_assigned"])]
    steps += [(label, counts[name]) for name, label in class_rungs().items()]
    return [Rung(label, classes_of(part, whole), share(part, whole)) for label, part in steps]


def meanings(rules: Rules) -> list[str]:
    """What each step means, with the share that the state has set."""
    percent = {"percent": number(rules.completion_percent)}
    return [
        _("Not started: no class has been given a module yet."),
        _(
            "Ready: the school has named who keeps children safe, briefed its staff and listed local contacts."
        ),
        _("Assigned: at least one class has been given the module."),
        _(
            "Delivered: every lesson was taught to at least one class on one screen, "
            "with at least %(percent)s %% of its pupils there."
        )
        % percent,
        _("Completed: in at least one class, at least %(percent)s %% of the pupils finished every lesson.")
        % percent,
        _("Assessed: in at least one class, at least %(percent)s %% of the pupils took the final quiz.")
        % percent,
    ]


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
    return format_html(words, done=number(done), all=number(whole))


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
    return format_html(words, done=number(done), all=number(whole))


def pupil_cells(figures: Figures | None) -> list[dict[str, Any]]:
    """A row of a table of pupils: for each column its label, and the published number or None."""
    columns = zip(pupil_columns(), PUPILS, strict=True)
    return [{"label": label, "words": _pupils(figures, name) if figures else None} for label, name in columns]


def _pupils(figures: Figures, name: str) -> str | None:
    shown, percent = figures.pupils[name], figures.percent.get(name)
    if shown is None or percent is None:
        return shown if shown is None else number(shown)
    return _("%(number)s (%(percent)s %%)") % {"number": number(shown), "percent": number(percent)}


def pupil_columns() -> list[str]:
    return [
        pgettext("column of a table of pupils", "Enrolled"),
        pgettext("column of a table of pupils", "Completed"),
        pgettext("column of a table of pupils", "Assessed"),
    ]


def url_of(place: Place, asked: Asked | None = None, **more: str) -> str:
    """The address of a place's screen, which asks the same question of the same night."""
    query: dict[str, Any] = {}
    if asked is not None and asked.question.class_level != ANY_CLASS:
        query["class"] = asked.question.class_level
    if asked is not None and asked.question.module_key != ANY_MODULE:
        query["module"] = asked.question.module_key
    if asked is not None and asked.release is not None:
        query["release"] = asked.release
    query |= more
    return f"{_path_of(place)}?{urlencode(query)}" if query else _path_of(place)


def _path_of(place: Place) -> str:
    if isinstance(place, State):
        return reverse("insights:state", args=[place.code])
    if isinstance(place, District):
        return reverse("insights:district", args=[place.state.code, place.pk])
    if isinstance(place, Block):
        return reverse("insights:block", args=[place.district.state.code, place.district_id, place.pk])
    return reverse("insights:school", args=[place.state.code, place.district_id, place.udise_code])


def choices(asked: Asked, kept: Sequence[Release]) -> dict[str, list[dict[str, Any]]]:
    """The filters, with what is chosen. `kept` are the releases, newest first."""
    levels = [(ANY_CLASS, _("All classes"))]
    levels += [(level, _("Class %(level)d") % {"level": level}) for level in CLASS_LEVELS]
    modules = [(ANY_MODULE, _("Any module")), *[(one.key, one.title) for one in catalogue.modules()]]
    nights: list[tuple[Any, str]] = [("", _("The newest"))]
    nights += [(one.pk, date_format(timezone.localdate(one.as_of))) for one in kept[1:]]
    return {
        "levels": _options(levels, asked.question.class_level),
        "modules": _options(modules, asked.question.module_key),
        "releases": _options(nights, asked.release or ""),
    }


def _options(options: Iterable[tuple[Any, str]], chosen: Any) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "chosen": value == chosen} for value, label in options]


def module_title(key: Any) -> str:
    module = catalogue.module(key)
    return module.title if module else _("A module that is no longer taught")


def schools_of(part: int, whole: int) -> str:
    words = ngettext("%(part)s of %(all)s school", "%(part)s of %(all)s schools", whole)
    return words % {"part": number(part), "all": number(whole)}


def classes_of(part: int, whole: int) -> str:
    words = ngettext("%(part)s of %(all)s class", "%(part)s of %(all)s classes", whole)
    return words % {"part": number(part), "all": number(whole)}


def share(part: int, whole: int) -> int:
    """In percent; 100 only when it is all, and 0 only when it is none."""
    if not 0 < part < whole:
        return 100 if part and part >= whole else 0
    return min(99, max(1, round(100 * part / whole)))


def number(value: int) -> str:
    return number_format(value, force_grouping=True)
