import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from curriculum.models import LessonPage, ModulePage
from tests.curriculum.building import (
    block,
    help_line,
    index,
    lesson,
    module,
    practice_quiz,
    question,
    translated,
)

pytestmark = pytest.mark.django_db
LESSON = "learn/good-company/first-steps/"


def test_the_list_shows_modules_by_class_band(client):
    top = index()
    lesson(module(top))
    module(top, "later", title="Later on", band="secondary-1")

    html = client.get("/en/learn/").content.decode()

    assert html.index("Classes 6 to 8") < html.index("Good company") < html.index("Classes 9 and 10")
    assert html.index("Classes 9 and 10") < html.index("Later on")
    assert "1 lesson<" in html
    assert "Classes 3 to 5" not in html


def test_an_empty_list_says_what_it_is_for_and_leads_to_help(client):
    index()

    html = client.get("/en/learn/").content.decode()

    assert "No lessons yet" in html
    assert 'class="button" href="/en/help/"' in html


def test_a_module_shows_lessons_objectives_and_the_way_to_families(client):
    top = module(index())
    page = lesson(top)
    page.objectives.add(question().objective)
    page.save()

    html = client.get("/en/learn/good-company/").content.decode()

    assert 'href="/en/learn/good-company/first-steps/"' in html
    assert "Lesson 1" in html
    assert "Begin well." in html
    assert 'href="/en/learn/good-company/family/"' in html


def test_a_module_without_a_family_note_or_objectives_leaves_them_out(client):
    lesson(module(index(), family_note=""))

    html = client.get("/en/learn/good-company/").content.decode()

    assert "family/" not in html
    assert "What these lessons teach" not in html


def test_families_read_the_notes_of_the_module_and_its_lessons(client):
    help_line()
    top = module(index(), family_note="Listen first. {child-1098}")
    lesson(top, family_note="Ask about the lesson.")
    lesson(top, "second", title="Second", family_note="")

    html = client.get("/en/learn/good-company/family/").content.decode()

    assert "Listen first." in html
    assert 'href="tel:1098"' in html
    assert "Ask about the lesson." in html
    assert "Second" not in html


def test_the_teachers_guide_is_on_no_public_page(client):
    guide = [block("section", heading="Before you start", body="For the teacher alone.")]
    top = module(index(), teacher_guide=guide)
    lesson(top, teacher_guide=guide, body=[block("key_idea", body="Read on.")])

    for path in ("learn/", "learn/good-company/", "learn/good-company/family/", LESSON):
        html = client.get(f"/en/{path}").content.decode()

        assert "For the teacher alone." not in html
        assert "Before you start" not in html


def test_a_lesson_shows_its_blocks_its_practice_and_what_comes_next(client):
    top = module(index())
    first = lesson(top, body=[block("key_idea", body="Stop and tell.")])
    first.objectives.add(question().objective)
    first.save()
    practice_quiz(first, question("practise"))
    lesson(top, "second", title="The second lesson")

    html = client.get(f"/en/{LESSON}").content.decode()

    assert "Stop and tell." in html
    assert "About 20 minutes" in html
    assert 'id="p-practise"' in html
    assert "Nothing is counted and nothing is kept." in html
    assert "Now you can:" in html
    assert '<a href="/en/learn/good-company/second/">The second lesson</a>' in html
    assert html.count("<h1") == 1


def test_the_last_lesson_leads_back_to_its_module(client):
    lesson(module(index()))

    html = client.get(f"/en/{LESSON}").content.decode()

    assert "Back to all lessons of this part" in html
    assert "Check yourself" not in html


def test_a_practice_question_is_answered_in_the_reply_and_kept_nowhere(client):
    page = lesson(module(index()))
    practice_quiz(page, question("practise"), question("other"))

    html = client.get(f"/en/{LESSON}", {"q-practise": "b", "unrelated": "1"}).content.decode()

    assert "Reason b" in html
    assert html.count("Here is why") == 1
    assert Session.objects.count() == 0


def test_a_page_missing_in_a_language_is_the_english_one_marked_so(client):
    page = lesson(module(index()), body=[block("key_idea", body="Stop and tell.")])
    page.objectives.add(question().objective)
    page.save()

    for path in ("learn/good-company/", "learn/good-company/family/", LESSON):
        html = client.get(f"/ur/{path}").content.decode()

        assert '<html lang="ur" dir="rtl">' in html
        with translation.override("ur"):
            assert gettext("This page is in English") in html
        assert ' lang="en" dir="ltr">' in html
        assert 'rel="canonical" href="http://testserver/en/' in html
        assert 'hreflang="ur" href' not in html.split("</head>", maxsplit=1)[0]


def test_a_lesson_missing_in_a_translated_module_falls_back_alone(client):
    top = module(index())
    lesson(top)
    other = lesson(top, "second", title="The second lesson")
    translated(top, "hi", title="अच्छा साथ", summary="साथ चुनो।")
    translated(other, "hi", title="दूसरा पाठ", summary="आगे।")

    html = client.get("/hi/learn/good-company/").content.decode()

    assert "अच्छा साथ" in html
    assert 'lang="en" dir="ltr"><a class="card__link" href="/hi/learn/good-company/first-steps/">' in html
    assert html.count("icon/globe") == 0
    assert client.get("/hi/learn/good-company/second/").status_code == 200
    assert "दूसरा पाठ" in client.get("/hi/learn/good-company/second/").content.decode()


def test_a_draft_in_the_readers_language_does_not_hide_the_english_page(client):
    top = module(index())
    hidden = translated(top, "hi", title="अच्छा साथ")
    hidden.unpublish()

    html = client.get("/hi/learn/good-company/").content.decode()

    assert "Good company" in html
    assert "अच्छा साथ" not in html


def test_a_machine_draft_says_so_and_a_reviewed_page_does_not(client):
    top = module(index())
    page = lesson(top)
    translated(top, "hi", review_state="reviewed")
    draft = translated(page, "hi", review_state="machine-draft")
    words = "draft-note"

    assert words not in client.get("/hi/learn/good-company/").content.decode()
    assert words in client.get(f"/hi/{LESSON}").content.decode()

    draft.review_state = "approved"
    draft.save()
    assert words in client.get(f"/hi/{LESSON}").content.decode(), "cached until something is published"


def test_a_page_shows_the_lowest_state_of_its_words(client):
    top = module(index())
    page = lesson(top)
    practice_quiz(page, question("practise", review_states={"hi": "machine-draft"}))
    translated(top, "hi", review_state="approved")
    translated(page, "hi", review_state="approved")

    assert "draft-note" in client.get(f"/hi/{LESSON}").content.decode()


def test_languages_are_named_to_search_machines(client):
    top = module(index())
    translated(top, "hi")

    head = client.get("/hi/learn/good-company/").content.decode().split("</head>")[0]

    assert 'rel="canonical" href="http://testserver/hi/learn/good-company/"' in head
    assert 'hreflang="en" href="http://testserver/en/learn/good-company/"' in head
    assert 'hreflang="hi" href="http://testserver/hi/learn/good-company/"' in head


@pytest.mark.parametrize(
    "path", ["learn/nothing/", "learn/good-company/nothing/", "learn/good-company/family/x/"]
)
@pytest.mark.parametrize("language", ["en", "hi", "ur"])
def test_what_does_not_exist_is_not_found(client, path, language):
    lesson(module(index()))

    assert client.get(f"/{language}/{path}").status_code == 404


def test_a_module_that_is_not_published_has_no_family_page(client):
    module(index()).unpublish()

    assert client.get("/en/learn/good-company/family/").status_code == 404


def test_no_lesson_may_take_the_address_of_the_family_note():
    page = lesson(module(index()))
    page.slug = ModulePage.FAMILY

    with pytest.raises(Exception, match="note to families"):
        page.full_clean()


def test_no_page_of_ours_can_be_made_private():
    assert ModulePage.private_page_options == []
    assert LessonPage.private_page_options == []


def queries_of(client, path) -> int:
    """How many queries the page costs when nothing is cached."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.mark.parametrize("path", ["", "learn/", "learn/good-company/", "learn/good-company/family/"])
def test_lists_cost_the_same_for_one_lesson_and_for_many(client, path):
    top = module(index())
    lesson(top, family_note="Listen.")
    client.get(f"/en/{path}")
    for_one = queries_of(client, f"/en/{path}")
    for count in range(5):
        lesson(top, f"lesson-{count}", family_note="Listen.")

    for_many = queries_of(client, f"/en/{path}")

    assert for_many == for_one


def preview(page: Page):
    return page.make_preview_request(RequestFactory().get("/cms/", HTTP_HOST="testserver"))


def test_a_preview_shows_the_draft_in_a_frame_and_is_kept_by_nobody(client):
    page = lesson(module(index()), body=[block("key_idea", body="As published.")])
    client.get(f"/en/{LESSON}")
    page.body = [block("key_idea", body="As drafted.")]

    response = preview(page)

    assert "As drafted." in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert "public" not in response.headers["Cache-Control"]
    assert "As published." in client.get(f"/en/{LESSON}").content.decode()


def test_a_lesson_that_was_never_published_can_be_previewed():
    top = module(index())
    page = lesson(top)
    page.unpublish()

    assert "We begin." in preview(LessonPage.objects.get(pk=page.pk)).content.decode()


def test_a_module_that_was_never_published_can_be_previewed():
    page = module(index())
    page.unpublish()

    assert "Good company" in preview(ModulePage.objects.get(pk=page.pk)).content.decode()
