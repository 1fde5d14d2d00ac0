"""Modules, families, previews and guides, through the front door."""

import pytest
from django.utils import timezone

from schools.models import Assignment, Classroom, OptOut, ParentNotice
from tests.factories import (
    ReadinessFactory,
)
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, give, make_ready, shown, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/"


def test_a_module_is_given_with_dates(classroom, browser, base):
    module = make_module("Chats")
    today = timezone.localdate()
    address = f"{base}modules/{module.translation_key}/"
    offered = text(browser.get(f"{base}modules/"))

    page = browser.post(address, {"opens_on": today, "due_on": today}, follow=True)

    assert address in offered
    assert "Your class has the module “Chats” now." in text(page)
    assert "Your class has it" in text(browser.get(f"{base}modules/"))


def test_giving_it_twice_is_told_and_harmless(classroom, teacher, browser, base):
    module = make_module("Chats")
    give(classroom, teacher, module)
    today = timezone.localdate()

    page = browser.post(
        f"{base}modules/{module.translation_key}/", {"opens_on": today, "due_on": today}, follow=True
    )

    assert "Your class has this module already." in text(page)
    assert Assignment.objects.count() == 1


def test_dates_the_wrong_way_round_are_told(classroom, browser, base):
    module = make_module("Chats")

    page = text(
        browser.post(
            f"{base}modules/{module.translation_key}/", {"opens_on": "2026-12-02", "due_on": "2026-12-01"}
        )
    )

    assert "The last day cannot come before the first." in page


def test_a_sensitive_module_tells_what_is_missing_and_cannot_be_forced(classroom, browser, base):
    module = make_module("Firm", is_sensitive=True)
    today = timezone.localdate()
    address = f"{base}modules/{module.translation_key}/"
    listed, opened = text(browser.get(f"{base}modules/")), text(browser.get(address))

    page = browser.post(address, {"opens_on": today, "due_on": today}, follow=True)

    assert "Waits for what is missing" in listed
    assert "Before this can open" in opened
    assert '<form class="form"' not in opened
    assert "This module cannot open yet." in text(page)
    assert not Assignment.objects.exists()


def test_with_all_in_place_the_teacher_is_led_to_the_guide(classroom, teacher, browser, base):
    module = make_module("Firm", is_sensitive=True)
    make_ready(classroom, teacher)

    page = text(browser.get(f"{base}modules/{module.translation_key}/"))

    assert "Read the teacher" in page
    assert "/teach/guide/firm/" in page


def test_a_class_of_an_age_without_modules_is_told_so(classroom, browser, base):
    module = make_module()
    Classroom.objects.filter(pk=classroom.pk).update(class_level=11)

    assert "No modules for this class yet" in text(browser.get(f"{base}modules/"))
    assert browser.get(f"{base}modules/{module.translation_key}/").status_code == 404


def test_dates_change_and_a_module_is_taken_back(classroom, teacher, browser, base):
    assignment = give(classroom, teacher, make_module("Chats"))
    one = f"{base}modules/{assignment.pk}/"
    shown = text(browser.get(f"{one}dates/"))
    browser.post(f"{one}dates/", {"opens_on": "2026-12-01", "due_on": "2026-12-24"})
    assignment.refresh_from_db()
    asked = text(browser.get(f"{one}undo/"))

    page = browser.post(f"{one}undo/", follow=True)

    assert timezone.localdate().isoformat() in shown
    assert assignment.due_on.isoformat() == "2026-12-24"
    assert "What they did is kept" in asked
    assert "The class no longer has this module." in text(page)
    assert browser.get(f"{one}dates/").status_code == 404


def test_a_module_that_is_no_longer_there_can_still_be_taken_back(classroom, teacher, browser, base):
    assignment = give(classroom, teacher, make_module("Chats"))
    Assignment.objects.filter(pk=assignment.pk).update(module_key="00000000-0000-0000-0000-000000000000")

    assert browser.get(f"{base}modules/{assignment.pk}/undo/").status_code == 200


def test_the_notice_is_in_the_language_of_the_class(classroom, teacher, browser, base):
    Classroom.objects.filter(pk=classroom.pk).update(language="ur")
    make_module("Firm", is_sensitive=True)
    ReadinessFactory(school=classroom.school)

    page = text(browser.get(f"{base}notice/sheet/"))

    assert 'lang="ur" dir="rtl"' in page
    assert "Asha Lead" in page
    assert "Firm" in page


def test_the_notice_says_when_and_whom_to_ask(classroom, teacher, browser, base):
    module = make_module("Firm", is_sensitive=True)
    make_ready(classroom, teacher)
    give(classroom, teacher, module)

    page = text(browser.get(f"{base}notice/sheet/"))

    assert "You need not give a reason." in page
    assert "From " in page


def test_without_a_safety_lead_the_notice_still_stands(classroom, browser, base):
    assert "The class teacher" in text(browser.get(f"{base}notice/sheet/"))


def test_the_notice_says_all_that_is_kept_about_a_child(classroom, browser, base):
    page = text(browser.get(f"{base}notice/sheet/"))

    for kept in ("An alias", "roll number", "four pictures", "finished", "answers", "other work"):
        assert kept in page


def test_the_day_of_the_notice_is_kept(classroom, browser, base):
    today = timezone.localdate().isoformat()

    page = browser.post(f"{base}notice/", {"given_on": today}, follow=True)

    assert "The day is kept." in text(page)
    assert ParentNotice.objects.get().given_on.isoformat() == today


def test_a_day_to_come_is_refused(classroom, browser, base):
    page = text(browser.post(f"{base}notice/", {"given_on": "2999-01-01"}))

    assert "Write the day once families have the notice." in page
    assert not ParentNotice.objects.exists()


def test_opt_outs_are_marked_and_shown_on_this_page_only(classroom, teacher, enrolments, browser, base):
    give(classroom, teacher, make_module("Chats"))
    plain = shown(browser.get(base))

    browser.post(f"{base}notice/other-work/", {"student": [enrolments[0].pk, "x", "²"]})

    assert OptOut.objects.get().enrolment == enrolments[0]
    assert "checked" in text(browser.get(f"{base}notice/"))
    assert shown(browser.get(base)) == plain


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "-1"])
def test_a_number_that_is_nobody_s_marks_nobody(classroom, enrolments, browser, base, number):
    response = browser.post(f"{base}notice/other-work/", {"student": number})

    assert response.status_code == 302
    assert not OptOut.objects.exists()


def test_without_students_nobody_can_be_marked(classroom, browser, base):
    assert "The class has no students yet." in text(browser.get(f"{base}notice/"))


def test_there_is_a_way_to_every_lesson_and_guide(classroom, browser):
    empty = text(browser.get("/teach/modules/"))
    module = make_module("Chats")
    lesson = lessons_of(module)[0]

    listed = text(browser.get("/teach/modules/"))
    page = text(browser.get("/teach/preview/chats/"))

    assert "No lessons yet" in empty
    assert "/teach/guide/chats/" in listed
    assert f"/teach/preview/chats/{lesson.slug}/" in page
    assert "/teach/preview/chats/quiz/" in page


def test_a_lesson_is_previewed_and_nothing_is_kept(classroom, browser):
    module = make_module("Chats")
    lesson = lessons_of(module)[0]

    page = text(browser.get(f"/teach/preview/chats/{lesson.slug}/"))

    assert "Words of Chats 1." in page
    assert "Nothing you answer is kept." in page


def test_a_quiz_is_previewed_question_by_question(classroom, browser):
    make_module("Chats")
    first = browser.get("/teach/preview/chats/").content.decode().split("/teach/preview/chats/quiz/")[1]
    address = f"/teach/preview/chats/quiz/{first.split('/')[0]}/"
    page = text(browser.get(f"{address}1/"))
    key = page.split('name="q-')[1].split('"')[0]

    answered = text(browser.get(f"{address}1/?q-{key}=a"))

    assert "Question 1 of 3" in page
    assert f"{address}2/" in page
    assert f"Because a of {key}" in answered
    assert "Back to the module" in text(browser.get(f"{address}3/"))
    assert browser.get(f"{address}4/").status_code == 404


def test_the_guide_holds_what_only_teachers_read(classroom, browser):
    module = make_module("Chats")
    lesson = lessons_of(module)[0]
    module.teacher_guide = [("section", {"heading": "Before you start", "body": "Stay **calm**."})]
    module.save()
    lesson.teacher_guide = [("section", {"heading": "With no devices", "body": "Read aloud."})]
    talk = {"heading": "Talk", "intro": "", "items": [{"prompt": "What helps?"}], "note": "Do not press."}
    lesson.body.append(("talk_together", talk))
    lesson.save()

    of_module = text(browser.get("/teach/guide/chats/"))
    of_lesson = text(browser.get(f"/teach/guide/chats/{lesson.slug}/"))

    assert "<strong>calm</strong>" in of_module
    assert "With no devices" in of_lesson
    assert "Do not press." in of_lesson
    assert "Say what to do." in of_lesson


def test_a_missing_translation_is_said_and_marked(classroom, browser):
    lesson = lessons_of(make_module("Chats"))[0]
    browser.cookies["language"] = "ur"

    assert 'lang="en" dir="ltr"' in text(browser.get(f"/teach/preview/chats/{lesson.slug}/"))
    assert 'lang="en" dir="ltr"' in text(browser.get(f"/teach/guide/chats/{lesson.slug}/"))
    assert 'lang="en" dir="ltr"' in text(browser.get("/teach/guide/chats/"))


@pytest.mark.parametrize(
    "address", ["preview/none/", "preview/chats/none/", "guide/none/", "guide/chats/none/"]
)
def test_what_is_not_there_is_404(classroom, browser, address):
    make_module("Chats")

    assert browser.get(f"/teach/{address}").status_code == 404
