"""The notice to families is in the language of the class as a whole, or in English and says so."""

import re
import shutil

import polib
import pytest
from django.utils import timezone
from wagtail.models import Locale

from cms.core import catalogues, content_version
from curriculum.models import ModulePage
from schools import notice_words
from schools.models import ParentNotice
from tests.curriculum.building import help_line
from tests.schools.lessons import make_module
from tests.schools.staff import browser_of, give, make_ready, text

pytestmark = pytest.mark.django_db

ENGLISH_DRAFT_LINE = "A machine made this translation. No native reader has checked it yet."
DRAFT_LINES = {
    "te": "ఈ అనువాదాన్ని యంత్రం చేసింది.",
    "ur": "یہ ترجمہ مشین نے کیا ہے۔",
}
LINES = {"te": "చైల్డ్ హెల్ప్‌లైన్ 1098", "ur": "چائلڈ ہیلپ لائن 1098"}


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def locale_dir(tmp_path, settings):
    """A copy of the catalogues that a test may spoil; it counts once it is compiled."""
    for language in catalogues.languages():
        target = tmp_path / language / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True)
        shutil.copy(catalogues.po_path(language), target)
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


def changed(language, change):
    """Change each sentence of the notice in the catalogue of a language, as a translator or reader would."""
    path = catalogues.po_path(language)
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if notice_words.TEMPLATE in dict(entry.occurrences):
            change(entry)
    catalogue.save()
    catalogues.compile_all()


def without_a_sentence(entry):
    if entry.msgid == "How you can help":
        entry.msgstr = ""


def read_by_a_native_reader(entry):
    entry.tcomment = "review: reviewed"


def speak(classroom, language):
    classroom.language = language
    classroom.save()


def sheet_of(browser, classroom):
    """The sheet's own part of its page, from its opening tag on."""
    page = text(browser.get(f"/teach/classes/{classroom.pk}/notice/sheet/"))
    return re.search(r'<article class="sheet".*</article>', page)[0]


def own_words(sheet):
    """The sheet without what is marked as another language, without names, and without tags."""
    sheet = re.sub(r"<span lang=\"en\".*?</span>|<bdi>.*?</bdi>", " ", sheet)
    return re.sub(r"<[^>]+>", " ", sheet)


class TestInTheLanguageOfTheClass:
    @pytest.mark.parametrize("language", catalogues.languages())
    def test_no_english_word_is_among_the_sheet_s_own(self, classroom, teacher, browser, language):
        """Dates, the people to ask and an English module are on the sheet too."""
        classroom.section = "7"
        speak(classroom, language)
        make_ready(classroom, teacher)
        give(classroom, teacher, make_module("Firm", is_sensitive=True))

        sheet = sheet_of(browser, classroom)

        assert f'lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}"' in sheet
        assert re.findall("[A-Za-z]+", own_words(sheet)) == []
        assert '<span lang="en" dir="ltr"><strong>Firm</strong> About Firm.</span>' in sheet
        assert "<bdi>Asha Lead</bdi>" in sheet

    @pytest.mark.parametrize("language", ["te", "ur"])
    def test_help_lines_have_their_names_in_it(self, classroom, browser, language):
        help_line(**{f"name_{language}": LINES[language], f"what_for_{language}": "…"})
        speak(classroom, language)

        assert LINES[language] in sheet_of(browser, classroom)

    def test_months_are_in_a_language_that_django_lacks(self, classroom, teacher, browser):
        speak(classroom, "as")
        make_ready(classroom, teacher)
        day = timezone.localdate().replace(month=6, day=3)
        give(classroom, teacher, make_module("Firm", is_sensitive=True), opens_on=day, due_on=day)

        assert "3 জুনৰ পৰা 3 জুনলৈ" in sheet_of(browser, classroom)

    def test_only_english_lessons_are_said_to_be_so(self, classroom, browser):
        speak(classroom, "te")
        module = make_module("Firm", is_sensitive=True)
        in_english = sheet_of(browser, classroom)

        _translate(module, "te", "గట్టిగా")
        in_telugu = sheet_of(browser, classroom)

        assert "ఈ పాఠాల వివరణ ప్రస్తుతం ఇంగ్లీషులో ఉంది." in in_english
        assert "ఇంగ్లీషులో" not in in_telugu
        assert "<span><strong>గట్టిగా</strong>" in in_telugu

    @pytest.mark.parametrize("language", ["te", "ur"])
    def test_the_record_names_it(self, classroom, browser, language):
        speak(classroom, language)

        page = _keep_the_day(browser, classroom)

        assert ParentNotice.objects.get().language == language
        assert "This notice is not yet in" not in page
        assert "The notice was in" not in page


class TestAMachineDraft:
    @pytest.mark.parametrize("language", DRAFT_LINES)
    def test_the_sheet_says_so_in_its_language_and_in_english(self, classroom, browser, language):
        speak(classroom, language)

        sheet = sheet_of(browser, classroom)

        assert DRAFT_LINES[language] in sheet
        assert f'<span lang="en" dir="ltr">{ENGLISH_DRAFT_LINE}</span>' in sheet
        assert "no-print" not in sheet

    def test_the_teacher_is_told_before_it_is_shared(self, classroom, browser):
        speak(classroom, "te")

        page = text(browser.get(f"/teach/classes/{classroom.pk}/notice/"))

        assert "A machine made the translation, and no native reader has checked it yet." in page

    def test_it_is_one_no_more_once_every_sentence_is_read(self, classroom, browser, locale_dir):
        changed("te", read_by_a_native_reader)
        speak(classroom, "te")

        sheet = sheet_of(browser, classroom)

        assert 'lang="te"' in sheet
        assert ENGLISH_DRAFT_LINE not in sheet
        assert DRAFT_LINES["te"] not in sheet

    def test_english_is_none(self, classroom, browser):
        page = text(browser.get(f"/teach/classes/{classroom.pk}/notice/"))

        assert "A machine made" not in sheet_of(browser, classroom)
        assert "A machine made" not in page


class TestALanguageWithoutEverySentence:
    @pytest.fixture(autouse=True)
    def urdu_class(self, classroom, locale_dir):
        changed("ur", without_a_sentence)
        speak(classroom, "ur")

    def test_the_whole_sheet_is_english_and_says_so(self, classroom, teacher, browser):
        make_ready(classroom, teacher)
        give(classroom, teacher, make_module("Firm", is_sensitive=True))

        sheet = sheet_of(browser, classroom)

        assert sheet.startswith('<article class="sheet" lang="en" dir="ltr">')
        assert "This notice is not yet in Urdu. It is in English." in sheet
        assert "To our families" in sheet
        assert re.findall("[\u0600-\u06ff]+", sheet) == []
        assert "A machine made" not in sheet
        assert "described in English for now" not in sheet

    def test_the_teacher_is_told(self, classroom, browser):
        page = text(browser.get(f"/teach/classes/{classroom.pk}/notice/"))

        assert "This notice is not yet in Urdu. It is in English." in page
        assert "the language of the class" not in page

    def test_the_record_says_english(self, classroom, browser):
        page = _keep_the_day(browser, classroom)

        assert ParentNotice.objects.get().language == "en"
        assert "The notice was in English." in page

    def test_other_languages_are_shown_as_before(self, classroom, browser):
        speak(classroom, "te")

        assert 'lang="te"' in sheet_of(browser, classroom)


def test_a_language_without_a_catalogue_is_shown_in_english(classroom, browser, locale_dir):
    shutil.rmtree(locale_dir / "te")
    catalogues.compile_all()
    speak(classroom, "te")

    assert "This notice is not yet in Telugu. It is in English." in sheet_of(browser, classroom)


def _keep_the_day(browser, classroom):
    address = f"/teach/classes/{classroom.pk}/notice/"
    return text(browser.post(address, {"given_on": timezone.localdate().isoformat()}, follow=True))


def _translate(module: ModulePage, language: str, title: str) -> None:
    locale = Locale.objects.get_or_create(language_code=language)[0]
    page = module.copy_for_translation(locale, copy_parents=True)
    page.title = title
    page.save_revision().publish()
    content_version.bump()
