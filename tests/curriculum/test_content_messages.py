"""The curriculum's PO files: made without losing a translation, and checked against the English."""

import polib
import pytest

from curriculum import content_messages
from curriculum.content_messages import faults, make, po_path, read, structure
from curriculum.source.reader import read_module
from curriculum.source.sentences import sentences
from tests.curriculum import sample_module

TITLE = "lesson/first/title"
WELCOME = "lesson/first/blocks/welcome/body"


@pytest.fixture
def folder(tmp_path):
    return sample_module.write(tmp_path / "content")


@pytest.fixture
def locale(tmp_path):
    return tmp_path / "locale"


def catalogue(locale):
    return polib.pofile(str(po_path("hi", "sample", locale)))


def entry(locale, path):
    return catalogue(locale).find(path, by="msgctxt")


def write(locale, path, text, *, review="machine-draft"):
    """As a translator does: put the words in, and say how far the review has come."""
    found = catalogue(locale)
    one = found.find(path, by="msgctxt")
    one.msgstr = text
    one.tcomment = f"review: {review}"
    found.save()


def translate_all(locale):
    """A translation that keeps all marks, so that nothing is at fault."""
    found = catalogue(locale)
    for one in found:
        one.msgstr = f"अ {one.msgid}"
    found.save()


def test_make_writes_every_sentence_once_in_reading_order_as_a_draft(folder, locale):
    source = read_module(folder)

    path = make(source, "hi", locale)

    assert path == locale / "hi" / "curriculum" / "sample.po"
    written = catalogue(locale)
    assert [(one.msgctxt, one.msgid) for one in written] == list(sentences(source))
    assert {(one.msgstr, one.tcomment) for one in written} == {("", "review: machine-draft")}
    assert written.metadata["Language"] == "hi"


def test_make_keeps_translations_and_their_review(folder, locale):
    make(read_module(folder), "hi", locale)
    write(locale, TITLE, "पहले क़दम", review="approved")

    make(read_module(folder), "hi", locale)

    kept = read("sample", "hi", locale)[TITLE]
    assert (kept.source, kept.text, kept.review, kept.is_stale) == (
        "First steps",
        "पहले क़दम",
        "approved",
        False,
    )


def test_make_marks_a_sentence_whose_english_changed_and_keeps_the_old_words(folder, locale):
    make(read_module(folder), "hi", locale)
    write(locale, TITLE, "पहले क़दम")
    sample_module.change(folder, "first", "title: First steps", "title: A first step")

    make(read_module(folder), "hi", locale)
    make(read_module(folder), "hi", locale)

    marked = entry(locale, TITLE)
    assert marked.fuzzy
    assert (marked.msgid, marked.previous_msgid, marked.msgstr) == ("A first step", "First steps", "पहले क़दम")
    assert f"{TITLE}: the English changed since this was translated" in faults(
        read_module(folder), "hi", locale
    )


def test_make_marks_nothing_where_there_was_no_translation(folder, locale):
    make(read_module(folder), "hi", locale)
    sample_module.change(folder, "first", "title: First steps", "title: A first step")

    make(read_module(folder), "hi", locale)

    assert not entry(locale, TITLE).fuzzy
    assert not entry(locale, TITLE).previous_msgid


def test_make_drops_a_sentence_that_is_gone(folder, locale):
    make(read_module(folder), "hi", locale)
    sample_module.change(folder, "first", "    heading: A start\n", "")

    make(read_module(folder), "hi", locale)

    assert entry(locale, "lesson/first/blocks/welcome/heading") is None


def test_a_full_and_faithful_translation_has_no_fault(folder, locale):
    make(read_module(folder), "hi", locale)
    translate_all(locale)

    assert faults(read_module(folder), "hi", locale) == []


def test_without_a_file_nothing_is_translated(folder, locale):
    source = read_module(folder)

    found = faults(source, "hi", locale)

    assert read("sample", "hi", locale) == {}
    assert found == [f"{path}: not translated" for path, _text in sentences(source)]


def test_a_sentence_without_words_counts_as_not_translated(folder, locale):
    make(read_module(folder), "hi", locale)
    translate_all(locale)
    write(locale, TITLE, "")

    assert faults(read_module(folder), "hi", locale) == [f"{TITLE}: not translated"]


def test_english_that_changed_after_make_is_told(folder, locale):
    make(read_module(folder), "hi", locale)
    translate_all(locale)
    sample_module.change(folder, "first", "title: First steps", "title: A first step")

    assert faults(read_module(folder), "hi", locale) == [f"{TITLE}: the English changed; run make again"]


@pytest.mark.parametrize(
    "text",
    [
        "हम **शुरू** करते हैं। फ़ोन करो।\n\n- एक\n- दो",
        "हम **शुरू** करते हैं। {erss-112} पर फ़ोन करो।\n\n- एक\n- दो",
        "हम शुरू करते हैं। {child-1098} पर फ़ोन करो।\n\n- एक\n- दो",
        "हम **शुरू** करते हैं। {child-1098} पर फ़ोन करो।\n\n- एक और दो",
        "हम **शुरू** करते हैं। {child-1098} पर फ़ोन करो।\n- एक\n- दो",
    ],
    ids=["no help line", "another help line", "no strong words", "an item less", "a paragraph less"],
)
def test_a_translation_of_another_structure_is_a_fault(folder, locale, text):
    make(read_module(folder), "hi", locale)
    translate_all(locale)
    write(locale, WELCOME, text)

    found = faults(read_module(folder), "hi", locale)

    assert found == [f"{WELCOME}: help lines, strong words, list items or paragraphs differ from the English"]


def test_the_order_of_help_lines_is_the_languages_own():
    assert structure("Call {child-1098} or {erss-112}.") == structure(
        "{erss-112} या {child-1098} पर फ़ोन करो।"
    )


@pytest.mark.parametrize(
    ("comment", "state"),
    [
        ("review: machine-draft", "machine-draft"),
        ("review: reviewed", "reviewed"),
        ("A note.\nreview: approved", "approved"),
        ("review: perfect", "machine-draft"),
        ("", "machine-draft"),
    ],
)
def test_an_unknown_review_counts_as_a_draft(comment, state):
    assert content_messages.review_state(polib.POEntry(msgid="x", tcomment=comment)) == state


def test_check_from_the_command_line_says_what_is_missing(capsys):
    assert content_messages.main(["check", "hi"]) == 0
    assert capsys.readouterr().out == ""

    assert content_messages.main(["check", "xx", "finding-help"]) == 1
    assert "finding-help: module/finding-help/title: not translated\n" in capsys.readouterr().out
