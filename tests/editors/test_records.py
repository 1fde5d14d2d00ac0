"""Questions and help lines: a tab a language, clear rules, reviews, and each language for its translators."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from cms.help import lines
from cms.help.models import HelpLine
from quizzes.forms import choice_faults
from quizzes.models import Question
from tests.editors.forms import record_form, send_record

QUESTION = "wagtailsnippets_quizzes_question"
HELP_LINE = "wagtailsnippets_help_helpline"
LINE = {
    "key": "child-1098",
    "kind": "call",
    "numbers": "1098",
    "name_en": "Childline",
    "what_for_en": "Help.",
}


def approve(browser, kind, record):
    state = type(record).objects.get(pk=record.pk).current_workflow_task_state
    return browser.post(reverse(f"{kind}:workflow_action", args=[record.pk, "approve", state.pk]), {})


def through_both_reviews(newsroom, kind, record):
    approve(newsroom.subject_reviewer(), kind, record)
    approve(newsroom.safeguarding_reviewer(), kind, record)
    record.refresh_from_db()


def draft(record):
    return type(record).objects.get(pk=record.pk).get_latest_revision_as_object()


class TestQuestions:
    def test_a_tab_for_each_language_holds_all_of_its_words_once(self, newsroom):
        question = newsroom.question()

        html = newsroom.editor().get(reverse(f"{QUESTION}:edit", args=[question.pk])).content.decode()

        for name in ("text_hi", "choices-0-text_hi", "choices-1-why_ur", "choices-0-is_correct", "text_en"):
            assert html.count(f'name="{name}"') == 1, name
        assert html.count('name="choices-TOTAL_FORMS"') == 1
        assert html.count('role="tab"') >= 10
        assert "js/admin/choices.js" in html

    def test_a_change_goes_through_both_reviews(self, newsroom):
        question = newsroom.question()

        send_record(newsroom.editor(), QUESTION, question, do="submit", **{"choices-1-text_en": "No one"})
        before = question.choices.get(key="b").text_en
        through_both_reviews(newsroom, QUESTION, question)

        assert before == "Nobody"
        assert Question.objects.get(pk=question.pk).choices.get(key="b").text_en == "No one"

    def test_reviewed_are_the_languages_that_changed(self, newsroom):
        question = newsroom.question()
        Question.objects.filter(pk=question.pk).update(review_states={"hi": "machine-draft"})

        send_record(newsroom.editor(), QUESTION, question, do="submit", text_en="Who stands by Ravi?")
        through_both_reviews(newsroom, QUESTION, question)
        after_english = question.review_states
        send_record(newsroom.translator(), QUESTION, question, do="submit", text_hi="रवि के साथ कौन है?")
        through_both_reviews(newsroom, QUESTION, question)

        assert after_english == {"hi": "machine-draft"}
        assert question.review_states == {"hi": "approved"}
        assert question.text_en == "Who stands by Ravi?"

    def test_what_an_operator_publishes_alone_is_not_vouched_for(self, newsroom):
        question = newsroom.question()

        send_record(newsroom.operator(), QUESTION, question, do="publish", text_hi="नया प्रश्न")

        question.refresh_from_db()
        assert question.text_hi == "नया प्रश्न"
        assert question.review_states == {"hi": "machine-draft"}

    def test_an_editor_cannot_publish(self, newsroom):
        question = newsroom.question()

        send_record(newsroom.editor(), QUESTION, question, do="publish", text_en="At once?")

        question.refresh_from_db()
        assert question.text_en == "Who helps Ravi?"

    def test_a_new_question_is_a_draft_until_it_is_approved(self, newsroom):
        objective = newsroom.question().objective
        editor = newsroom.editor()
        choices = {
            "choices-TOTAL_FORMS": "2",
            **self.choice(0, "Tell someone", is_correct="on"),
            **self.choice(1, "Wait"),
        }

        send_record(
            editor,
            QUESTION,
            do="submit",
            key="new-01",
            kind="single",
            objective=str(objective.pk),
            difficulty="2",
            text_en="What helps?",
            **choices,
        )
        question = Question.objects.get(key="new-01")
        was_live = question.live
        through_both_reviews(newsroom, QUESTION, question)

        assert not was_live
        assert question.live
        assert [choice.key for choice in question.choices.all()] == ["c1", "c2"]
        assert question.review_states == {}

    def choice(self, number, text, **more):
        return {
            f"choices-{number}-text_en": text,
            f"choices-{number}-why_en": "A reason.",
            f"choices-{number}-id": "",
            f"choices-{number}-ORDER": str(number + 1),
            f"choices-{number}-DELETE": "",
            **{f"choices-{number}-{name}": value for name, value in more.items()},
        }

    def test_a_choice_is_added_and_another_goes(self, newsroom):
        question = newsroom.question()
        changes = {"choices-TOTAL_FORMS": "3", "choices-1-DELETE": "1", **self.choice(2, "A friend")}

        send_record(newsroom.editor(), QUESTION, question, do="submit", **changes)
        through_both_reviews(newsroom, QUESTION, question)

        assert [choice.text_en for choice in question.choices.all()] == ["His aunt", "A friend"]
        assert [choice.key for choice in question.choices.all()] == ["a", "c1"]

    def test_the_key_stays(self, newsroom):
        question = newsroom.question()

        send_record(newsroom.editor(), QUESTION, question, key="another", text_en="Who?")

        assert draft(question).key == "practice-01"
        assert draft(question).text_en == "Who?"

    @pytest.mark.parametrize("do", ["", "submit"])
    def test_a_question_without_a_right_choice_is_not_kept(self, newsroom, do):
        question = newsroom.question()

        answer = send_record(newsroom.editor(), QUESTION, question, do=do, **{"choices-0-is_correct": None})

        assert "Mark exactly one choice as right" in answer.content.decode()
        assert Question.objects.get(pk=question.pk).latest_revision_id is None

    def test_english_may_not_be_missing_even_in_a_draft(self, newsroom):
        question = newsroom.question()

        answer = send_record(newsroom.editor(), QUESTION, question, **{"choices-0-why_en": ""})

        assert "This field is required." in answer.content.decode()
        assert Question.objects.get(pk=question.pk).latest_revision_id is None

    @pytest.mark.parametrize(
        ("kind", "choices", "right", "words"),
        [
            ("single", 3, 1, ""),
            ("single", 3, 2, "exactly one"),
            ("single", 3, 0, "exactly one"),
            ("single", 1, 1, "at least two"),
            ("multiple", 3, 2, ""),
            ("multiple", 3, 1, "two or more"),
            ("multiple", 3, 3, "must not be right"),
            ("true-false", 2, 1, ""),
            ("true-false", 3, 1, "exactly two"),
            ("true-false", 2, 2, "exactly one"),
        ],
    )
    def test_each_kind_has_its_rule(self, kind, choices, right, words):
        faults = " ".join(choice_faults(kind, choices, right))

        assert bool(faults) == bool(words)
        assert words in faults

    def test_a_translator_writes_their_own_language_and_nothing_else(self, newsroom):
        question = newsroom.question()
        forbidden = {
            "text_en": "Changed",
            "text_mr": "बदल",
            "kind": "multiple",
            "choices-0-text_en": "Changed",
            "choices-1-DELETE": "1",
            "choices-1-is_correct": "on",
        }

        send_record(
            newsroom.translator(),
            QUESTION,
            question,
            text_hi="नया",
            **{"choices-0-text_hi": "चाची"},
            **forbidden,
        )

        kept = draft(question)
        first, second = kept.choices.all()
        assert (kept.text_hi, first.text_hi) == ("नया", "चाची")
        assert (kept.text_en, kept.kind, first.text_en) == ("Who helps Ravi?", "single", "His aunt")
        assert not kept.text_mr
        assert not second.is_correct

    def test_a_translator_adds_no_choice(self, newsroom):
        question = newsroom.question()
        changes = {"choices-TOTAL_FORMS": "3", **self.choice(2, "Another", text_hi="और")}

        answer = send_record(newsroom.translator(), QUESTION, question, **changes)

        assert "A choice is added in English first" in answer.content.decode()

    def test_a_draft_keeps_every_language_apart(self, newsroom):
        question = newsroom.question()
        with translation.override("hi"):
            question.text_en = "Who stands by Ravi?"
            question.save_revision()

        with translation.override("mr"):
            kept = draft(question)

        assert (kept.text_en, kept.text_hi) == ("Who stands by Ravi?", "हि Who helps Ravi?")

    @pytest.mark.parametrize(("language", "words"), [("en", "Who helps Ravi?"), ("hi", "हि Who helps Ravi?")])
    def test_it_can_be_seen_before_it_is_kept_in_each_language(self, newsroom, language, words):
        question, editor = newsroom.question(), newsroom.editor()
        address = reverse(f"{QUESTION}:preview_on_edit", args=[question.pk])

        sent = editor.post(address, record_form(editor, QUESTION, question))
        shown = editor.get(address, {"mode": language, "in_preview_panel": "true"})

        html = shown.content.decode()
        assert sent.json()["is_valid"]
        assert f'lang="{language}"' in html
        assert html.count(words) == 2
        assert "See the reason for every choice" in html or language == "hi"

    def test_lists_find_a_question(self, newsroom):
        html = newsroom.translator().get(reverse(f"{QUESTION}:list"), {"q": "Ravi"}).content.decode()

        assert "Who helps Ravi?" in html
        assert "What helps?" not in html


class TestObjectives:
    def test_they_are_read_and_not_changed_here(self, newsroom):
        objective = newsroom.question().objective
        kind = "wagtailsnippets_quizzes_objective"

        for browser in (newsroom.editor(), newsroom.operator()):
            listed = browser.get(reverse(f"{kind}:list")).content.decode()
            seen = browser.get(reverse(f"{kind}:inspect", args=[objective.pk])).content.decode()
            edited = browser.post(reverse(f"{kind}:edit", args=[objective.pk]), {"text_en": "Changed"})
            added = browser.get(reverse(f"{kind}:add"))

            assert "MID-X1" in listed
            assert "Choose good company." in seen
            assert edited.status_code in (302, 403)
            assert added.status_code in (302, 403)


class TestHelpLines:
    @pytest.fixture
    def line(self, newsroom):
        return HelpLine.objects.create(
            key="child-1098", kind="call", numbers=["1098"], name_en="Childline", what_for_en="Help.",
            name_hi="चाइल्डलाइन", what_for_hi="मदद", is_published=True, is_for_children=True,
            review_states={"hi": "machine-draft"},
        )  # fmt: skip

    def test_a_changed_number_waits_for_both_reviews(self, newsroom, line):
        send_record(newsroom.editor(), HELP_LINE, line, do="submit", numbers="1098\n1930")
        before = lines.by_key("en")["child-1098"].numbers
        through_both_reviews(newsroom, HELP_LINE, line)

        assert before == ("1098",)
        assert line.numbers == ["1098", "1930"]
        assert line.review_states == {"hi": "machine-draft"}

    def test_a_new_line_is_not_shown_before_it_is_approved(self, newsroom):
        send_record(newsroom.editor(), HELP_LINE, do="submit", is_published="on", order="5", **LINE)
        line = HelpLine.objects.get(key="child-1098")
        before = lines.by_key("en")
        through_both_reviews(newsroom, HELP_LINE, line)

        assert "child-1098" not in before
        assert line.live
        assert line.states == []

    def test_who_checked_it_is_whoever_says_so(self, newsroom, line):
        editor = newsroom.editor()
        today = timezone.localdate()

        send_record(editor, HELP_LINE, line, last_verified_on=today.isoformat())
        checked = draft(line)
        send_record(newsroom.editor(), HELP_LINE, line, hours="Day and night")
        kept = draft(line)
        send_record(newsroom.editor(), HELP_LINE, line, last_verified_on="")

        assert (checked.last_verified_on, checked.verified_by) == (today, editor.user)
        assert kept.verified_by == editor.user
        assert draft(line).verified_by is None

    def test_nobody_checked_it_tomorrow(self, newsroom, line):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)

        answer = send_record(newsroom.editor(), HELP_LINE, line, last_verified_on=tomorrow.isoformat())

        assert "The day of a check cannot lie in the future." in answer.content.decode()
        assert HelpLine.objects.get(pk=line.pk).latest_revision_id is None

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"numbers": ""}, "A help line to call needs a number."),
            ({"numbers": "call us"}, "A number has digits and hyphens only."),
            ({"is_published": None}, "What children see must be shown on the site."),
        ],
    )
    def test_a_mistake_is_said_in_a_sentence(self, newsroom, line, changes, words):
        answer = send_record(newsroom.editor(), HELP_LINE, line, do="submit", **changes)

        assert words in answer.content.decode()

    def test_a_translator_writes_their_own_language_and_nothing_else(self, newsroom, line):
        send_record(
            newsroom.translator(),
            HELP_LINE,
            line,
            do="submit",
            name_hi="चाइल्ड लाइन",
            numbers="112",
            name_en="Changed",
            last_verified_on="2020-01-01",
        )
        through_both_reviews(newsroom, HELP_LINE, line)

        assert line.name_hi == "चाइल्ड लाइन"
        assert line.numbers == ["1098"]
        assert line.name_en == "Childline"
        assert line.last_verified_on is None
        assert line.review_states == {"hi": "approved"}
