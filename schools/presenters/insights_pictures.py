"""The pictures of the officials' screens, each with the table that says the same."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from schools.models import Block, District
from schools.presenters import charts
from schools.presenters.charts import Series
from schools.presenters.insights import (
    Asked,
    Rung,
    class_rungs,
    not_started,
    number,
    school_rungs,
    schools_not_started,
    schools_of,
    share,
    url_of,
)
from schools.queries.objectives import HardObjective
from schools.queries.published import Figures, Week

STEPS = ("0–19 %", "20–39 %", "40–59 %", "60–79 %", "80–100 %")
"""The five shades of the map: shares of schools that have completed."""
MOST_WEEKS = 53
MOST_OBJECTIVES = 10
ONE_WEEK = timedelta(weeks=1)


def tiles(
    parts: Iterable[District | Block], inside: Mapping[int, Figures], asked: Asked
) -> list[dict[str, Any]]:
    """The map-like grid: a tile for each part, shaded by the share of its schools that have completed."""
    return [_tile(part, inside.get(part.pk), url_of(part, asked)) for part in parts]


def _tile(part: District | Block, figures: Figures | None, url: str) -> dict[str, Any]:
    whole = figures.schools["schools"] if figures else 0
    if figures is None or not whole:
        return {"label": str(part), "url": url, "step": 0, "percent": "", "words": _("No such school here")}
    done = figures.schools["schools_completed"]
    percent = share(done, whole)
    return {
        "label": str(part),
        "url": url,
        "step": 1 + min(percent // 20, len(STEPS) - 1),
        "percent": percent_words(percent),
        "words": schools_of(done, whole),
    }


def legend() -> list[dict[str, Any]]:
    return [{"step": step, "label": label} for step, label in enumerate(STEPS, 1)]


def percent_words(percent: int) -> str:
    return _("%(percent)s %%") % {"percent": number(percent)}


def part_columns(first: str) -> list[dict[str, Any]]:
    return [{"label": first}, *({"label": label, "numeric": True} for label in _part_labels())]


def _part_labels() -> list[str]:
    return [_("Schools"), not_started(), *school_rungs().values()]


def part_rows(
    parts: Iterable[District | Block], inside: Mapping[int, Figures], asked: Asked
) -> list[list[dict[str, Any]]]:
    """The schools of each part by rung. Those not started lead to the list of them."""
    return [_part_row(part, inside[part.pk], asked) for part in parts if part.pk in inside]


def _part_row(part: District | Block, figures: Figures, asked: Asked) -> list[dict[str, Any]]:
    waiting = schools_not_started(figures)
    counts = [figures.schools["schools"], waiting, *(figures.schools[name] for name in school_rungs())]
    cells = [
        {"text": number(count), "label": label, "numeric": True}
        for count, label in zip(counts, _part_labels(), strict=True)
    ]
    if waiting:
        cells[1]["url"] = f"{url_of(part, asked, rung='not-started')}#schools"
    return [{"text": str(part), "url": url_of(part, asked)}, *cells]


def trend(weeks: list[Week], until: date, *, of_classes: bool) -> dict[str, Any] | None:
    """How many had reached each rung by the end of each week, as a chart and a table; None before the first."""
    rungs = class_rungs() if of_classes else _rungs_by_week()
    sums = _sums(weeks, until, list(rungs), of_classes)
    if not sums:
        return None
    labels = [date_format(monday, "j M") for monday in sums]
    series = [Series(label, [row[name] for row in sums.values()]) for name, label in rungs.items()]
    title = (
        _("Classes that reached each step, week by week")
        if of_classes
        else _("Schools that reached each step, week by week")
    )
    rows = [
        [
            {"text": date_format(monday)},
            *({"text": number(row[name]), "label": label, "numeric": True} for name, label in rungs.items()),
        ]
        for monday, row in reversed(sums.items())
    ]
    return {
        "chart": charts.trend(labels, series, title=title),
        "title": title,
        "columns": [{"label": _("Week from")}, *({"label": one, "numeric": True} for one in rungs.values())],
        "rows": rows,
    }


def _rungs_by_week() -> dict[str, str]:
    """Being ready has no week of its own."""
    return {name: label for name, label in school_rungs().items() if name != "schools_ready"}


def _sums(weeks: list[Week], until: date, names: list[str], of_classes: bool) -> dict[date, dict[str, int]]:
    """By Monday, what has been reached since the beginning; the weeks in which nothing moved are there, too."""
    counted = {one.start: one.classes if of_classes else one.schools for one in weeks}
    found, total = {}, dict.fromkeys(names, 0)
    monday = min(counted, default=until + ONE_WEEK)
    while monday <= until:
        for name in names:
            total[name] += counted.get(monday, {}).get(name, 0)
        found[monday] = dict(total)
        monday += ONE_WEEK
    return dict(list(found.items())[-MOST_WEEKS:])


def languages(by_language: Mapping[str, Figures]) -> dict[str, Any] | None:
    """Classes by the language that they learn in, as a chart and a table; None where there is none."""
    counted = {
        _language(code): figures.classes
        for code, figures in sorted(by_language.items(), key=lambda one: (-one[1].classes["classes"], one[0]))
        if figures.classes["classes"]
    }
    if not counted:
        return None
    shown = {"classes": _("All classes"), "classes_completed": class_rungs()["classes_completed"]}
    series = [Series(label, [row[name] for row in counted.values()]) for name, label in shown.items()]
    columns = {"classes": _("Classes"), **class_rungs()}
    title = _("Classes by language")
    return {
        "chart": charts.bars(list(counted), series, title=title),
        "title": title,
        "columns": [{"label": _("Language")}, *({"label": one, "numeric": True} for one in columns.values())],
        "rows": [
            [
                {"text": language},
                *(
                    {"text": number(row[name]), "label": label, "numeric": True}
                    for name, label in columns.items()
                ),
            ]
            for language, row in counted.items()
        ],
    }


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def objectives(hardest: list[HardObjective]) -> list[Rung]:
    """What pupils got wrong most, as bars with their words."""
    words = _("%(percent)s %% of answers not right")
    return [
        Rung(one.text, words % {"percent": number(one.percent_wrong)}, one.percent_wrong)
        for one in hardest[:MOST_OBJECTIVES]
    ]


def more_objectives(hardest: list[HardObjective]) -> str:
    left = len(hardest) - MOST_OBJECTIVES
    if left <= 0:
        return ""
    words = ngettext(
        "%(count)s more objective was got wrong less.", "%(count)s more objectives were got wrong less.", left
    )
    return words % {"count": number(left)}
