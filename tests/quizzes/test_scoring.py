"""Marks, for whatever is chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import scoring

KEYS = ["a", "b", "c", "d", "e"]
some = st.sets(st.sampled_from(KEYS))
right_ones = st.sets(st.sampled_from(KEYS), min_size=1)


@given(right_ones, some)
def test_a_mark_lies_between_nothing_and_one(right, chosen):
    assert 0 <= scoring.mark(right, chosen) <= 1


@given(right_ones, some)
def test_only_all_the_right_ones_and_no_other_give_one(right, chosen):
    assert (scoring.mark(right, chosen) == 1) == (chosen == right)


@given(right_ones, some, st.sampled_from(KEYS))
def test_one_more_right_choice_never_costs_and_one_more_wrong_one_never_pays(right, chosen, extra):
    before, after = scoring.mark(right, chosen), scoring.mark(right, chosen | {extra})

    assert after >= before if extra in right else after <= before


@given(right_ones, st.lists(st.sampled_from(KEYS)))
def test_choosing_twice_is_choosing_once(right, chosen):
    assert scoring.mark(right, chosen + chosen) == scoring.mark(right, set(chosen))


@pytest.mark.parametrize(
    ("chosen", "mark"), [("", 0), ("a", 0.33), ("ab", 0.67), ("abc", 1), ("abcd", 0.67), ("ad", 0), ("d", 0)]
)
def test_parts_of_three_right_choices(chosen, mark):
    assert scoring.mark({"a", "b", "c"}, list(chosen)) == mark


@given(st.lists(st.integers(0, 100).map(lambda hundredths: hundredths / 100), min_size=1, max_size=40))
def test_a_total_stays_within_what_can_be_reached(marks):
    assert 0 <= scoring.total(marks) <= len(marks)


@pytest.mark.parametrize(
    ("score", "most", "pass_mark", "passed"),
    [(3, 5, 60, True), (2.99, 5, 60, False), (2, 3, 67, False), (0, 5, 0, True), (5, 5, 100, True)],
)
def test_passing(score, most, pass_mark, passed):
    assert scoring.has_passed(score, most, pass_mark) is passed
