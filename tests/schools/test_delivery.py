"""When a lesson and a module count as delivered: arithmetic without a database."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.scoring.delivery import Held, is_enough, lessons_delivered, module_delivered_on

ONE, TWO = UUID(int=1), UUID(int=2)
DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("headcount", "enrolled", "percent", "expected"),
    [
        (24, 40, 60, True),
        (23, 40, 60, False),
        (1, 0, 60, True),
        (0, 0, 60, False),
        (45, 40, 60, True),
        (2, 3, 67, False),
        (40, 40, 100, True),
        (39, 40, 100, False),
    ],
)
def test_enough_of_the_class_must_have_been_there(headcount, enrolled, percent, expected):
    assert is_enough(headcount, enrolled, percent) is expected


def test_a_lesson_counts_from_the_first_day_on_which_enough_were_there():
    sessions = [
        Held(ONE, DAY, headcount=3, enrolled=40),
        Held(ONE, DAY + timedelta(days=2), headcount=38, enrolled=40),
        Held(ONE, DAY + timedelta(days=1), headcount=30, enrolled=40),
    ]

    assert lessons_delivered(sessions) == {ONE: DAY + timedelta(days=1)}


def test_a_module_is_delivered_with_its_last_lesson():
    delivered = {ONE: DAY, TWO: DAY + timedelta(days=7)}

    assert module_delivered_on([ONE, TWO], delivered) == DAY + timedelta(days=7)
    assert module_delivered_on([ONE, TWO], {ONE: DAY}) is None
    assert module_delivered_on([], delivered) is None


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 100))
def test_one_more_in_the_room_never_takes_a_lesson_away(headcount, enrolled, percent):
    assert not is_enough(headcount, enrolled, percent) or is_enough(headcount + 1, enrolled, percent)
