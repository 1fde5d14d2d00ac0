import copy
import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.core.templatetags.pictures import PICTURES, UnknownPictureError
from curriculum.blocks import LESSON_BLOCKS
from curriculum.models import LessonPage, ModulePage
from curriculum.presenters.lessons import render_steps
from curriculum.queries import catalogue
from tests.curriculum.building import block, help_line, index, items, lesson, module, question, translated

pytestmark = pytest.mark.django_db
ACTION = "/class/lessons/x/"


def steps_of(page, language="en", answers=None):
    info = catalogue.lesson(page.translation_key, language)
    return render_steps(info, language=language, answers=answers or {}, action=ACTION)


def html_of(*blocks, language="en", answers=None):
    return steps_of(lesson(module(index()), body=list(blocks)), language, answers)[0].html


@pytest.fixture
def in_production(settings):
    """Templates as readers get them, where nobody is debugging."""
    settings.TEMPLATES = copy.deepcopy(configured.TEMPLATES)
    for engine in settings.TEMPLATES:
        engine["OPTIONS"]["debug"] = False


def cleaned(kind, **value):
    """What Wagtail's editor makes of a block's fields, or the errors that it shows."""
    found = dict(LESSON_BLOCKS)[kind]
    return found.clean(found.to_python(value))


def form_of(page, **changes):
    """The page's form in Wagtail's editor, sent with `changes` and nothing else."""
    empty = nested_form_data({"body": streamfield([]), "teacher_guide": streamfield([])})
    return type(page).get_edit_handler().get_form_class()(data=empty | changes, instance=page)


def test_every_drawing_that_a_template_names_is_there():
    root = Path(configured.BASE_DIR)
    templates = [
        path for app in ("cms", "curriculum", "quizzes", "schools") for path in (root / app).rglob("*.html")
    ]
    named = [
        (path.name, name)
        for path in templates
        for name in re.findall(r'{% picture "([^"]+)"', path.read_text(encoding="utf-8"))
    ]

    assert len(named) > 20
    assert [found for found in named if not (PICTURES / f"{found[1]}.svg").is_file()] == []


def test_a_page_cannot_be_saved_with_a_drawing_that_is_not_there():
    page = module(index())
    page.picture = "shieldd"

    with pytest.raises(ValidationError, match="shieldd"):
        page.save_revision().publish()

    assert ModulePage.objects.get(pk=page.pk).picture == "chat"


@pytest.mark.parametrize("make", [lambda top: top, lesson])
def test_the_editor_chooses_a_pages_drawing_from_a_list(make):
    page = make(module(index()))

    html = str(form_of(page)["picture"])

    assert html.startswith("<select")
    assert '<option value="shield">shield</option>' in html
    assert "picture" in form_of(page, picture="shieldd").errors
    assert "picture" not in form_of(page, picture="shield").errors


def test_the_editor_chooses_a_blocks_drawing_from_a_list():
    assert cleaned("text", heading="", body="We begin.", picture="shield")["picture"] == "shield"
    assert cleaned("text", heading="", body="We begin.", picture="")["picture"] == ""
    with pytest.raises(ValidationError) as caught:
        cleaned("text", heading="", body="We begin.", picture="shieldd")

    assert list(caught.value.block_errors) == ["picture"]


@pytest.mark.parametrize("address", ["", "learn/", "learn/good-company/", "learn/good-company/first-steps/"])
def test_readers_do_without_a_drawing_that_went_missing(client, in_production, caplog, address):
    page = lesson(module(index()), body=[block("text", heading="", body="We begin.", picture="shieldd")])
    ModulePage.objects.update(picture="shieldd")
    LessonPage.objects.filter(pk=page.pk).update(picture="shieldd")

    response = client.get(f"/en/{address}")

    assert response.status_code == 200
    assert "A page asks for a drawing that we do not have: shieldd" in caplog.messages


def test_a_developer_is_told_of_a_drawing_that_is_not_there():
    with pytest.raises(UnknownPictureError, match="shieldd"):
        render_to_string("curriculum/blocks/text.html", {"value": {"picture": "shieldd"}})


@pytest.mark.parametrize("text", ["Call {child-109} now.", "Call {child-1098 now.", "Call {hidden} now."])
def test_the_editor_refuses_help_lines_that_the_site_does_not_show(text):
    help_line()
    help_line("hidden", is_published=False, is_for_children=False)
    with pytest.raises(ValidationError) as caught:
        cleaned("key_idea", body=text)

    said = caught.value.block_errors["body"].messages
    assert re.findall(r"\S*\{\S*", text)[0] in said[0]
    assert said[0].endswith("It shows {child-1098}.")


def test_the_editor_checks_help_lines_in_the_items_of_a_block():
    help_line()
    said = [{"type": "item", "value": {"myth": "No.", "fact": "Call {child-109}."}, "id": "1"}]

    with pytest.raises(ValidationError):
        cleaned("myth_fact", heading="True?", intro="", items=said)


def test_the_editor_takes_help_lines_that_the_site_shows():
    help_line()

    assert cleaned("key_idea", body="Call {child-1098} now.")["body"] == "Call {child-1098} now."
    assert cleaned("help", body="", lines=["child-1098"])["lines"] == ["child-1098"]


def test_a_help_panel_lists_only_lines_that_the_site_shows():
    help_line()
    help_line("hidden", is_published=False, is_for_children=False)

    for key in ("child-109", "hidden"):
        with pytest.raises(ValidationError):
            cleaned("help", body="", lines=[key])


@pytest.mark.parametrize("field", ["summary", "family_note"])
def test_the_editor_checks_help_lines_in_a_pages_own_words(field):
    help_line()
    page = module(index())

    wrong = form_of(page, **{field: "Call {child-109}."})
    right = form_of(page, **{field: "Call {child-1098}."})

    assert wrong.errors[field] == ["The site shows no help line called {child-109}. It shows {child-1098}."]
    assert field not in right.errors


def test_text_with_a_drawing():
    html = html_of(block("text", heading="A start", body="We **begin**.", picture="chat"))

    assert "<h2>A start</h2>" in html
    assert "<p>We <strong>begin</strong>.</p>" in html
    assert 'class="picture block__picture"' in html


def test_text_without_heading_or_drawing():
    html = html_of(block("text", heading="", body="We begin.", picture=""))

    assert "<h2>" not in html
    assert "<svg" not in html


def test_key_idea():
    assert "Stop and tell." in html_of(block("key_idea", body="Stop and tell."))


def test_steps_with_and_without_words():
    found = items({"title": "Breathe", "body": "Slowly."}, {"title": "Tell", "body": ""})
    html = html_of(block("steps", heading="Do this", intro="Three things.", items=found))

    assert "<p>Three things.</p>" in html
    assert '<p class="steps__title">Breathe</p><div class="prose"><p>Slowly.</p></div>' in html
    assert '<p class="steps__title">Tell</p></li>' in html


@pytest.mark.parametrize("intro", ["", "Read these."])
def test_myth_and_fact_open_without_a_script(intro):
    cards = items({"myth": "Nobody helps.", "fact": "Many people help."})
    html = html_of(block("myth_fact", heading="True?", intro=intro, items=cards))

    assert "<summary>Nobody helps.</summary>" in html
    assert "In fact" in html
    assert "<p>Many people help.</p>" in html
    assert ("Read these." in html) == bool(intro)


def test_a_chat_shows_its_signs_only_when_opened():
    said = items(
        {"who": "Ravi", "side": "them", "body": "asks for a secret", "sign": "Secrets are a sign."},
        {"who": "Asha", "side": "me", "body": "says no", "sign": ""},
    )
    html = html_of(block("chat", heading="A chat", intro="Read it.", items=said))

    assert "chat__line--them" in html
    assert "chat__line--me" in html
    assert html.count("<details") == 1
    assert "What do you notice?" in html
    assert "<p>Secrets are a sign.</p>" in html


def test_choose_next_says_each_verdict_in_a_word():
    choices = items(
        {"choice": "Tell", "outcome": "She is heard.", "verdict": "safe"},
        {"choice": "Wait", "outcome": "It goes on.", "verdict": "unsure"},
        {"choice": "Pay", "outcome": "They ask again.", "verdict": "risky"},
    )
    html = html_of(block("choose_next", heading="Next?", situation="A push.", items=choices))

    assert "A safe choice" in html
    assert "Not sure yet" in html
    assert "A risky choice" in html
    assert "reveal--risky" in html


@pytest.mark.parametrize("intro", ["", "Sort these."])
def test_sort_names_the_group_and_the_reason(intro):
    groups = items({"key": "keep", "label": "Keep it"}, {"key": "leave", "label": "Leave it"})
    cards = items({"body": "The name", "bin": "keep", "why": "It helps later."})
    html = html_of(block("sort", heading="Sort", intro=intro, bins=groups, items=cards))

    assert '<p class="reveal__label">Keep it</p><p>It helps later.</p>' in html
    assert '<p class="reveal__label">Leave it</p>' not in html
    assert ("Sort these." in html) == bool(intro)


@pytest.mark.parametrize("intro", ["", "In pairs."])
def test_talk_together_keeps_the_teachers_note_to_teachers(intro):
    prompts = items({"prompt": "Whom could Asha tell?"})
    html = html_of(
        block("talk_together", heading="Talk", intro=intro, items=prompts, note="Watch quiet ones.")
    )

    assert "Whom could Asha tell?" in html
    assert "Watch quiet ones." not in html
    assert ("In pairs." in html) == bool(intro)


@pytest.mark.parametrize("body", ["", "They listen."])
def test_help_shows_the_lines_in_the_order_given_and_skips_unknown_ones(body):
    help_line()
    help_line("erss-112", numbers=["112"], name_en="Emergency number 112")

    html = html_of(block("help", body=body, lines=["erss-112", "gone", "child-1098"]))

    assert html.index('href="tel:112"') < html.index('href="tel:1098"')
    assert html.count('class="help-line"') == 2
    assert ("They listen." in html) == bool(body)


def test_a_check_is_a_form_that_answers_by_get():
    asked = question()
    html = html_of(block("check", question=asked.pk))

    assert f'<form class="quiz" method="get" action="{ACTION}#b-' in html
    assert html.count('type="radio" name="q-what-first"') == 3
    assert "Choose one." in html
    assert "Reason" not in html


def test_a_right_answer_is_told_with_every_reason():
    asked = question()
    html = html_of(block("check", question=asked.pk), answers={"what-first": ["a"]})

    assert "Yes, that is right." in html
    assert "choice--right" in html
    assert "Reason a" in html
    assert "Reason c" in html


def test_a_wrong_answer_is_told_kindly_and_gives_the_others_away_to_nobody():
    asked = question()
    html = html_of(block("check", question=asked.pk), answers={"what-first": ["b"]})

    assert "Not quite. Here is why." in html
    assert "Reason b" in html
    assert "Reason a" not in html
    assert "Check again" in html


def test_several_right_choices_may_be_found_bit_by_bit():
    asked = question(kind="multiple")
    page = lesson(module(index()), body=[block("check", question=asked.pk)])

    some = steps_of(page, answers={"what-first": ["a"]})[0].html
    all_of_them = steps_of(page, answers={"what-first": ["a", "b"]})[0].html
    too_many = steps_of(page, answers={"what-first": ["a", "b", "c"]})[0].html

    assert "Good so far. There is more to find." in some
    assert "Choose all that are right." in some
    assert "Yes, that is right." in all_of_them
    assert "Not quite. Here is why." in too_many


@pytest.mark.parametrize("answer", [["nothing-like-it"], []])
def test_an_answer_that_is_none_is_not_replied_to(answer):
    asked = question()

    html = html_of(block("check", question=asked.pk), answers={"what-first": answer})

    assert "feedback" not in html


def test_a_question_that_was_taken_back_or_deleted_is_left_out():
    taken_back = question("taken-back")
    taken_back.live = False
    taken_back.save()
    deleted = question("deleted")
    page = lesson(
        module(index()),
        body=[
            block("check", question=taken_back.pk),
            block("check", question=deleted.pk),
            block("key_idea", body="Still here."),
        ],
    )
    deleted.delete()

    kinds = [step.kind for step in steps_of(page)]

    assert kinds == ["key_idea"]


def test_blocks_are_made_once_and_only_the_answered_question_again(django_assert_num_queries):
    asked = question()
    page = lesson(module(index()), body=[block("key_idea", body="Once."), block("check", question=asked.pk)])
    first = steps_of(page)

    with django_assert_num_queries(0):
        second = steps_of(page, answers={"what-first": ["a"]})

    assert second[0] == first[0]
    assert second[1].html != first[1].html
    assert [step.key for step in second] == [step.key for step in first]


def test_a_lesson_shown_in_another_language_says_so_on_every_block():
    help_line(name_ur="چائلڈ ہیلپ لائن 1098", what_for_ur="ہر بچے کے لیے۔")
    page = lesson(module(index()), body=[block("help", body="They listen.", lines=["child-1098"])])

    html = steps_of(page, "ur")[0].html

    assert '<section class="block block--help" id="b-' in html
    assert '" lang="en" dir="ltr">' in html
    assert '<ul class="help-lines" lang="ur" dir="rtl">' in html
    assert "چائلڈ ہیلپ لائن 1098" in html
    with translation.override("ur"):
        mark = gettext("Draft translation, not yet read by a native reader. See the English words.")
    assert mark in html


def test_a_question_that_is_not_translated_is_marked_inside_a_translated_lesson():
    asked = question()
    top = module(index())
    page = lesson(top, body=[block("check", question=asked.pk)])
    translated(top, "hi", title="अच्छा साथ")
    translated(page, "hi", title="पहले क़दम")

    html = steps_of(page, "hi")[0].html

    assert 'autocomplete="off" lang="en" dir="ltr">' in html


def test_a_translated_question_is_asked_in_the_readers_words():
    asked = question(text_hi="पहले क्या?")
    for choice in asked.choices.all():
        choice.text_hi, choice.why_hi = f"उत्तर {choice.key}", f"कारण {choice.key}"
        choice.save()
    top = module(index())
    page = lesson(top, body=[block("check", question=asked.pk)])
    translated(top, "hi")
    translated(page, "hi")

    html = steps_of(page, "hi")[0].html

    assert "पहले क्या?" in html
    assert "उत्तर a" in html
    assert 'lang="en"' not in html
