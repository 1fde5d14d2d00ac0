"""Loading the curriculum's files: safe to repeat, and never over what an editor changed."""

import contextlib
import io
import shutil

import polib
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import Page
from wagtail.signals import page_published

from cms.home.models import HomePage
from curriculum import content_messages
from curriculum.loading.load import load_curriculum
from curriculum.models import LessonPage, LoadedItem, LoadedOrder, ModulePage
from curriculum.queries import catalogue
from curriculum.source.faults import ContentError
from curriculum.source.reader import read_module
from quizzes.models import Choice, Objective, Question, Quiz
from tests.curriculum import sample_module
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


class Curriculum:
    """The sample module's folder and its catalogues, changed and loaded at will."""

    def __init__(self, root):
        self.content = root / "content"
        self.locale = root / "locale"
        self.folder = sample_module.write(self.content)

    def load(self):
        return load_curriculum(HomePage, content_dir=self.content, locale_dir=self.locale)

    def change(self, name, old, new):
        sample_module.change(self.folder, name, old, new)

    def list_lessons(self, *names):
        """Change the module's list to `names`, with a file for each and no other."""
        text = (self.folder / "module.yaml").read_text(encoding="utf-8")
        listed = next(line for line in text.splitlines() if line.startswith("lessons: "))
        self.change("module", listed, f"lessons: [{', '.join(names)}]")
        for path in self.folder.glob("*.yaml"):
            if path.stem not in ("module", *names):
                path.unlink()
        for name in names:
            if not (self.folder / f"{name}.yaml").exists():
                sample_module.write_lesson(self.folder, name)

    def translate(self, language="hi", review="reviewed", mark="हि", leave=()):
        """Translate each sentence as itself with `mark` before it, but those whose path is in `leave`."""
        path = content_messages.make(read_module(self.folder), language, self.locale)
        catalogue_file = polib.pofile(str(path))
        for entry in catalogue_file:
            if not entry.msgctxt.startswith(tuple(leave) or ("none",)):
                entry.msgstr = f"{mark} {entry.msgid}"
                entry.flags = []
            entry.tcomment = f"review: {review}"
        catalogue_file.save()


@pytest.fixture
def curriculum(tmp_path, settings):
    settings.LANGUAGES = [("en", "English"), ("hi", "Hindi")]
    return Curriculum(tmp_path)


def lesson(slug="first", language="en"):
    return LessonPage.objects.get(slug=slug, locale__language_code=language)


def in_order(module="sample"):
    """The slugs of a module's lessons as readers meet them."""
    return [one.slug for info in catalogue.modules("en") if info.slug == module for one in info.lessons]


def edit(page, **fields):
    """Change a page as an editor does who may publish."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=StaffFactory()).publish()


@contextlib.contextmanager
def refused(slug, reason):
    """A site that refuses the page `slug` when it is published, for `reason`."""

    def refuse(instance, **_signal):
        if instance.slug == slug:
            raise ValidationError(reason)

    page_published.connect(refuse)
    yield
    page_published.disconnect(refuse)


def snapshot():
    """Everything that a load writes."""
    models = (Page, ModulePage, LessonPage, Question, Choice, Objective, Quiz, LoadedItem, LoadedOrder)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_the_first_load_makes_pages_questions_and_quizzes(curriculum):
    report = curriculum.load()

    assert "lesson/first@en" in report.written
    assert lesson().title == "First steps"
    assert lesson().get_parent().specific.title == "Good company"
    assert [objective.code for objective in lesson().objectives.all()] == ["MID-X1"]
    assert Question.objects.get(key="practice-01").choices.get(key="a").is_correct
    assert list(Quiz.objects.get(key="sample-final").questions.values_list("key", flat=True)) == ["final-01"]
    assert [one.title for one in catalogue.modules("en")[0].lessons] == ["First steps", "Second steps"]


def test_a_second_load_changes_nothing(curriculum):
    curriculum.translate()
    curriculum.load()
    before = snapshot()

    report = curriculum.load()

    assert report.written == []
    assert report.kept == []
    assert snapshot() == before


def test_a_second_load_in_another_language_changes_nothing_either(curriculum):
    curriculum.translate()
    curriculum.load()

    with translation.override("hi"):
        report = curriculum.load()

    assert report.written == []
    assert report.kept == []


def test_a_changed_sentence_is_updated(curriculum):
    curriculum.load()
    curriculum.change("first", "title: First steps", "title: First paces")
    curriculum.change("first", "text: Nobody", "text: No one at all")

    report = curriculum.load()

    assert report.written == ["question/practice-01", "lesson/first@en"]
    assert lesson().title == "First paces"
    assert Question.objects.get(key="practice-01").choices.get(key="b").text == "No one at all"


def test_a_choice_that_left_the_file_leaves_the_question(curriculum):
    curriculum.load()
    curriculum.change(
        "first", "      - key: c\n        text: Hiding\n        why: Nobody sees it then.\n", ""
    )
    curriculum.change("first", "        text: Asking\n        correct: true\n", "        text: Asking\n")
    curriculum.change("first", "kind: multiple", "kind: single")

    curriculum.load()

    assert list(Choice.objects.filter(question__key="check-01").values_list("key", flat=True)) == ["a", "b"]


def test_the_order_of_a_quiz_follows_the_file(curriculum):
    curriculum.load()
    question = sample_module.MODULE[sample_module.MODULE.index("    - key: final-01") :]
    curriculum.change("module", question, question.replace("final-01", "final-02") + question)

    curriculum.load()

    keys = Quiz.objects.get(key="sample-final").places.values_list("question__key", flat=True)
    assert list(keys) == ["final-02", "final-01"]


def test_an_edited_page_is_kept_and_the_report_says_so(curriculum):
    curriculum.load()
    edit(lesson(), summary="Better words.")
    curriculum.change("first", "title: First steps", "title: First paces")

    report = curriculum.load()

    assert report.kept == ["lesson/first@en"]
    assert lesson().summary == "Better words."
    assert lesson().title == "First steps"


def test_an_editors_draft_is_kept(curriculum):
    curriculum.load()
    page = lesson()
    page.summary = "Words that nobody has approved yet."
    page.save_revision(user=StaffFactory())
    curriculum.change("first", "title: First steps", "title: First paces")

    report = curriculum.load()

    assert report.kept == ["lesson/first@en"]
    assert lesson().get_latest_revision_as_object().summary == "Words that nobody has approved yet."
    assert lesson().summary == "Begin here."


def test_objectives_chosen_by_an_editor_are_kept(curriculum):
    curriculum.load()
    page = lesson()
    page.objectives = [Objective.objects.create(code="MID-X2", text_en="Stay kind.")]
    page.save_revision(user=StaffFactory()).publish()
    curriculum.change("first", "title: First steps", "title: First paces")

    report = curriculum.load()

    assert report.kept == ["lesson/first@en"]
    assert [objective.code for objective in lesson().objectives.all()] == ["MID-X2"]


def test_a_page_that_an_editor_took_down_stays_down(curriculum):
    curriculum.load()
    lesson().unpublish()
    curriculum.change("first", "title: First steps", "title: First paces")

    report = curriculum.load()

    assert report.kept == ["lesson/first@en"]
    assert not lesson().live


def test_an_edited_question_is_kept(curriculum):
    curriculum.load()
    question = Question.objects.get(key="practice-01")
    question.text_en = "Who stands by Ravi?"
    question.save_revision(user=StaffFactory()).publish()
    curriculum.change("first", "text: Nobody", "text: No one at all")

    report = curriculum.load()

    assert report.kept == ["question/practice-01"]
    assert Question.objects.get(key="practice-01").text_en == "Who stands by Ravi?"
    assert Choice.objects.get(question__key="practice-01", key="b").text_en == "Nobody"


def test_a_question_that_an_editor_only_drafted_is_kept(curriculum):
    curriculum.load()
    question = Question.objects.get(key="practice-01")
    question.text_en = "Who stands by Ravi?"
    question.save_revision(user=StaffFactory())
    curriculum.change("first", "text: Nobody", "text: No one at all")

    report = curriculum.load()

    assert report.kept == ["question/practice-01"]
    assert Question.objects.get(key="practice-01").text_en == "Who helps Ravi?"


def test_a_question_that_has_a_history_but_no_change_follows_the_file(curriculum):
    curriculum.load()
    Question.objects.get(key="practice-01").save_revision(user=StaffFactory()).publish()
    curriculum.change("first", "text: Nobody", "text: No one at all")

    report = curriculum.load()

    assert "question/practice-01" in report.written
    newest = Question.objects.get(key="practice-01").get_latest_revision_as_object()
    assert newest.choices.get(key="b").text_en == "No one at all"


def test_a_page_that_came_from_elsewhere_is_not_overwritten(curriculum):
    curriculum.load()
    LoadedItem.objects.filter(path="lesson/first@en").delete()

    report = curriculum.load()

    assert report.kept == ["lesson/first@en"]


def test_a_broken_file_is_named_with_its_line_and_nothing_changes(curriculum):
    curriculum.load()
    before = snapshot()
    curriculum.change("module", "title: Good company", "title: Best company")
    curriculum.change("first", "minutes: 20", "minutes: 200")

    with pytest.raises(ContentError) as caught:
        curriculum.load()

    assert "first.yaml:5: minutes: Input should be less than or equal to 60" in str(caught.value)
    assert snapshot() == before


def test_the_command_says_what_was_kept_and_what_is_broken(curriculum):
    curriculum.load()
    edit(lesson(), summary="Better words.")
    curriculum.change("first", "title: First steps", "title: First paces")
    said = io.StringIO()

    call_command("load_curriculum", content=curriculum.content, stdout=said)
    curriculum.change("first", "minutes: 20", "minutes: 200")
    with pytest.raises(CommandError, match=r"(?s)Nothing was changed.*first\.yaml:5"):
        call_command("load_curriculum", content=curriculum.content, stdout=said)

    assert "kept, since an editor changed, moved or deleted it: lesson/first@en" in said.getvalue()
    assert "1 kept" in said.getvalue()


def test_a_key_used_by_two_modules_is_a_fault_of_both_and_loads_neither(curriculum):
    shutil.copytree(curriculum.folder, curriculum.content / "middle" / "other")
    path = curriculum.content / "middle" / "other" / "module.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("key: sample\n", "key: other\n"), encoding="utf-8"
    )

    with pytest.raises(ContentError) as caught:
        curriculum.load()

    assert "first.yaml:1: lesson first is also in middle/other/first.yaml" in str(caught.value)
    assert "first.yaml:1: lesson first is also in middle/sample/first.yaml" in str(caught.value)
    assert not LessonPage.objects.exists()


def test_a_new_lesson_at_an_editors_address_is_a_fault_and_nothing_changes(curriculum):
    curriculum.load()
    made = LessonPage(title="Our own", slug="third", summary="Ours.", picture="path")
    lesson().get_parent().add_child(instance=made)
    curriculum.list_lessons("first", "second", "third")
    curriculum.change("first", "title: First steps", "title: First paces")
    before = snapshot()

    with pytest.raises(ContentError) as caught:
        curriculum.load()

    assert "third.yaml:1: the address third is that of an editor's page, “Our own”" in str(caught.value)
    assert snapshot() == before


def test_a_new_module_at_an_editors_address_is_a_fault(curriculum):
    curriculum.load()
    made = ModulePage(title="Our own", slug="another", summary="Ours.", picture="path", band="middle")
    ModulePage.objects.get(slug="sample").get_parent().add_child(instance=made)
    sample_module.write_another(curriculum.content)

    with pytest.raises(ContentError, match=r"another/module\.yaml:1: the address another"):
        curriculum.load()


def test_what_a_page_refuses_is_told_of_its_file_and_its_module_stays_as_it_was(curriculum):
    """Each module is a transaction: what was written of the others before stays, and is named."""
    sample_module.write_another(curriculum.content)
    curriculum.load()
    before = snapshot()
    curriculum.change("first", "title: First steps", "title: First paces")
    curriculum.change("second", "title: Second steps", "title: Second paces")

    with refused("second", {"slug": ["This address is taken."]}), pytest.raises(ContentError) as by_field:
        curriculum.load()
    with refused("second", "Not today."), pytest.raises(ContentError) as by_page:
        curriculum.load()

    path = curriculum.folder / "second.yaml"
    assert str(by_field.value) == f"{path}:1: slug: This address is taken."
    assert str(by_page.value) == f"{path}:1: page: Not today."
    assert by_page.value.loaded == ["another"]
    assert snapshot() == before


def test_a_title_too_long_and_an_unknown_help_line_in_a_catalogue_are_named_with_their_lines(curriculum):
    curriculum.translate()
    path = content_messages.po_path("hi", "sample", curriculum.locale)
    text = path.read_text(encoding="utf-8").replace("हि First steps", "हि" * 101)
    path.write_text(text.replace("{child-1098}", "{child-109}"), encoding="utf-8")
    lines = text.splitlines()

    with pytest.raises(ContentError) as caught:
        curriculum.load()

    title, body = "lesson/first/title", "lesson/first/blocks/welcome/body"
    assert [(fault.line, fault.message) for fault in caught.value.faults] == [
        (lines.index(f'msgctxt "{title}"') + 1, f"{title}: longer than 200 characters"),
        (lines.index(f'msgctxt "{body}"') + 1, f"{body}: no help line is called {{child-109}}"),
    ]
    assert not ModulePage.objects.exists()


def test_a_broken_catalogue_is_named_with_its_line(curriculum):
    curriculum.translate()
    path = content_messages.po_path("hi", "sample", curriculum.locale)
    path.write_text('msgid "a"\nmsgstr "b"\nnonsense\n', encoding="utf-8")

    with pytest.raises(ContentError, match=r"sample\.po:3: not a valid catalogue"):
        curriculum.load()

    assert not ModulePage.objects.exists()


def test_lessons_follow_the_order_of_the_list(curriculum):
    curriculum.translate()
    curriculum.load()
    curriculum.list_lessons("second", "first")

    report = curriculum.load()

    assert report.written == ["module/sample/lessons"]
    assert in_order() == ["second", "first"]
    assert curriculum.load().written == []


def test_a_new_lesson_takes_its_place_in_the_list_before_pages_of_editors(curriculum):
    curriculum.load()
    made = LessonPage(title="Our own", slug="our-own", summary="Ours.", picture="path")
    lesson().get_parent().add_child(instance=made)
    curriculum.list_lessons("first", "third", "second")

    curriculum.load()

    assert in_order() == ["first", "third", "second", "our-own"]


def test_lessons_that_an_editor_reordered_stay_and_the_report_says_so(curriculum):
    curriculum.list_lessons("first", "second", "third")
    curriculum.load()
    lesson("third").move(lesson("first"), pos="left")
    unchanged = curriculum.load()
    curriculum.list_lessons("second", "first", "third")

    report = curriculum.load()

    assert unchanged.kept == []
    assert report.kept == ["module/sample/lessons"]
    assert in_order() == ["third", "first", "second"]


def test_a_deleted_lesson_says_nothing_of_the_order_of_the_others(curriculum):
    curriculum.list_lessons("first", "second", "third")
    curriculum.load()
    lesson("first").delete()
    curriculum.list_lessons("first", "third", "second")

    report = curriculum.load()

    assert report.kept == ["lesson/first@en"]
    assert in_order() == ["third", "second"]


def test_an_order_from_elsewhere_is_kept(curriculum):
    curriculum.load()
    LoadedOrder.objects.all().delete()
    curriculum.list_lessons("second", "first")

    report = curriculum.load()

    assert report.kept == ["module/sample/lessons"]
    assert in_order() == ["first", "second"]


def test_live_pages_whose_files_are_gone_are_named_and_left_alone(curriculum):
    curriculum.translate()
    sample_module.write_another(curriculum.content)
    curriculum.load()
    shutil.rmtree(curriculum.content / "middle" / "another")
    curriculum.list_lessons("first")

    report = curriculum.load()

    pages = ["lesson/second@en", "lesson/second@hi", "lesson/third@en", "module/another@en"]
    assert report.orphaned == pages
    assert lesson("second").live
    lesson("second").unpublish()
    assert "lesson/second@en" not in curriculum.load().orphaned


def test_a_page_that_an_operator_deleted_does_not_come_back(curriculum):
    curriculum.translate()
    curriculum.load()
    lesson("second").delete()

    report = curriculum.load()

    assert report.kept == ["lesson/second@en"]
    assert in_order() == ["first"]
    assert [one.slug for one in catalogue.modules("hi")[0].lessons] == ["first"]


def test_a_module_that_an_operator_deleted_does_not_come_back(curriculum):
    curriculum.load()
    ModulePage.objects.get(slug="sample").delete()

    report = curriculum.load()

    assert report.kept == ["module/sample@en"]
    assert not LessonPage.objects.exists()


def test_a_translation_that_an_operator_deleted_does_not_come_back(curriculum):
    curriculum.translate()
    curriculum.load()
    lesson("second", "hi").delete()

    report = curriculum.load()

    assert report.kept == ["lesson/second@hi"]
    assert not LessonPage.objects.filter(slug="second", locale__language_code="hi").exists()


def test_translations_are_applied_with_their_review_state(curriculum):
    curriculum.translate(review="reviewed")

    report = curriculum.load()

    page = lesson(language="hi")
    assert "lesson/first@hi" in report.written
    assert page.live
    assert page.title == "हि First steps"
    assert page.body[0].value["heading"] == "हि A start"
    assert page.body[0].id == lesson().body[0].id
    assert page.review_state == "reviewed"
    assert [objective.code for objective in page.objectives.all()] == ["MID-X1"]
    question = Question.objects.get(key="practice-01")
    assert question.text_hi == "हि Who helps Ravi?"
    assert question.review_states == {"hi": "reviewed"}
    assert Objective.objects.get(code="MID-X1").text_hi == "हि Choose good company."


def test_a_better_translation_replaces_the_first(curriculum):
    curriculum.translate()
    curriculum.load()
    curriculum.translate(mark="नया", review="approved")

    curriculum.load()

    assert lesson(language="hi").title == "नया First steps"
    assert lesson(language="hi").review_state == "approved"


def test_a_page_with_a_sentence_missing_is_not_made(curriculum):
    curriculum.translate(leave=["lesson/first/blocks/welcome"])

    curriculum.load()

    assert not LessonPage.objects.filter(slug="first", locale__language_code="hi").exists()
    assert lesson("second", "hi").live


def test_lessons_wait_for_their_module_to_be_translated(curriculum):
    curriculum.translate(leave=["module/sample/title"])

    curriculum.load()

    assert not ModulePage.objects.filter(locale__language_code="hi").exists()
    assert not LessonPage.objects.filter(locale__language_code="hi").exists()
    assert catalogue.modules("hi")[0].is_fallback


def test_an_edited_translation_is_kept(curriculum):
    curriculum.translate()
    curriculum.load()
    edit(lesson(language="hi"), summary="बेहतर शब्द")
    curriculum.translate(mark="नया")

    report = curriculum.load()

    assert report.kept == ["lesson/first@hi"]
    assert lesson(language="hi").summary == "बेहतर शब्द"


def test_an_old_translation_is_not_put_to_english_that_an_editor_changed(curriculum):
    curriculum.load()
    edit(lesson(), summary="Stop and think first.")
    curriculum.translate()

    curriculum.load()

    assert not LessonPage.objects.filter(slug="first", locale__language_code="hi").exists()


def test_a_translation_whose_english_changed_since_waits_for_its_translator(curriculum):
    curriculum.translate()
    curriculum.load()
    curriculum.change("first", "summary: Begin here.", "summary: Begin right here.")
    content_messages.make(read_module(curriculum.folder), "hi", curriculum.locale)

    curriculum.load()

    assert lesson().summary == "Begin right here."
    assert lesson(language="hi").summary == "हि Begin here."
