import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from curriculum.folding import folded
from curriculum.queries.search import search
from tests.curriculum.building import block, index, items, lesson, module, translated

pytestmark = pytest.mark.django_db


def titles(query, language="en"):
    return [one.item.title for one in search(query, language)]


def test_every_word_must_be_found_anywhere_in_the_page():
    top = module(index())
    lesson(top, body=[block("text", heading="A kite", body="It flies over the river.")])
    lesson(top, "second", title="Second", body=[block("text", heading="A kite", body="It sleeps.")])

    assert titles("KITE river") == ["First steps"]
    assert titles("kite") == ["First steps", "Second"]
    assert titles("kite mountain") == []
    assert titles("company") == ["Good company"]


def test_words_are_found_however_they_are_typed():
    top = module(index())
    page = lesson(top)
    translated(top, "hi", title="फ़ोन पर", summary="फ़ोन")
    translated(page, "hi", title="शुरुआत", summary="पढ़ो")

    assert titles("फोन", "hi") == ["फ़ोन पर"]
    assert titles("पढ़ो", "hi") == ["शुरुआत"]
    assert titles("पढो", "hi") == ["शुरुआत"]


def test_a_page_is_found_by_its_words_in_any_language_and_shown_in_the_reader_s():
    top = module(index())
    page = lesson(top)
    translated(top, "hi", title="अच्छा साथ", summary="साथ")
    translated(page, "hi", title="पहले क़दम", summary="शुरू")

    assert titles("company", "ur") == ["Good company"]
    assert titles("company", "hi") == ["अच्छा साथ"]
    assert titles("साथ", "en") == ["Good company"]


def test_a_translation_that_is_not_published_is_not_found():
    top = module(index())
    translated(top, "hi", title="अच्छा साथ", summary="साथ").unpublish()

    assert titles("साथ", "hi") == []


def test_a_teachers_note_and_a_hidden_page_are_not_found():
    prompts = items({"prompt": "Whom could Asha tell?"})
    top = module(index())
    lesson(top, body=[block("talk_together", heading="Talk", items=prompts, note="Zebra for the teacher")])
    lesson(top, "hidden", title="Giraffe").unpublish()

    assert titles("asha") == ["First steps"]
    assert titles("zebra") == []
    assert titles("giraffe") == []


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "'; DROP TABLE", "x" * 5000])
def test_odd_questions_find_nothing_and_break_nothing(query):
    lesson(module(index()))

    assert titles(query) == []


def test_folding_is_one_form_for_both_ways_of_writing_a_letter():
    assert folded("\u0958") == folded("\u0915\u093c") == "\u0915"
    assert folded("Straße") == "strasse"
    assert folded("\u0643\u064a") == "\u06a9\u06cc"


def test_the_page_shows_what_was_found_and_marks_english(client):
    lesson(module(index()))

    html = client.get("/ur/search/", {"q": "company"}).content.decode()

    with translation.override("ur"):
        assert ngettext("%(found)s page found", "%(found)s pages found", 1) % {"found": 1} in html
        assert gettext("In English") in html
    assert "Good company" in html
    assert 'value="company"' in html


def test_the_page_shows_lessons_too(client):
    lesson(module(index()))

    assert "First steps" in client.get("/en/search/", {"q": "steps"}).content.decode()


@pytest.mark.parametrize(
    ("query", "words"), [("", "Nobody sees what you look for."), ("zzz", "Nothing found")]
)
def test_an_empty_page_says_what_to_do(client, query, words):
    index()

    assert words in client.get("/en/search/", {"q": query}).content.decode()


def test_a_long_question_is_cut_and_never_markup(client):
    index()

    html = client.get("/en/search/", {"q": "<b>" + "x" * 300}).content.decode()

    assert "&lt;b&gt;" + "x" * 97 + '"' in html
    assert 'value="&lt;b&gt;' + "x" * 98 not in html


def test_searching_leaves_nothing_behind(client, caplog):
    index()

    response = client.get("/en/search/", {"q": "secret"})

    assert not response.cookies
    assert "secret" not in caplog.text
