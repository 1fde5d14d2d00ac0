"""Charts: what they say without being seen, and that they bring nothing that the policy refuses."""

import re
from xml.etree import ElementTree

import pytest

from schools.presenters import charts
from schools.presenters.charts import Series

NASTY = '<script>alert(1)</script> & "Reed"'


def drawings():
    weeks = [f"{day} Nov" for day in range(1, 20)]
    line = charts.trend(
        weeks, [Series("Assigned", range(19)), Series(NASTY, [None, *range(18)])], title="Week by week"
    )
    bars = charts.bars(["Hindi", NASTY], [Series("Classes", [3, 7])], title='By "language" <b>')
    return [("Week by week", line), ('By "language" <b>', bars)]


@pytest.mark.parametrize(("title", "svg"), drawings())
def test_a_chart_is_one_picture_with_a_name(title, svg):
    tree = ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves

    assert tree.get("role") == "img"
    assert tree.get("aria-label") == title
    assert tree.tag.endswith("svg")


@pytest.mark.parametrize(("title", "svg"), drawings())
def test_a_chart_holds_no_style_no_script_and_no_link(title, svg):
    tree = ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves

    names = {one.tag.rpartition("}")[2] for one in tree.iter()}
    attributes = {name.rpartition("}")[2] for one in tree.iter() for name in one.attrib}
    assert not names & {"style", "script", "title", "desc", "a", "image", "use", "foreignObject"}
    assert not attributes & {"style", "href", "id"}
    assert not [name for name in attributes if name.startswith("on")]
    assert "http" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize(("title", "svg"), drawings())
def test_what_a_label_says_is_text_and_never_markup(title, svg):
    tree = ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves

    assert "<script" not in svg
    assert "<b>" not in svg
    assert any("<script>" in (one.text or "") for one in tree.iter())


def test_the_first_bar_is_on_top():
    svg = charts.bars(["Hindi", "English"], [Series("Classes", [1, 2])], title="By language")

    heights = {
        name: float(re.search(rf'y="([\d.]+)"[^>]*>{name}<', svg).group(1)) for name in ("Hindi", "English")
    }
    assert heights["Hindi"] < heights["English"]


def test_a_year_of_weeks_has_no_more_labels_than_fit_and_always_the_last():
    weeks = [f"week-{number}" for number in range(53)]

    svg = charts.trend(weeks, [Series("Assigned", range(53))], title="Week by week")

    labels = re.findall(r">(week-\d+)<", svg)
    assert 1 < len(set(labels)) <= charts.MOST_LABELS
    assert "week-52" in labels


def test_a_chart_of_nothing_is_drawn_all_the_same():
    svg = charts.trend(["1 Nov"], [Series("Assigned", [0])], title="Week by week")

    assert 'aria-label="Week by week"' in svg
