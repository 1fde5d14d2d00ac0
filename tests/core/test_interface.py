"""A page says when its own words are not in the reader's language, and when no native reader has read them."""

import pytest

from cms.core import catalogues, interface
from tests.curriculum.building import index

pytestmark = pytest.mark.django_db
MISSING = "The words of this site are not yet in"


@pytest.fixture
def catalogue(tmp_path, settings):
    """Makes a catalogue of ten sentences, of which so many are translated and so many read."""
    settings.LOCALE_PATHS = [tmp_path]

    def make(language, *, translated, read=0):
        path = catalogues.po_path(language)
        path.parent.mkdir(parents=True)
        lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=utf-8\\n"', ""]
        for number in range(10):
            lines += ["# review: reviewed"] if number < read else []
            lines += [f'msgid "sentence {number}"', f'msgstr "{"vakya" if number < translated else ""}"', ""]
        path.write_text("\n".join(lines), encoding="utf-8")

    return make


@pytest.mark.parametrize(
    ("translated", "read", "is_translated", "is_draft"),
    [
        (0, 0, False, False),
        (8, 0, False, True),
        (9, 0, True, True),
        (10, 9, True, True),
        (10, 10, True, False),
    ],
)
def test_what_a_catalogue_says_of_itself(catalogue, translated, read, is_translated, is_draft):
    catalogue("te", translated=translated, read=read)

    assert interface.of("te") == interface.Interface(is_translated, is_draft)


def test_english_is_the_source_and_a_language_without_a_catalogue_has_nothing(catalogue):
    assert interface.of("en") == interface.OWN
    assert interface.of("ml") == interface.Interface(is_translated=False, is_draft=False)


@pytest.mark.parametrize("path", ["/{}/help/", "/{}/", "/{}/search/"])
def test_a_page_without_words_in_its_language_says_so_in_english(client, catalogue, path):
    index()
    catalogue("te", translated=0)
    catalogue("kn", translated=10, read=10)

    telugu = client.get(path.format("te")).content.decode()

    assert f"{MISSING} తెలుగు. They are in English." in telugu
    assert MISSING not in client.get(path.format("kn")).content.decode()
    assert MISSING not in client.get(path.format("en")).content.decode()


def test_words_that_nobody_read_are_marked_on_every_page(client):
    index()

    assert "किसी मातृभाषी ने" in client.get("/hi/").content.decode()
    assert "No native reader" not in client.get("/en/").content.decode()
