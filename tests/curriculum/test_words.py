import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.presenters.words import inline, paragraphs
from tests.curriculum.building import help_line

pytestmark = pytest.mark.django_db
TAGS = re.compile(r"</?(?:p|ul|li|strong)>")


def test_paragraphs_lists_and_strong_words():
    html = paragraphs("One **strong** word.\nStill one.\n\nSay:\n- first\n  and more\n- second\n\n\nLast.")

    assert html == (
        "<p>One <strong>strong</strong> word. Still one.</p>"
        "<p>Say:</p><ul><li>first and more</li><li>second</li></ul><p>Last.</p>"
    )


def test_nothing_of_the_text_is_markup():
    html = paragraphs('<script>alert("x")</script> <a href="/">x</a>')

    assert "<script" not in html
    assert "<a" not in html


# No braces: a help line's name is looked up in the database.
@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_whatever_is_written_only_our_own_tags_come_out(text):
    html = paragraphs(text) + inline(text)

    assert "<" not in TAGS.sub("", html)


def test_a_help_line_is_a_link_to_call():
    help_line()

    html = paragraphs("Call {child-1098} now.")

    assert html == '<p>Call <a href="tel:1098">Child Helpline 1098</a> now.</p>'


def test_a_number_that_the_name_lacks_is_added():
    help_line("tele", numbers=["1-800-891", "14416"], name_en="Tele <MANAS>")

    html = paragraphs("{tele}")

    assert html == '<p><a href="tel:1800891">Tele &lt;MANAS&gt; (<bdi>1-800-891</bdi>)</a></p>'


def test_a_web_page_is_a_link_without_referrer_and_a_place_is_a_name():
    help_line("portal", kind="web", numbers=[], url="https://example.org/report", name_en="Portal")
    help_line("police", kind="place", numbers=[], name_en="Police near you")

    html = paragraphs("{portal} or {police}")

    assert '<a href="https://example.org/report" rel="noreferrer">Portal</a>' in html
    assert "<span>Police near you</span>" in html


def test_a_line_that_is_not_shown_renders_nothing():
    help_line("hidden", is_published=False, is_for_children=False)

    html = paragraphs("Call {hidden}{nobody}!")

    assert html == "<p>Call !</p>"


def test_in_a_label_there_are_no_links_and_no_paragraphs():
    help_line()

    assert inline("Call\n\n{child-1098}") == "Call <span>Child Helpline 1098</span>"
