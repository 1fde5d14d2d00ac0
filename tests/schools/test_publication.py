"""The publication rule: what may be shown of a number of pupils."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.publication import published_count, published_percent

counts = st.integers(min_value=0, max_value=30_000_000)
thresholds = st.integers(min_value=2, max_value=40).map(lambda steps: 5 * steps)
"""As the database keeps them: multiples of 5 from 10 on."""


@pytest.mark.parametrize(
    ("true", "shown"), [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1002, 1000)]
)
def test_a_count_is_rounded_to_the_nearest_five_and_hidden_under_ten(true, shown):
    assert published_count(true) == shown


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(15, 29, None), (15, 30, 50), (9, 30, None), (30, 30, 100), (12, 33, 29), (0, 100, None)],
)
def test_a_percentage_appears_from_thirty_up_and_comes_from_rounded_numbers(part, whole, percent):
    assert published_percent(part, whole) == percent


@given(counts, thresholds)
def test_a_shown_count_is_a_multiple_of_five_near_the_true_one(true, threshold):
    shown = published_count(true, threshold)

    assert (shown is None) == (true < threshold)
    if shown is not None:
        assert shown % 5 == 0
        assert abs(shown - true) <= 2


@given(counts, counts, thresholds)
def test_a_percentage_can_be_had_from_the_shown_numbers_alone(one, other, threshold):
    part, whole = sorted((one, other))
    percent = published_percent(part, whole, threshold)

    if percent is not None:
        shown_part, shown_whole = published_count(part, threshold), published_count(whole, threshold)
        assert percent == min(100, round(100 * shown_part / shown_whole))
        assert 0 <= percent <= 100
        assert whole >= 30


@given(st.integers(min_value=0, max_value=300), st.integers(min_value=10, max_value=200))
def test_no_shown_count_tells_more_than_its_rounding(true, threshold):
    """Also with a threshold between two steps: three true values or more are shown as this number."""
    shown = published_count(true, threshold)

    if shown is not None:
        assert threshold <= shown
        alike = [one for one in range(shown - 2, shown + 3) if published_count(one, threshold) == shown]
        assert len(alike) >= 3


@given(counts)
def test_a_threshold_under_ten_is_ten(true):
    assert published_count(true, 1) == published_count(true, 10)


@given(st.integers(min_value=10, max_value=1000), st.integers(min_value=0, max_value=9))
def test_a_hidden_part_cannot_be_told_from_the_total_and_the_other_part(other, hidden):
    """For what is shown of the other part and the total, at least two values of the hidden part are possible."""
    total = published_count(other + hidden)
    shown = published_count(other)

    possible = {
        small
        for small in range(10)
        for large in range(shown - 2, shown + 3)
        if large >= 10 and published_count(large) == shown and published_count(large + small) == total
    }

    assert hidden in possible
    assert len(possible) > 1
