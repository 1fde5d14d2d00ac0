"""A teacher's first page, a new class, and the page of a class, through the front door."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.actions import assignments, classrooms, roster
from schools.actions.roster import NewStudent
from schools.models import Classroom, Enrolment, SchoolReadiness
from schools.queries.classes import school_year
from tests.factories import (
    ClassroomFactory,
    MembershipFactory,
    SchoolFactory,
)
from tests.schools.lessons import make_module
from tests.schools.staff import browser_of, give, head_of, make_ready, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/"


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
