import pytest
from django.core.cache import cache

from cms.help import lines
from tests.curriculum.building import help_line

pytestmark = pytest.mark.django_db


def test_childrens_lines_come_first_then_by_order_and_hidden_ones_not():
    help_line("for-adults", is_for_children=False, order=1)
    help_line("second", order=9)
    help_line("first", order=3)
    help_line("hidden", is_published=False, is_for_children=False)

    assert [line.key for line in lines.published("en")] == ["first", "second", "for-adults"]


def test_lines_are_read_once(django_assert_num_queries):
    help_line()
    lines.published("en")

    with django_assert_num_queries(0):
        assert lines.by_key("en")["child-1098"].numbers == ("1098",)


def test_a_number_is_dialled_without_hyphens():
    help_line(numbers=["1-800-891-4416"])

    assert lines.published("en")[0].calls == (("1-800-891-4416", "18008914416"),)


def test_a_draft_has_its_english_words_beside_it_until_it_is_reviewed():
    record = help_line(name_hi="चाइल्ड हेल्पलाइन", what_for_hi="हर बच्चे के लिए।")

    draft = lines.line_of(record, "hi")
    record.review_states = {"hi": "reviewed"}
    reviewed = lines.line_of(record, "hi")

    assert draft.words.language == "hi"
    assert draft.original.what_for == "For any child."
    assert reviewed.original is None


def test_words_that_are_missing_are_english():
    record = help_line(name_hi="चाइल्ड हेल्पलाइन")

    line = lines.line_of(record, "hi")

    assert line.words.name == "Child Helpline 1098"
    assert line.words.language == "en"
    assert line.original is None


def test_words_know_their_direction():
    record = help_line(name_ur="چائلڈ", what_for_ur="ہر بچے")

    assert lines.line_of(record, "ur").words.mark == ' lang="ur" dir="rtl"'


def test_what_is_at_hand_are_the_lines_seen_last(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(lines, "_last_known", {})
    help_line("changed", numbers=["100"])
    lines.published("en")
    cache.clear()

    with django_assert_num_queries(0):
        assert [line.key for line in lines.at_hand("en")] == ["changed"]


def test_before_any_was_seen_those_we_ship_are_at_hand(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(lines, "_last_known", {})

    with django_assert_num_queries(0):
        shipped = lines.at_hand("en")

    assert shipped[0].numbers == ("1098",)
    assert "stopncii" not in [line.key for line in shipped]
