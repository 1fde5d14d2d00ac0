"""A teacher's first page, a new class, and the page of a class, through the front door."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.actions import assignments, classrooms, roster
from schools.models import Classroom
from tests.factories import MembershipFactory, SchoolCategoryFactory, SchoolFactory
from tests.schools.lessons import make_module
from tests.schools.staff import browser_of, give, head_of, text

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
    make_module()
    page = text(browser.get("/teach/"))

    assert "Add your students." in page
    assert "Give the class its first module." in page


def test_classes_in_two_schools_name_their_school(classroom, teacher, browser):
    membership = MembershipFactory(role="teacher", user=teacher, school__name="Second School")
    classrooms.create(school=membership.school, class_level=6, section="A", language="en", by=teacher)

    assert "Second School" in text(browser.get("/teach/"))


def test_a_teacher_makes_a_class(classroom, teacher, browser):
    response = browser.post(
        "/teach/classes/new/",
        {"school": classroom.school.pk, "class_level": 6, "section": " b ", "language": "hi"},
    )

    made = Classroom.objects.get(section="B")
    assert response.url == f"/teach/classes/{made.pk}/students/add/"
    assert (made.class_level, made.language) == (6, "hi")


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


def test_the_class_fits_the_school_that_is_chosen(classroom, teacher, browser):
    primary = SchoolCategoryFactory(code=1, name="Primary", lowest_class=1, highest_class=5)
    small = SchoolFactory(name="Small School", category=primary)
    MembershipFactory(role="teacher", user=teacher, school=small)
    form = {"school": small.pk, "section": "A", "language": "en"}

    page = text(browser.post("/teach/classes/new/", form | {"class_level": 9}))
    browser.post("/teach/classes/new/", form | {"class_level": 5})

    assert "Small School has classes 1 to 5." in page
    assert list(Classroom.objects.filter(school=small).values_list("class_level", flat=True)) == [5]


def test_a_section_is_measured_in_the_capital_letters_that_are_kept(classroom, browser):
    form = {"school": classroom.school_id, "class_level": 7, "language": "en"}

    page = text(browser.post("/teach/classes/new/", form | {"section": "ß" * 6}))

    assert "The name of a section has at most 10 letters." in page
    assert Classroom.objects.count() == 1


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
