"""Reading a pasted class list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.forms.roster_text import ALIAS_LENGTH, MOST_LINES, parse


def read(text, **there):
    return [(one.alias, one.roll_number) for one in parse(text, **there).students]


def faults(text, **there):
    return [(one.line, one.message) for one in parse(text, **there).faults]


@pytest.mark.parametrize(
    ("line", "student"),
    [
        ("Blue Kite", ("Blue Kite", None)),
        ("12 Blue Kite", ("Blue Kite", 12)),
        ("12. Blue Kite", ("Blue Kite", 12)),
        ("12) Blue Kite", ("Blue Kite", 12)),
        ("12.Blue Kite", ("Blue Kite", 12)),
        ("1-Kite", ("Kite", 1)),
        ("1)Kite", ("Kite", 1)),
        ("12\tBlue Kite", ("Blue Kite", 12)),
        ("Blue Kite\t12", ("Blue Kite", 12)),
        ("Blue Kite, 12", ("Blue Kite", 12)),
        ("12; Blue; Kite", ("Blue Kite", 12)),
        ("Kite 7", ("Kite 7", None)),
        ("12", ("12", 12)),
        ("१२ नीली पतंग", ("नीली पतंग", 12)),
        ("\ufeff  Blue \u00a0 Kite\u200b ", ("Blue Kite", None)),
        ("Blue, Kite", ("Blue Kite", None)),
    ],
)
def test_a_line_is_read_as_teachers_write_it(line, student):
    assert read(line) == [student]


def test_joiners_that_shape_a_script_are_kept():
    assert read("क्\u200dष") == [("क्\u200dष", None)]


def test_empty_lines_count_for_the_numbers_and_for_nothing_else():
    found = parse("Kite\r\n\r\n  \nRiver\n@@")

    assert [one.alias for one in found.students] == ["Kite", "River"]
    assert [one.line for one in found.faults] == [5]


def test_every_fault_is_told_in_one_pass():
    text = "Kite\nkite\n1 Fish\n1 Boat\n9876543210\nteacher@example.org\nA<b>\n0 Drum\n" + "x" * 31

    assert faults(text) == [
        (2, "The same alias as in line 1."),
        (4, "The same roll number as in line 3."),
        (5, "This looks like a phone number or an e-mail address. Leave it out."),
        (6, "This looks like a phone number or an e-mail address. Leave it out."),
        (7, "Use only letters, numbers and spaces."),
        (8, "A roll number lies between 1 and 9999."),
        (9, "An alias has at most 30 letters."),
    ]


def test_what_the_class_has_already_is_said_so():
    found = faults("River\n4 Kite", aliases=["river"], roll_numbers=[4])

    assert found == [
        (1, "“River” is in the class already."),
        (2, "Roll number 4 is in the class already."),
    ]


PHONE = "This looks like a phone number or an e-mail address. Leave it out."


@pytest.mark.parametrize("line", ["9876543210", "9876543210 Kite", "Kite\t9876543210", "9" * 5000])
def test_a_phone_number_is_one_fault(line):
    assert faults(line)[0] == (1, PHONE)
    assert [message for _line, message in faults(line) if message.startswith("A roll")] == []
    assert read(line) == []


def test_a_number_too_large_for_a_roll_number_is_a_fault():
    assert faults("12345 Kite") == [(1, "A roll number lies between 1 and 9999.")]


def test_of_a_very_long_line_a_fault_shows_the_beginning():
    shown = parse("x" * 5000).faults[0].text

    assert shown == "x" * 60 + "…"


@pytest.mark.parametrize("heading", ["Roll No\tName", "Alias, Roll", "क्रमांक\tनाम"])
def test_a_heading_pasted_from_a_sheet_is_no_student(heading):
    found = parse(f"{heading}\n1\tBlue Kite\n2\tRed Fish")

    assert [(one.line, one.message) for one in found.faults] == [
        (1, "This looks like a heading. Leave it out.")
    ]
    assert [one.alias for one in found.students] == ["Blue Kite", "Red Fish"]


@pytest.mark.parametrize("text", ["Blue\tKite\nRed\tFish", "Blue Kite\n1 Red Fish", "Blue\tKite"])
def test_a_first_student_without_a_number_is_no_heading(text):
    assert parse(text).faults == []


def test_a_list_that_is_too_long_is_refused():
    text = "\n".join(f"Kite {number}" for number in range(MOST_LINES + 1))

    found = parse(text)

    assert len(found.students) == MOST_LINES
    assert [(one.line, one.text) for one in found.faults] == [(MOST_LINES + 1, f"Kite {MOST_LINES}")]


@pytest.mark.parametrize(
    ("alias", "is_name"),
    [
        ("Priya Sharma", True),
        ("Sharma Priya", True),
        ("AARAV SHARMA 8B", True),
        ("Rahul Sharma 12", True),
        ("12 Rahul Vijay Deshmukh", True),
        ("Ananya Krishnamurthy", True),
        ("प्रिया शर्मा", True),
        ("Sharma", False),
        ("Rahul", False),
        ("Rahul D", False),
        ("Kite 7", False),
        ("Blue Kite", False),
        ("नीली पतंग", False),
        ("ಕೆಂಪು ಹೂವು", False),
    ],
)
def test_a_full_name_is_noticed(alias, is_name):
    assert bool(parse(alias).like_full_names) is is_name


def test_a_list_that_is_in_large_part_of_names_is_asked_about_as_a_whole():
    names = "Rahul Deshmukh\nAnanya Krishnamurthy\nFarida Qureshi\nBlue Kite\nMeena"

    asked = [one.alias for one in parse(names).like_full_names]

    assert asked == ["Rahul Deshmukh", "Ananya Krishnamurthy", "Farida Qureshi"]


def test_a_few_unusual_aliases_among_others_are_not_asked_about():
    aliases = "Noble Heart\nBlue Kite\nRed Fish\nKite 7\nGolden River"

    assert parse(aliases).like_full_names == []


@given(st.text(max_size=400))
def test_whatever_is_pasted_what_is_read_can_be_saved(text):
    found = parse(text)

    aliases = [one.alias.casefold() for one in found.students]
    numbers = [one.roll_number for one in found.students if one.roll_number is not None]
    assert len(aliases) == len(set(aliases))
    assert len(numbers) == len(set(numbers))
    assert all(1 <= number <= 9999 for number in numbers)
    assert all(
        one.alias == one.alias.strip() and 0 < len(one.alias) <= ALIAS_LENGTH for one in found.students
    )


@given(st.text(max_size=400))
def test_every_line_that_says_something_is_a_student_or_a_fault(text):
    found = parse(text)

    told = {one.line for one in found.students} | {one.line for one in found.faults}
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert told <= set(range(1, len(lines) + 1))
    assert not {one.line for one in found.students} & {one.line for one in found.faults}


@given(
    st.lists(
        st.tuples(st.integers(1, 9999), st.from_regex(r"[A-Za-z]{1,10}( [A-Za-z]{1,10})?", fullmatch=True)),
        max_size=40,
        unique_by=(lambda pair: pair[0], lambda pair: pair[1].casefold()),
    ),
    st.sampled_from(["{0} {1}", "{0}\t{1}", "{1}\t{0}", "{0}, {1}", "{1};{0}", "{0}. {1}"]),
)
def test_a_good_list_comes_back_as_it_was(students, shape):
    text = "\n".join(shape.format(number, alias) for number, alias in students)

    assert read(text) == [(alias, number) for number, alias in students]
