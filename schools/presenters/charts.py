"""Charts as SVG, drawn on the server. They say nothing that a table beside them does not say as well.

The library's own styles, scripts and tooltips are taken out: the site's policy refuses them, and
`charts.css` gives the colours of light and dark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree  # made here, never read from anybody

import pygal
from django.utils.safestring import SafeString, mark_safe
from pygal.style import Style

WIDTH, HEIGHT = 480, 260
SMALL_HEIGHT_A_ROW = 26
LETTERS = 17
"""How high the letters of a chart are on a phone, for which room is left (charts.css)."""
SVG = "http://www.w3.org/2000/svg"
MOST_LABELS = 5
"""More labels than this would run into each other on a phone; the others are left out, not turned."""


@dataclass(frozen=True)
class Series:
    """One line or bar of a chart. None is a gap."""

    name: str
    values: Sequence[float | None]


def trend(
    labels: Sequence[str], series: Sequence[Series], *, title: str, most: int | None = None
) -> SafeString:
    """Lines over time. `title` is what a screen reader says; `most` is the top of the scale."""
    chart = pygal.Line(**_options(HEIGHT), show_only_major_dots=True, range=_scale(series, most))
    every = -(-len(labels) // MOST_LABELS) or 1
    chart.x_labels = list(labels)
    chart.x_labels_major = list(labels)[::-1][::every][::-1]
    chart.show_minor_x_labels = False
    return _drawn(chart, series, title)


def bars(
    labels: Sequence[str], series: Sequence[Series], *, title: str, most: int | None = None
) -> SafeString:
    """Lying bars, one group for each label, the first on top."""
    height = max(HEIGHT // 2, SMALL_HEIGHT_A_ROW * len(labels) * len(series) + 60)
    chart = pygal.HorizontalBar(**_options(height), range=_scale(series, most))
    chart.x_labels = list(reversed(labels))
    turned = [Series(one.name, list(reversed(one.values))) for one in series]
    return _drawn(chart, turned, title)


def _options(height: int) -> dict[str, Any]:
    return {
        "width": WIDTH,
        "height": height,
        "js": [],
        "css": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "legend_at_bottom": True,
        "margin": 12,
        "margin_right": 32,
        "tooltip_fancy_mode": False,
        "dots_size": 4,
        "style": Style(label_font_size=LETTERS, major_label_font_size=LETTERS, legend_font_size=LETTERS),
        "integer_only": True,
        "order_min": 0,
        "no_data_text": "",
        "truncate_label": 40,
        "truncate_legend": 60,
    }


def _scale(series: Sequence[Series], most: int | None) -> tuple[float, float]:
    """From nothing, so that a small change does not look like a great one."""
    highest = max((value for one in series for value in one.values if value is not None), default=0)
    return 0, most or highest or 1


def _drawn(chart: Any, series: Sequence[Series], title: str) -> SafeString:
    for one in series:
        chart.add(one.name, list(one.values))
    tree = chart.render_tree()
    _clean(tree)
    tree.attrib.pop("id", None)
    tree.attrib |= {"role": "img", "aria-label": title, "class": "chart", "focusable": "false"}
    ElementTree.register_namespace("", SVG)
    # The library escapes what it writes; the labels are ours and the state's.
    return mark_safe(ElementTree.tostring(tree, encoding="unicode"))  # noqa: S308


def _clean(parent: Any) -> None:
    """Take out what the policy refuses, what needs a script, and comments."""
    for child in list(parent):
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name in ("", "style", "script", "desc", "title") or "tooltip" in child.get("class", "").split():
            parent.remove(child)
        else:
            for one in ("style", "id"):  # ids would be there twice on a page with two charts
                child.attrib.pop(one, None)
            _clean(child)
