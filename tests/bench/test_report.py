"""From figures to words: medians, shares, targets, and the document that keeps them."""

import pytest

from bench import report
from bench.figures import figure, markdown
from bench.load import Outcome
from bench.pages import Page
from bench.weight import Weight


def outcomes(*speeds):
    return [Outcome(int(speed), speed, 2.0, 9.0) for speed in speeds]


def page(**rules):
    return Page("lesson", "Student's lesson", lambda _count: [], **rules)


def weight(**values):
    fitting = {"cold_bytes": 30_000, "cold_requests": 7, "warm_bytes": 9_000, "lcp_seconds": 2.5}
    return Weight(name="Public lesson", **fitting | values)


def result(**values):
    made = figure(page(target=0.06, aim=0.12), outcomes(700), outcomes(10_000))
    return {
        "database": "SQLite",
        "day": "2026-01-01",
        "machine": "2 cores",
        "versions": {"Python": "3.13.1", "wrk": "4.1.0"},
        "rounds": 3,
        "seconds": 6,
        "students": 600,
        "commands": ["python -m granian", "wrk"],
        "figures": [made.as_json()],
    } | values


def test_the_median_of_the_rounds_counts():
    made = figure(page(), outcomes(500, 900, 700), outcomes(10_000, 9_000, 20_000))

    assert made.per_second == 700
    assert made.ratio == 0.07


@pytest.mark.parametrize(
    ("speed", "verdict"), [(500, "missed"), (600, "met, not the aim"), (1200, "met"), (5000, "met")]
)
def test_a_target_is_met_or_missed(speed, verdict):
    made = figure(page(target=0.06, aim=0.12), outcomes(speed), outcomes(10_000))

    assert made.row()[-1] == verdict


def test_a_page_without_a_target_has_no_verdict():
    assert figure(page(), outcomes(1), outcomes(10_000)).verdict == ""


def test_a_target_without_an_aim_is_met():
    assert figure(page(target=0.8), outcomes(9_000), outcomes(10_000)).verdict == "met"


def test_columns_line_up():
    table = markdown(("Page", "req/s"), [("Bare view", "11,603"), ("Lesson", "8")])

    assert table.splitlines() == [
        "| Page      |  req/s |",
        "| :-------- | -----: |",
        "| Bare view | 11,603 |",
        "| Lesson    |      8 |",
    ]


def test_the_report_says_how_it_was_taken():
    text = report.speed(result())

    assert "### On SQLite" in text
    assert "| Student's lesson |" in text
    assert "Python 3.13.1, wrk 4.1.0" in text
    assert "python -m granian" in text


def test_the_weight_is_told_with_its_budget():
    text = report.weight({"day": "2026-01-01", "browser": "140", "weights": [weight().as_json()]})

    assert "| Public lesson | 30.0 kB |" in text
    assert "met" in text


@pytest.mark.parametrize(
    "values", [{"cold_bytes": 60_001}, {"cold_requests": 13}, {"warm_bytes": 15_001}, {"lcp_seconds": 4.1}]
)
def test_each_budget_can_be_missed(values):
    assert weight(**values).row()[-1] == "missed"


def test_a_page_that_painted_nothing_misses():
    assert weight(lcp_seconds=0.0).is_missed


def test_everything_missed_is_listed():
    slow = figure(page(target=0.06), outcomes(1), outcomes(10_000)).as_json()
    results = [result(figures=[slow]), result(), {"weights": [weight(cold_bytes=99_000).as_json()]}]

    assert report.missed(results) == ["SQLite: Student's lesson", "Public lesson"]


def test_the_document_keeps_the_last_results_only(tmp_path):
    document = tmp_path / "benchmarks.md"
    document.write_text("Words\n\n<!-- speed -->\nold\n<!-- /speed -->\n\nMore\n")

    report.keep("speed", r"new \1", document)
    report.keep("speed", r"newer \1", document)

    assert document.read_text() == "Words\n\n<!-- speed -->\nnewer \\1\n<!-- /speed -->\n\nMore\n"


def test_a_document_without_a_place_is_refused(tmp_path):
    document = tmp_path / "benchmarks.md"
    document.write_text("Words\n")

    with pytest.raises(ValueError, match="no place for speed"):
        report.keep("speed", "new", document)


def test_the_shipped_document_has_a_place_for_both():
    text = report.DOCUMENT.read_text(encoding="utf-8")

    assert all(f"<!-- {one} -->" in text and f"<!-- /{one} -->" in text for one in ("speed", "weight"))
