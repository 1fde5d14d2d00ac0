"""A teacher's pages, through the front door."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from schools.actions import assignments, classrooms, roster
from schools.actions.roster import NewStudent
from schools.models import Assignment, Classroom, Enrolment, OptOut, ParentNotice, SchoolReadiness, TryWindow
from schools.queries.classes import school_year
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    MembershipFactory,
    ReadinessFactory,
    SchoolFactory,
)
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, head_of, make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/"


def text(response):
    return " ".join(response.content.decode().split())


def shown(response):
    """The page without its tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))


def give(classroom, teacher, module, **dates):
    today = timezone.localdate()
    dates = {"opens_on": today, "due_on": today + timedelta(days=20)} | dates
    return assignments.assign(classroom=classroom, module_key=module.translation_key, by=teacher, **dates)


# The first page ---------------------------------------------------------------------------------


def test_a_teacher_without_a_class_is_told_what_to_do_first():
    teacher = MembershipFactory(role="teacher").user

    page = text(browser_of(teacher).get("/teach/"))

    assert "No class yet" in page
    assert "/teach/classes/new/" in page


def test_a_new_class_needs_students_first(classroom, browser):
    page = text(browser.get("/teach/"))

    assert "Add your students." in page
    assert "Give the class its first module." in page


def test_a_school_that_is_not_ready_says_whom_to_ask_and_for_what(classroom, teacher, enrolments, browser):
    head_of(classroom.school, name="Anil Head")
    give(classroom, teacher, make_module())

    page = text(browser.get("/teach/"))

    assert "Ask Anil Head." in page
    assert "Still missing: child-safety lead, the lead" in page
    assert "Tell families about the lessons" in page


def test_without_a_head_the_teacher_is_told_to_ask_the_head(classroom, teacher, enrolments, browser):
    give(classroom, teacher, make_module())

    assert "Ask your school head." in text(browser.get("/teach/"))


def test_once_a_sensitive_module_is_open_the_gate_is_no_step(classroom, teacher, enrolments, browser):
    module = make_module(is_sensitive=True)
    make_ready(classroom, teacher)
    give(classroom, teacher, module)
    SchoolReadiness.objects.all().delete()

    page = text(browser.get("/teach/"))

    assert "All is set." in page


def test_closed_sign_in_and_a_near_end_are_next(classroom, teacher, enrolments, browser):
    make_ready(classroom, teacher)
    give(classroom, teacher, make_module(), due_on=timezone.localdate() + timedelta(days=1))
    classrooms.close_sign_in(classroom=classroom, by=teacher)

    page = text(browser.get("/teach/"))

    assert "Sign-in is closed. Open it when the lesson starts." in page
    assert "A module is to be finished tomorrow." in page


def test_a_student_who_must_wait_comes_first(classroom, enrolments, browser):
    Enrolment.objects.filter(pk=enrolments[0].pk).update(locked_until=timezone.now() + timedelta(minutes=9))

    assert "1 student is waiting before another try" in text(browser.get("/teach/"))


def test_classes_in_two_schools_name_their_school(classroom, teacher, browser):
    membership = MembershipFactory(role="teacher", user=teacher, school__name="Second School")
    classrooms.create(school=membership.school, class_level=6, section="A", language="en", by=teacher)

    assert "Second School" in text(browser.get("/teach/"))


def test_the_first_page_costs_the_same_for_many_classes(
    classroom, teacher, browser, django_assert_max_num_queries
):
    browser.get("/teach/")
    for number in range(8):
        room = classrooms.create(
            school=classroom.school, class_level=6, section=f"N{number}", language="en", by=teacher
        )
        roster.add_students(classroom=room, students=[NewStudent("Kite")], by=teacher)

    with django_assert_max_num_queries(10):
        browser.get("/teach/")


# A new class ------------------------------------------------------------------------------------


def test_a_teacher_makes_a_class(classroom, teacher, browser):
    response = browser.post(
        "/teach/classes/new/",
        {"school": classroom.school.pk, "class_level": 6, "section": " b ", "language": "hi"},
    )

    made = Classroom.objects.get(section="B")
    assert response.url == f"/teach/classes/{made.pk}/students/add/"
    assert (made.class_level, made.language) == (6, "hi")


@pytest.mark.parametrize("has_teacher", [True, False])
def test_a_class_that_is_there_is_said_kindly(classroom, teacher, browser, has_teacher):
    there = ClassroomFactory(
        school=classroom.school, section="B", academic_year=school_year(classroom.school)
    )
    if has_teacher:
        there.teachers.add(head_of(classroom.school, "teacher", name="Farida"))

    page = text(
        browser.post(
            "/teach/classes/new/",
            {"school": classroom.school.pk, "class_level": 7, "section": "B", "language": "en"},
        )
    )

    assert "Class 7 B is there already this year." in page
    assert ("Farida can let you teach it, too." in page) is has_teacher


def test_the_form_asks_for_the_school_only_when_there_are_several(classroom, teacher, browser):
    alone = text(browser.get("/teach/classes/new/"))
    MembershipFactory(role="teacher", user=teacher)

    several = text(browser.get("/teach/classes/new/"))

    assert 'type="hidden" name="school"' in alone
    assert '<select name="school"' in several


def test_a_class_is_made_only_where_one_teaches(classroom, browser):
    response = browser.post(
        "/teach/classes/new/",
        {"school": SchoolFactory().pk, "class_level": 7, "section": "Z", "language": "en"},
    )

    assert response.status_code == 200
    assert not Classroom.objects.filter(section="Z").exists()


# The page of a class ----------------------------------------------------------------------------


def test_the_page_of_a_class_is_empty_at_first(classroom, browser, base):
    page = text(browser.get(base))

    assert "No students yet" in page
    assert f"{classroom.join_code[:4]} {classroom.join_code[4:]}" in page


def test_a_class_with_students_and_no_module_is_led_to_the_modules(classroom, enrolments, browser, base):
    assert "Nothing given yet" in text(browser.get(base))


def test_the_head_sees_the_class_and_no_way_to_change_it(classroom, teacher, enrolments, base):
    give(classroom, teacher, make_module())

    page = text(browser_of(head_of(classroom.school)).get(base))

    assert "Kite 1" in page
    assert "students/add" not in page
    assert classroom.join_code[:4] + " " not in page


def test_the_head_of_an_empty_class_sees_that_it_is_empty(classroom, base):
    page = text(browser_of(head_of(classroom.school)).get(base))

    assert "No students yet" in page
    assert "students/add" not in page


def test_leavers_and_undone_modules_stand_below(classroom, teacher, enrolments, browser, base):
    assignment = give(classroom, teacher, make_module("Chats"))
    give(classroom, teacher, make_module("Later"), opens_on=timezone.localdate() + timedelta(days=2))
    assignments.undo(assignment=assignment, by=teacher)
    roster.leave(enrolment=enrolments[0], by=teacher)

    page = text(browser.get(base))

    assert "Chats, taken back on" in page
    assert "Students who left" in page
    assert "opens on" in page


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (3, "by "), (30, "by "), (-3, "(past)")]
)
def test_dates_are_told_in_words(classroom, teacher, enrolments, browser, base, days, words):
    today = timezone.localdate()
    day = today + timedelta(days=days)
    give(classroom, teacher, make_module("Chats"), opens_on=min(day, today), due_on=day)

    assert words in text(browser.get(base)).split("<strong>Chats</strong>, ")[1][:40]


def test_a_colleague_is_let_in(classroom, teacher, browser, base):
    colleague = head_of(classroom.school, "teacher", name="Farida")
    before = text(browser.get(f"{base}teachers/"))

    browser.post(f"{base}teachers/add/", {"teacher": colleague.pk})

    after = text(browser.get(f"{base}teachers/"))
    assert "Farida</option>" in before
    assert "Every teacher of your school teaches this class already." in after
    assert browser_of(colleague).get(base).status_code == 200


def test_someone_of_another_school_is_not_let_in(classroom, teacher, browser, base):
    stranger = MembershipFactory(role="teacher").user

    page = browser.post(f"{base}teachers/add/", {"teacher": stranger.pk}, follow=True)

    assert "Choose a colleague from the list." in text(page)
    assert list(classroom.teachers.all()) == [teacher]


# The list of the class --------------------------------------------------------------------------


def test_a_pasted_list_is_saved_and_leads_to_the_cards(classroom, browser, base):
    page = browser.post(f"{base}students/add/", {"lines": "1 Blue Kite\n2 Red Fish"}, follow=True)

    assert "2 students added." in text(page)
    assert list(Enrolment.objects.values_list("alias", "roll_number")) == [("Blue Kite", 1), ("Red Fish", 2)]


def test_a_list_with_faults_saves_nothing_and_is_shown_again(classroom, browser, base):
    page = text(browser.post(f"{base}students/add/", {"lines": "1 Blue Kite\n1 Red Fish\n@@@"}))

    assert "Line 2, “<bdi>1 Red Fish</bdi>”: The same roll number as in line 1." in page
    assert "Line 3, “<bdi>@@@</bdi>”: There is no alias in this line." in page
    assert "1 Blue Kite 1 Red Fish @@@</textarea>" in page
    assert not Enrolment.objects.exists()


def test_full_names_are_asked_about_once(classroom, browser, base):
    lines = {"lines": "Priya Sharma"}
    asked = text(browser.post(f"{base}students/add/", lines))
    saved_at_first = Enrolment.objects.exists()

    browser.post(f"{base}students/add/", lines | {"are_aliases": "on"})

    assert "These look like full names" in asked
    assert not saved_at_first
    assert Enrolment.objects.get().alias == "Priya Sharma"


@pytest.mark.parametrize("lines", ["", " \n\n "])
def test_an_empty_list_adds_nobody(classroom, browser, base, lines):
    browser.post(f"{base}students/add/", {"lines": lines})

    assert not Enrolment.objects.exists()


def test_a_list_that_two_teachers_save_at_once_is_refused_in_words(classroom, teacher, browser, base):
    students = [NewStudent("Blue Kite")]
    is_saved = []

    def other_teacher(execute, sql, *rest):
        result = execute(sql, *rest)
        if not is_saved and '"schools_enrolment"."alias"' in sql:
            is_saved.append(True)
            roster.add_students(classroom=classroom, students=students, by=teacher)
        return result

    with connection.execute_wrapper(other_teacher):
        page = text(browser.post(f"{base}students/add/", {"lines": "Blue Kite"}))

    assert "“Blue Kite” is in the class already." in page
    assert Enrolment.objects.count() == 1


def test_the_list_offers_to_unlock_who_must_wait(classroom, enrolments, browser, base):
    one = enrolments[0]
    Enrolment.objects.filter(pk=one.pk).update(locked_until=timezone.now() + timedelta(minutes=9))
    before = text(browser.get(f"{base}students/"))

    browser.post(f"{base}students/{one.pk}/unlock/")

    after = text(browser.get(f"{base}students/"))
    assert "Waits before another try" in before
    assert "Waits before another try" not in after


def test_new_pictures_make_another_card(classroom, enrolments, browser, base):
    one = enrolments[0]
    before = one.pin_digest

    page = browser.post(f"{base}students/{one.pk}/reset-pin/", follow=True)

    one.refresh_from_db()
    assert one.pin_digest != before
    assert "Kite 1 has new pictures." in text(page)


def test_leaving_is_asked_about_and_then_kept(classroom, enrolments, browser, base):
    one = enrolments[0]
    asked = text(browser.get(f"{base}students/{one.pk}/leave/"))

    page = browser.post(f"{base}students/{one.pk}/leave/", follow=True)

    assert "Has <bdi>Kite 1</bdi> left the class?" in asked
    assert "Students who left" in text(page)
    assert browser.post(f"{base}students/{one.pk}/unlock/").status_code == 404


def test_a_student_of_another_class_is_out_of_reach(classroom, browser, base):
    stranger = EnrolmentFactory(classroom__school=classroom.school)

    for what in ("leave", "unlock", "reset-pin"):
        assert browser.post(f"{base}students/{stranger.pk}/{what}/").status_code == 404


def test_cards_show_alias_code_and_four_pictures_and_are_never_stored(classroom, enrolments, browser, base):
    response = browser.get(f"{base}students/cards/")
    one = text(browser.get(f"{base}students/cards/?student={enrolments[0].pk}"))

    page = text(response)
    assert page.count('class="print-card"') == 12
    assert one.count('class="print-card"') == 1
    assert one.count('class="print-card__name"') == 4
    assert "Kite 1" in one
    assert response.headers["Cache-Control"] == "no-store, private"


def test_a_class_without_students_has_no_cards(classroom, browser, base):
    assert "No students yet" in text(browser.get(f"{base}students/cards/"))
    assert "No students yet" in text(browser.get(f"{base}students/"))


# Sign-in ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("lesson", "Sign-in is open until"),
        ("always", "Sign-in is always open"),
        ("close", "Sign-in is closed"),
    ],
)
def test_a_button_opens_and_closes_sign_in(classroom, browser, base, button, words):
    page = browser.post(f"{base}sign-in/", {"opening": button}, follow=True)

    assert words in text(page)


def test_sign_in_opens_until_a_day(classroom, browser, base):
    day = timezone.localdate() + timedelta(days=3)

    page = browser.post(f"{base}sign-in/", {"opening": "until", "last_day": day.isoformat()}, follow=True)

    assert "Sign-in is open until the end of" in text(page)


def test_a_day_that_is_over_is_refused(classroom, teacher, browser, base):
    classrooms.close_sign_in(classroom=classroom, by=teacher)

    page = text(browser.post(f"{base}sign-in/", {"opening": "until", "last_day": "2020-01-01"}))

    classroom.refresh_from_db()
    assert "Choose today or a day to come." in page
    assert not classroom.is_sign_in_open()


def test_the_code_is_shown_large_and_on_a_poster(classroom, browser, base):
    code = f"{classroom.join_code[:4]} {classroom.join_code[4:]}"

    assert code in text(browser.get(f"{base}sign-in/board/"))
    assert code in text(browser.get(f"{base}sign-in/poster/"))


def test_the_board_says_when_sign_in_is_closed(classroom, teacher, browser, base):
    classrooms.close_sign_in(classroom=classroom, by=teacher)

    assert "Sign-in is closed" in text(browser.get(f"{base}sign-in/board/"))


def test_the_qr_code_is_a_picture_without_the_class_code(classroom, browser):
    response = browser.get("/teach/sign-in.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert b"style=" not in response.content


def test_a_class_that_used_up_its_tries_gets_fresh_ones(classroom, browser, base):
    page = browser.post(f"{base}sign-in/window/", follow=True)

    assert "Your class can try again now." in text(page)
    assert TryWindow.objects.filter(classroom=classroom).exists()


# Modules ----------------------------------------------------------------------------------------


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


# Families ---------------------------------------------------------------------------------------


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


def test_without_students_nobody_can_be_marked(classroom, browser, base):
    assert "The class has no students yet." in text(browser.get(f"{base}notice/"))


# Looking at lessons -----------------------------------------------------------------------------


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
