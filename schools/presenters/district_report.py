"""A district on one page of paper: where it stands, against the plan, its blocks, its trend, what was hard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from curriculum.queries import catalogue
from schools.models import Release
from schools.presenters import adoption_files, charts
from schools.presenters.adoption_files import Wanted
from schools.queries import published
from schools.queries.adoption import ANY_CLASS
from schools.queries.objectives import hardest
from schools.queries.plan_standing import LineStanding, against_plan, lines_at
from schools.queries.published import Figures, Week

MOST_BLOCKS = 16
MOST_LINES = 7
MOST_OBJECTIVES = 4
MOST_WEEKS = 26
"""So much fits on the page, in every language; the files hold all."""
INKS = ("#1d5f8a", "#2f6b3c", "#8a5a00")
PRINTED = (
    "text{font-family:'Noto Sans',sans-serif;font-size:17px;fill:#333}.background,.legends{fill:none}"
    ".legends{display:none}.axis.x text{text-anchor:middle}.axis.y text{text-anchor:end}"
    ".axis .line{stroke:#777;fill:none}.axis .guide.line{stroke:#ccc}.vertical .axis.x .guide.line{stroke:none}"
    ".color-1 .line{stroke-dasharray:10 4}.color-2 .line{stroke-dasharray:2 5}"
) + "".join(
    f".color-{place} .line{{fill:none;stroke-width:3;stroke:{ink}}}.color-{place} .dot{{fill:{ink}}}"
    for place, ink in enumerate(INKS)
)
"""The look of a chart on paper. A PDF reads only the style inside a drawing, and sets its text letter by
letter, which the Indic scripts do not bear: so there are only numbers in it, and its legend stands beside it."""


@dataclass(frozen=True)
class Report:
    """The whole page, in words and numbers."""

    title: str
    state: str
    as_of: str
    sentence: SafeString | str
    rungs: list[dict[str, str]]
    pupils: str
    lines: list[dict[str, str]]
    more_lines: str
    block_columns: list[str]
    blocks: list[dict[str, Any]]
    more_blocks: str
    chart: SafeString | str
    chart_words: str
    legend: list[str]
    hard: list[dict[str, str]]
    pupil_rule: str
    class_rule: str


def of(wanted: Wanted, *, for_pdf: bool = False) -> Report:
    """The report of a district at a release. The same number of queries, however many blocks it has."""
    figures = wanted.answer.own
    lines = _standing(wanted)
    blocks = [one for one in wanted.inside if one.pk in wanted.answer.inside]
    weeks = published.trend(wanted.place, wanted.question, release=wanted.release)
    return Report(
        title=str(wanted.place),
        state=str(wanted.state),
        as_of=adoption_files.night(wanted.release),
        sentence=_sentence(figures),
        rungs=_rungs(figures) if figures else [],
        pupils=_shown(figures.pupils["pupils"]) if figures else "",
        lines=[_line(one) for one in _most_behind(lines)],
        more_lines=_more(len(lines) - MOST_LINES),
        block_columns=_block_columns(),
        blocks=[_block(str(one), wanted.answer.inside[one.pk]) for one in blocks[:MOST_BLOCKS]],
        more_blocks=_more(len(blocks) - MOST_BLOCKS),
        chart=_chart(weeks, wanted.release, for_pdf=for_pdf),
        chart_words=_chart_words(weeks),
        legend=_drawn_words(),
        hard=[
            {"text": one.text, "percent": _("%(percent)d %%") % {"percent": one.percent_wrong}}
            for one in hardest(wanted.place, ANY_CLASS, release=wanted.release)[:MOST_OBJECTIVES]
        ],
        pupil_rule=adoption_files.pupil_rule(wanted.rules),
        class_rule=adoption_files.class_rule(wanted.rules),
    )


def _sentence(figures: Figures | None) -> SafeString | str:
    if figures is None or not figures.schools["schools"]:
        return _("No school is here yet.")
    whole = figures.schools["schools"]
    words = ngettext(
        "<strong>{done}</strong> of {all} school has completed a module with at least one class.",
        "<strong>{done}</strong> of {all} schools have completed a module with at least one class.",
        whole,
    )
    return format_html(words, done=_number(figures.schools["schools_completed"]), all=_number(whole))


def _rungs(figures: Figures) -> list[dict[str, str]]:
    """How many schools have come at least so far."""
    words = [
        pgettext("rung of the ladder, schools", "Ready"),
        pgettext("rung of the ladder, schools", "Assigned"),
        pgettext("rung of the ladder, schools", "Delivered"),
        pgettext("rung of the ladder, schools", "Completed"),
        pgettext("rung of the ladder, schools", "Assessed"),
    ]
    counts = [figures.schools[rung] for rung in published.RUNGS]
    begun = figures.schools["schools_assigned"]
    rows = [{"label": word, "number": _number(count)} for word, count in zip(words, counts, strict=True)]
    not_begun = _number(figures.schools["schools"] - begun)
    return [{"label": pgettext("rung of the ladder, schools", "Not begun"), "number": not_begun}, *rows]


def _shown(number: int | None) -> str:
    return pgettext("a figure that is not published", "not shown") if number is None else _number(number)


def _standing(wanted: Wanted) -> list[LineStanding]:
    if wanted.release is None:
        return []
    begins, lines = lines_at(wanted.state, wanted.release)
    return against_plan(wanted.place, lines, begins, release=wanted.release, before=None)


def _most_behind(lines: Sequence[LineStanding]) -> list[LineStanding]:
    """Those furthest behind, in the order of the plan."""
    behind = sorted(lines, key=lambda one: one.completed - one.expected)[:MOST_LINES]
    return [one for one in lines if one in behind]


def _line(one: LineStanding) -> dict[str, str]:
    module = catalogue.module(one.line.module_key)
    title = module.title if module else _("A module that is no longer taught")
    return {
        "label": _("%(title)s, class %(level)d") % {"title": title, "level": one.line.class_level},
        "due": date_format(one.line.due_on, "j F"),
        "completed": _("%(part)s of %(all)s") % {"part": _number(one.completed), "all": _number(one.whole)},
        "expected": _number(one.expected),
    }


def _block_columns() -> list[str]:
    return [
        _("Schools"),
        pgettext("rung of the ladder, schools", "Not begun"),
        pgettext("rung of the ladder, schools", "Assigned"),
        pgettext("rung of the ladder, schools", "Delivered"),
        pgettext("rung of the ladder, schools", "Completed"),
        pgettext("rung of the ladder, schools", "Assessed"),
        _("Pupils enrolled"),
    ]


def _block(name: str, figures: Figures) -> dict[str, Any]:
    counts = figures.schools
    whole, begun = counts["schools"], counts["schools_assigned"]
    rungs = [whole, whole - begun, *(counts[rung] for rung in published.RUNGS[1:])]
    cells = [*(_number(one) for one in rungs), _shown(figures.pupils["pupils"])]
    return {"label": name, "cells": cells}


def _more(number: int) -> str:
    if number <= 0:
        return ""
    words = ngettext("%(number)d more is in the files.", "%(number)d more are in the files.", number)
    return words % {"number": number}


def _chart(weeks: Sequence[Week], release: Release | None, *, for_pdf: bool) -> SafeString | str:
    """Schools that have come so far, week after week."""
    if not weeks or release is None:
        return ""
    days, sums = _sums(weeks)
    labels = [date_format(day, "j/n" if for_pdf else "j M") for day in days]
    series = [charts.Series(word, sums[rung]) for word, rung in zip(_drawn_words(), _DRAWN, strict=True)]
    drawn = charts.trend(labels, series, title=_chart_words(weeks))
    if not for_pdf:
        return drawn
    # What is put in is ours; in an attribute the drawing writes ">" as an entity.
    return mark_safe(drawn.replace(">", f"><style>{PRINTED}</style>", 1))  # noqa: S308


def _drawn_words() -> list[str]:
    return [
        pgettext("rung of the ladder, schools", "Assigned"),
        pgettext("rung of the ladder, schools", "Delivered"),
        pgettext("rung of the ladder, schools", "Completed"),
    ]


_DRAWN = ("schools_assigned", "schools_delivered", "schools_completed")


def _sums(weeks: Sequence[Week]) -> tuple[list[date], dict[str, list[float | None]]]:
    """The last weeks, also those in which nothing happened, and how many schools had come so far by then."""
    found = {one.start: one.schools for one in weeks}
    first, last = min(found), max(found)
    every = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    sums: dict[str, list[float | None]] = {rung: [] for rung in _DRAWN}
    so_far = dict.fromkeys(_DRAWN, 0)
    for day in every:
        for rung in _DRAWN:
            so_far[rung] += found[day][rung] if day in found else 0
            sums[rung].append(so_far[rung])
    return every[-MOST_WEEKS:], {rung: values[-MOST_WEEKS:] for rung, values in sums.items()}


def _chart_words(weeks: Sequence[Week]) -> str:
    """What the drawing says, in a sentence."""
    if not weeks:
        return ""
    days, sums = _sums(weeks)
    if len(days) == 1:
        return _("By the week of %(day)s, schools that completed a module: %(number)s.") % {
            "day": date_format(days[0], "j F Y"),
            "number": _number(int(sums["schools_completed"][0] or 0)),
        }
    since, until = (date_format(day, "j F Y") for day in (days[0], days[-1]))
    return _(
        "From the week of %(since)s to the week of %(until)s, schools that completed a module went from "
        "%(first)s to %(last)s."
    ) % {
        "since": since,
        "until": until,
        "first": _number(int(sums["schools_completed"][0] or 0)),
        "last": _number(int(sums["schools_completed"][-1] or 0)),
    }


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
