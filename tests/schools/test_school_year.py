"""The end of a school year: who goes where, what goes along, and what stays."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from cms.core.models import AuditEvent
from schools import pictures
from schools.actions import notices, roster, school_year
from schools.actions.roster import NewStudent
from schools.models import Classroom, Enrolment, LessonProgress, Role
from schools.queries.school_year import Choice, Fate
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    SchoolCategoryFactory,
    SchoolFactory,
    teacher_of,
)
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, head_of, text
from tests.schools.study import study

pytestmark = pytest.mark.django_db

MARCH = date(2027, 3, 20)


@pytest.fixture(autouse=True)
def _it_is_march():
    with time_machine.travel(f"{MARCH}T10:00:00+05:30", tick=False):
        yield


@pytest.fixture
def school(db):
    return SchoolFactory()


@pytest.fixture
def head(school):
    return head_of(school)


@pytest.fixture
def room(school):
    return ClassroomFactory(school=school, class_level=7, section="B", language="hi")


@pytest.fixture
def teacher(room):
    return teacher_of(room)


@pytest.fixture
def students(room, teacher):
    new = [NewStudent("Kite", 1), NewStudent("River", 2), NewStudent("3", 3), NewStudent("Moon")]
    return roster.add_students(classroom=room, students=new, by=teacher)


def address(room, more=""):
    return f"/school/{room.school.udise_code}/year/{room.pk}/{more}"


def answers(students, **fates):
    """What the form sends: the usual fate but for those named by alias."""
    sent = {"numbers": "keep"}
    for one in students:
        fate, _slash, section = fates.get(one.alias, "promote").partition("/")
        sent |= {f"fate-{one.pk}": fate, f"section-{one.pk}": section}
    return sent


def now_of(enrolment):
    return Enrolment.objects.active().get(student=enrolment.student_id)


def test_a_class_goes_on_with_its_students_teachers_and_pictures(room, teacher, students, head):
    pins = {one.student_id: pictures.unseal(one.pin) for one in students}

    page = browser_of(head).post(address(room), answers(students) | {"apply": "1"}, follow=True)

    room.refresh_from_db()
    following = Classroom.objects.get(academic_year="2027-28")
    there = list(following.enrolments.all())
    assert "Class 7 B is closed. Next, in Class 8 B" in text(page)
    assert (following.class_level, following.section, following.language) == (8, "B", "hi")
    assert following.follows == room
    assert list(following.teachers.all()) == [teacher]
    assert not following.is_sign_in_open()
    assert room.archived_at is not None
    assert {one.alias: one.roll_number for one in there} == {"Kite": 1, "River": 2, "3": 3, "Moon": None}
    assert {one.student_id: pictures.unseal(one.pin) for one in there} == pins
    assert {one.pin_digest for one in there} == {
        pictures.digest(following.pk, pins[one.student_id]) for one in there
    }
    assert set(room.enrolments.values_list("left_on", "left_for")) == {(MARCH, "promoted")}


def test_each_student_goes_as_the_head_said(room, students, head):
    sent = answers(students, River="stay", Moon="leave", Kite="move/a")

    browser_of(head).post(address(room), sent | {"apply": "1"})

    kite, river, three, moon = students
    assert str(now_of(kite).classroom) == "8 A"
    assert (str(now_of(river).classroom), now_of(river).classroom.academic_year) == ("7 B", "2027-28")
    assert str(now_of(three).classroom) == "8 B"
    assert not Enrolment.objects.active().filter(student=moon.student_id).exists()
    assert dict(room.enrolments.values_list("alias", "left_for")) == {
        "Kite": "promoted",
        "River": "retained",
        "3": "promoted",
        "Moon": "left",
    }


def test_the_rehearsal_says_it_all_and_changes_nothing(room, students, head):
    page = text(browser_of(head).post(address(room), answers(students, River="stay", Moon="leave")))

    assert "Nothing is changed yet." in page
    assert "2 students go to Class 8 B in 2027-28." in page
    assert "1 student goes to Class 7 B in 2027-28." in page
    assert "1 student leaves the school." in page
    assert "Class 8 B is made for 2027-28, with a new class code." in page
    assert Classroom.objects.count() == 1
    assert Enrolment.objects.active().count() == 4


def test_closing_twice_does_nothing_the_second_time(room, students, head):
    browser, sent = browser_of(head), answers(students) | {"apply": "1"}
    browser.post(address(room), sent)
    before = list(Enrolment.objects.order_by("pk").values())

    page = browser.post(address(room), sent, follow=True)

    assert "Class 7 B is closed already." in text(page)
    assert list(Enrolment.objects.order_by("pk").values()) == before
    assert school_year.close_class(classroom=room, choices={}, by=head) is None
    assert AuditEvent.objects.filter(action="classroom.closed").count() == 1


def test_what_was_done_stays_with_the_old_class_and_goes_with_the_student(room, students, head):
    module = make_module("Chats")
    study(students[0], lessons_of(module)[0], module)

    school_year.close_class(classroom=room, choices={}, by=head)

    progress = LessonProgress.objects.get()
    assert progress.classroom_id == room.pk
    assert progress.student_id == now_of(students[0]).student_id


def test_a_familys_no_goes_along_and_the_new_class_needs_a_notice(room, teacher, students, head):
    notices.record(classroom=room, given_on=MARCH, by=teacher)
    notices.set_opt_outs(classroom=room, enrolment_ids=[students[1].pk], by=teacher)

    school_year.close_class(classroom=room, choices={}, by=head)

    following = Classroom.objects.get(academic_year="2027-28")
    assert [one.alias for one in following.enrolments.filter(opt_out__isnull=False)] == ["River"]
    assert not hasattr(following, "parent_notice")


def test_a_taken_number_and_alias_are_changed_and_said(room, students, head):
    there = ClassroomFactory(school=room.school, class_level=8, section="B", academic_year="2027-28")
    EnrolmentFactory(classroom=there, roll_number=3, alias="kite")

    page = text(browser_of(head).post(address(room), answers(students)))
    school_year.close_class(classroom=room, choices={}, by=head)

    assert "Alias “Kite 2”" in page
    assert now_of(students[0]).alias == "Kite 2"
    assert (now_of(students[2]).alias, now_of(students[2]).roll_number) == ("4", 4)
    assert now_of(students[0]).classroom == there


def test_roll_numbers_can_begin_anew_in_the_old_order(room, students, head):
    roster.leave(enrolment=students[0], by=room.teachers.get())

    school_year.close_class(classroom=room, choices={}, renumbers=True, by=head)

    got = {one.alias: one.roll_number for one in Enrolment.objects.active()}
    assert got == {"River": 1, "2": 2, "Moon": 3}


def test_two_classes_that_meet_in_one_keep_everyone(school, room, students, head):
    other = ClassroomFactory(school=school, class_level=7, section="C")
    same = [NewStudent("Kite", 1), NewStudent("River", 2)]
    more = roster.add_students(classroom=other, students=same, by=teacher_of(other))
    school_year.close_class(classroom=room, choices={}, by=head)

    choices = {one.pk: Choice(Fate.MOVE, "B") for one in more}
    school_year.close_class(classroom=other, choices=choices, by=head)

    following = Classroom.objects.get(academic_year="2027-28", section="B")
    assert following.enrolments.count() == 6
    assert following.follows == room


def test_the_highest_class_leaves(head, school):
    school.category = SchoolCategoryFactory(code=6, lowest_class=1, highest_class=10)
    school.save()
    room = ClassroomFactory(school=school, class_level=10, section="A")
    students = roster.add_students(
        classroom=room, students=[NewStudent("Kite"), NewStudent("Owl")], by=teacher_of(room)
    )
    browser, sent = browser_of(head), {"numbers": "keep", f"fate-{students[0].pk}": "leave"}

    offered = text(browser.get(address(room)))
    browser.post(address(room), sent | {f"fate-{students[1].pk}": "stay", "apply": "1"})

    assert "Goes on to the next class" not in offered
    assert not Enrolment.objects.active().filter(student=students[0].student_id).exists()
    assert str(now_of(students[1]).classroom) == "10 A"


@pytest.mark.parametrize("day", ["2026-11-24", "2027-01-31"])
def test_in_the_middle_of_the_year_no_class_is_closed(room, students, head, day):
    with time_machine.travel(f"{day}T10:00:00+05:30", tick=False):
        page = browser_of(head).post(address(room), answers(students) | {"apply": "1"}, follow=True)
        with pytest.raises(ValidationError):
            school_year.close_class(classroom=room, choices={}, by=head)

    assert "is still running" in text(page)
    assert Enrolment.objects.active().count() == 4


def test_last_years_class_can_be_closed_at_any_time(room, students, head):
    with time_machine.travel("2027-09-01T10:00:00+05:30", tick=False):
        school_year.close_class(classroom=room, choices={}, by=head)

    assert now_of(students[0]).classroom.academic_year == "2027-28"


@pytest.mark.parametrize("forged", [{"fate": "vanish"}, {"fate": "move", "section": "  "}, {"fate": ""}])
def test_a_forged_choice_is_refused_in_words_and_nothing_is_lost(room, students, head, forged):
    sent = answers(students, River="leave") | {"apply": "1"}
    sent |= {f"{name}-{students[0].pk}": value for name, value in forged.items()}

    page = text(browser_of(head).post(address(room), sent))

    assert "Please look at this again." in page
    assert '<option value="leave" selected>' in page
    assert Enrolment.objects.active().count() == 4


def test_a_choice_for_a_student_of_another_class_does_nothing(room, students, head):
    stranger = EnrolmentFactory()

    browser_of(head).post(address(room), answers(students) | {f"fate-{stranger.pk}": "leave", "apply": "1"})

    stranger.refresh_from_db()
    assert stranger.left_on is None


def test_only_the_head_closes_a_class(room, students, teacher):
    with pytest.raises(PermissionDenied):
        school_year.close_class(classroom=room, choices={}, by=teacher)
    with pytest.raises(PermissionDenied):
        school_year.close_class(classroom=room, choices={}, by=head_of(SchoolFactory()))


def test_the_audit_log_counts_and_names_nobody(room, students, head):
    school_year.close_class(classroom=room, choices={}, by=head)

    event = AuditEvent.objects.get(action="classroom.closed")
    following = Classroom.objects.get(academic_year="2027-28")
    assert event.actor_id == head.pk
    assert event.details == {"into": following.pk, "promote": 4, "stay": 0, "move": 0, "leave": 0}


def test_nobody_joins_or_comes_back_to_a_closed_class(room, students, teacher, head):
    roster.leave(enrolment=students[3], by=teacher)
    school_year.close_class(classroom=room, choices={}, by=head)

    with pytest.raises(ValidationError, match="a year that is over"):
        roster.rejoin(enrolment=students[3], by=teacher)
    with pytest.raises(ValidationError, match="a year that is over"):
        roster.add_students(classroom=room, students=[NewStudent("New")], by=teacher)


def test_a_student_moves_to_another_class_with_what_they_did(school, room, students, head):
    other = ClassroomFactory(school=school, class_level=7, section="C")
    EnrolmentFactory(classroom=other, alias="Kite", roll_number=1)
    module = make_module("Chats")
    study(students[0], lessons_of(module)[0], module)
    sent = {"student": students[0].pk, "to": other.pk}

    page = browser_of(head).post(address(room, "transfer/"), sent, follow=True)

    moved = now_of(students[0])
    old = Enrolment.objects.get(pk=students[0].pk)
    assert "Kite 2 is in Class 7 C now." in text(page)
    assert (moved.classroom, moved.alias, moved.roll_number) == (other, "Kite 2", 2)
    assert (old.left_on, old.left_for) == (MARCH, "transferred")
    assert LessonProgress.objects.get().student_id == moved.student_id


def test_a_student_can_move_back(school, room, students, head):
    other = ClassroomFactory(school=school, class_level=7, section="C")
    there = school_year.transfer(enrolment=students[0], to=other, by=head)

    back = school_year.transfer(enrolment=there, to=room, by=head)

    assert back.pk == students[0].pk
    assert (back.left_on, back.left_for, back.alias) == (None, "", "Kite")
    assert Enrolment.objects.active().filter(student=students[0].student_id).count() == 1


def test_a_moved_students_family_is_told_anew_unless_it_said_no(school, room, teacher, students, head):
    other = ClassroomFactory(school=school, class_level=7, section="C")
    notices.record(classroom=other, given_on=MARCH - timedelta(days=5), by=teacher_of(other))
    notices.set_opt_outs(classroom=room, enrolment_ids=[students[0].pk], by=teacher)

    moved = school_year.transfer(enrolment=students[0], to=other, by=head)

    assert moved.joined_on > other.parent_notice.given_on
    assert Enrolment.objects.filter(pk=moved.pk, opt_out__isnull=False).exists()


def test_nobody_moves_to_another_school_or_year(school, room, students, head):
    elsewhere = ClassroomFactory()
    last_year = ClassroomFactory(school=school, academic_year="2025-26")
    browser = browser_of(head)

    for wrong in (elsewhere, last_year, room):
        page = text(browser.post(address(room, "transfer/"), {"student": students[0].pk, "to": wrong.pk}))
        assert "Please look at this again." in page
    with pytest.raises(PermissionDenied):
        school_year.transfer(enrolment=students[0], to=elsewhere, by=head)

    assert now_of(students[0]).classroom == room


def test_the_year_page_lists_classes_and_costs_the_same_for_many(
    school, room, students, head, django_assert_max_num_queries
):
    browser, page = browser_of(head), f"/school/{school.udise_code}/year/"
    browser.get(page)
    for _number in range(20):
        EnrolmentFactory(classroom=ClassroomFactory(school=school))

    with django_assert_max_num_queries(10):
        shown = text(browser.get(page))

    assert shown.count("Close the class") == 21


def test_a_teacher_of_the_school_cannot_open_the_year(room, teacher):
    assert browser_of(teacher).get(f"/school/{room.school.udise_code}/year/").status_code == 403
    assert browser_of(head_of(room.school, Role.SAFETY_LEAD)).get(address(room)).status_code == 403


def test_a_class_of_another_school_is_not_found(room, students, head):
    stranger = ClassroomFactory()

    response = browser_of(head).get(f"/school/{room.school.udise_code}/year/{stranger.pk}/")

    assert response.status_code == 404
