"""The interface's catalogues: found, brought up to date, checked and compiled without gettext's programs."""

import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from cms.core import catalogues


@pytest.fixture
def locale_dir(tmp_path, settings):
    """A copy of the catalogues that a test may spoil."""
    for language in catalogues.languages():
        source = catalogues.po_path(language)
        target = tmp_path / language / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True)
        shutil.copy(source, target)
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def test_sentences_are_found_in_code_and_in_templates():
    found = {message.id for message in catalogues.sentences() if message.id}

    assert "A UDISE code has exactly 11 digits." in found
    assert "Something on your mind? You can talk to someone today." in found


def test_the_catalogues_that_we_ship_are_up_to_date_and_hindi_is_complete():
    call_command("make_messages", "--check")


def test_the_check_names_a_language_that_is_out_of_date(locale_dir):
    path = catalogues.po_path("te")
    catalogue = polib.pofile(str(path))
    catalogue.remove(catalogue[0])
    catalogue.save()

    with pytest.raises(CommandError, match="te: out of date"):
        call_command("make_messages", "--check")


def test_the_check_names_a_sentence_that_hindi_lacks(locale_dir):
    path = catalogues.po_path("hi")
    catalogue = polib.pofile(str(path))
    catalogue.find("Leave this page").msgstr = ""
    catalogue.save()
    call_command("make_messages")

    with pytest.raises(CommandError, match="hi: not translated: Leave this page"):
        call_command("make_messages", "--check")


def test_the_check_names_a_translation_that_loses_a_value(locale_dir):
    path = catalogues.po_path("hi")
    catalogue = polib.pofile(str(path))
    entry = next(one for one in catalogue if "%(" in one.msgid and not one.msgid_plural)
    entry.msgstr = "कुछ और"
    catalogue.save()
    call_command("make_messages")

    with pytest.raises(CommandError, match="hi: other values in the translation"):
        call_command("make_messages", "--check")


def test_making_brings_a_missing_catalogue_back_and_keeps_translations(locale_dir):
    shutil.rmtree(locale_dir / "te")
    before = catalogues.po_path("hi").read_bytes()

    call_command("make_messages")

    assert catalogues.po_path("te").exists()
    assert catalogues.po_path("hi").read_bytes() == before


def test_a_language_without_translations_still_answers(locale_dir):
    Path(catalogues.po_path("as")).unlink()

    call_command("compile_catalogues")

    assert catalogues.po_path("as").with_suffix(".mo").exists()
    assert translation.check_for_language("as")
