"""Class codes, as made and as typed."""

from hypothesis import given
from hypothesis import strategies as st

from schools.join_codes import ALPHABET, new_code, normalise, spaced

codes = st.text(alphabet=ALPHABET, min_size=8, max_size=8)


def test_new_codes_are_whole_and_differ():
    made = {new_code() for _ in range(200)}

    assert len(made) == 200
    assert all(normalise(code) == code for code in made)


@given(codes, st.lists(st.tuples(st.integers(0, 8), st.sampled_from([" ", "-", "  ", "–"])), max_size=4))
def test_case_spaces_hyphens_and_lookalikes_do_not_matter(code, gaps):
    typed = code.lower().replace("0", "o").replace("1", "l")
    for place, gap in gaps:
        typed = typed[:place] + gap + typed[place:]

    assert normalise(typed) == code


@given(codes)
def test_the_printed_form_reads_back(code):
    assert normalise(spaced(code)) == code


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_a_code_or_nothing(text):
    code = normalise(text)

    assert code == "" or (len(code) == 8 and set(code) <= set(ALPHABET))
