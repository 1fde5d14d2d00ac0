"""The publication rule: which numbers of pupils are shown, and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.publication import (
    Exchange,
    Group,
    Rules,
    is_whole_shown,
    published_percent,
    rounded,
    shown_parts,
)

counts = st.integers(min_value=0, max_value=30_000_000)


def group(key=1, pupils=300, reached=12, **fields):
    """Twenty classes of 40, of which twelve have got there."""
    defaults = {"enrolled": 800, "classes": 20, "given": 20, "schools": 5}
    return Group(key, pupils, reached=reached, **defaults | fields)


def whole_of(parts):
    sums = {
        name: sum(getattr(one, name) for one in parts)
        for name in ("pupils", "enrolled", "classes", "given", "reached", "schools")
    }
    return Group(0, **sums)


@pytest.mark.parametrize(("true", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1002, 1000)])
def test_a_count_is_rounded_to_the_nearest_five(true, shown):
    assert rounded(true) == shown


@given(counts)
def test_five_true_numbers_are_shown_as_one(true):
    assert abs(rounded(true) - true) <= 2
    assert rounded(true) % 5 == 0


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (15, 30, None),
        (15, 35, 43),
        (None, 40, None),
        (10, None, None),
        (40, 40, 100),
        (0, 100, 0),
        (0, 0, None),
    ],
)
def test_a_percentage_is_of_shown_numbers_from_thirty_pupils_on(part, whole, percent):
    assert published_percent(part, whole) == percent


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        ({}, True),
        ({"reached": 10}, True),
        ({"reached": 9}, False),
        ({"schools": 1}, False),
        ({"is_base_shown": False}, False),
        ({"pupils": 18}, True),
        ({"pupils": 17}, False),
        ({"pupils": 790}, False),
        ({"pupils": 790, "reached": 20, "classes": 20, "given": 20}, True),
        ({"pupils": 797, "reached": 20, "classes": 20, "given": 20}, False),
    ],
)
def test_ten_classes_of_two_schools_stand_behind_a_number_that_is_not_at_its_limits(fields, is_shown):
    one = group(**{"reached": 10 if "pupils" in fields else 12} | fields)

    assert is_whole_shown(one, Rules()) is is_shown


@given(st.integers(0, 400), st.integers(0, 40), st.integers(2, 20).map(lambda steps: 5 * steps))
def test_less_than_the_state_s_threshold_is_never_shown(pupils, reached, threshold):
    one = group(pupils=pupils, reached=reached, classes=40, given=40)

    if is_whole_shown(one, Rules(threshold)):
        assert rounded(pupils) >= threshold
        assert pupils >= 10


def test_parts_are_shown_where_enough_classes_got_there():
    parts = [group(key) for key in (1, 2, 3)]

    assert shown_parts(whole_of(parts), parts, Rules()) == {1, 2, 3}


def test_a_small_part_takes_the_smallest_of_the_others_with_it():
    parts = [group(1, reached=3), group(2, reached=15), group(3, reached=14), group(4, reached=16)]

    assert shown_parts(whole_of(parts), parts, Rules()) == {2, 4}


def test_two_small_parts_hide_each_other():
    parts = [group(1, reached=3), group(2, reached=4), group(3), group(4)]

    assert shown_parts(whole_of(parts), parts, Rules()) == {3, 4}


def test_a_part_without_the_module_hides_nobody():
    parts = [group(1), group(2), group(3, pupils=0, given=0, reached=0, schools=0)]

    assert shown_parts(whole_of(parts), parts, Rules()) == {1, 2}


def test_a_single_part_is_the_whole_by_another_name():
    parts = [group(1, pupils=120), group(2, pupils=0, given=0, reached=0, schools=0)]

    assert shown_parts(whole_of(parts), parts, Rules()) == {1}


def test_when_too_little_is_left_for_the_hidden_parts_none_is_shown():
    parts = [group(1), group(2), group(3, pupils=3, reached=3), group(4, pupils=5, reached=4)]

    assert shown_parts(whole_of(parts), parts, Rules()) == frozenset()


def test_when_the_hidden_parts_are_all_through_none_is_shown():
    full = {"pupils": 200, "enrolled": 200, "classes": 5, "given": 5, "reached": 5}
    parts = [group(1), group(2), group(3, **full), group(4, **full)]

    assert shown_parts(whole_of(parts), parts, Rules()) == frozenset()


def test_tables_by_class_and_by_place_stand_together_when_classes_share_blocks():
    exchange = Exchange()
    for block in range(3):
        exchange.add("number", {6: group(6), 7: group(7), **({8: group(8)} if block else {})})

    assert exchange.is_open("number", [6, 7])
    assert not exchange.is_open("number", [6, 7, 8])
    assert exchange.is_open("number", [8])
    assert exchange.is_spread("number", 8)
    assert not exchange.is_open("other", [6, 7])
