"""Joining a class, a new PIN, unlocking, leaving."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.models import AuditEvent
from cms.users.models import User
from schools import pictures
from schools.actions import roster
from schools.actions.roster import NewStudent
from schools.models import Enrolment, StaleSchool, WrongPin
from tests.factories import ClassroomFactory, EnrolmentFactory, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom():
    return ClassroomFactory()


@pytest.fixture
def teacher(classroom):
    return teacher_of(classroom)


def add(classroom, teacher, *aliases):
    return roster.add_students(
        classroom=classroom, students=[NewStudent(alias) for alias in aliases], by=teacher
    )


def test_students_join_with_a_pin_of_their_own(classroom, teacher):
    students = [NewStudent("Kite 7", 7), NewStudent("River")]

    enrolments = roster.add_students(classroom=classroom, students=students, by=teacher)

    pins = {pictures.unseal(one.pin) for one in Enrolment.objects.all()}
    assert [(one.alias, one.roll_number) for one in enrolments] == [("Kite 7", 7), ("River", None)]
    assert len(pins) == 2
    assert User.students.count() == 2
    assert StaleSchool.objects.filter(school=classroom.school).exists()


def test_the_audit_log_says_how_many_joined_and_no_alias(classroom, teacher):
    add(classroom, teacher, "Kite 7", "River")

    event = AuditEvent.objects.get()
    assert (event.action, event.actor_id, event.details) == ("students.added", teacher.pk, {"number": 2})


def test_joining_costs_the_same_for_two_and_for_sixty(
    classroom, teacher, django_assert_max_num_queries, django_assert_num_queries
):
    add(classroom, teacher, "First")

    with django_assert_max_num_queries(20) as two:
        add(classroom, teacher, "A", "B")
    with django_assert_num_queries(len(two)):
        add(classroom, teacher, *(f"Student {number}" for number in range(60)))


@pytest.mark.parametrize(
    ("student", "fault"),
    [
        (NewStudent("Kite", 1), "“Kite” is in the class already."),
        (NewStudent("River", 7), "Roll number 7 is in the class already."),
        (NewStudent(" "), "An alias has 1 to 30 letters."),
        (NewStudent("x" * 31), "An alias has 1 to 30 letters."),
    ],
)
def test_a_student_who_cannot_join_keeps_all_out(classroom, teacher, student, fault):
    roster.add_students(classroom=classroom, students=[NewStudent("Kite", 7)], by=teacher)

    with pytest.raises(ValidationError) as refused:
        roster.add_students(classroom=classroom, students=[NewStudent("Fern"), student], by=teacher)

    assert refused.value.messages == [fault]
    assert Enrolment.objects.count() == 1


def test_an_alias_is_free_again_when_its_student_has_left(classroom, teacher):
    [gone] = add(classroom, teacher, "Kite")
    roster.leave(enrolment=gone, by=teacher)

    add(classroom, teacher, "Kite")

    assert Enrolment.objects.active().get().alias == "Kite"


def test_leaving_twice_is_leaving_once(classroom, teacher):
    [enrolment] = add(classroom, teacher, "Kite")

    roster.leave(enrolment=enrolment, by=teacher)
    roster.leave(enrolment=enrolment, by=teacher)

    enrolment.refresh_from_db()
    assert enrolment.left_on == timezone.localdate()
    assert AuditEvent.objects.filter(action="student.left").count() == 1


def wrong_pin(enrolment):
    return WrongPin.objects.create(
        classroom=enrolment.classroom, enrolment=enrolment, device="0" * 32, is_known=False, digest="x"
    )


def test_a_new_pin_replaces_the_old_one_and_unlocks(classroom, teacher):
    [enrolment] = add(classroom, teacher, "Kite")
    old = enrolment.pin_digest
    enrolment.locked_until = timezone.now()
    wrong_pin(enrolment)

    roster.reset_pin(enrolment=enrolment, by=teacher)

    enrolment.refresh_from_db()
    assert enrolment.pin_digest == pictures.digest(classroom.pk, pictures.unseal(enrolment.pin)) != old
    assert enrolment.locked_until is None
    assert WrongPin.objects.get().is_forgiven


def test_unlocking_forgives_this_student_only(classroom, teacher):
    one, other = add(classroom, teacher, "Kite", "River")
    wrong_pin(one)
    wrong_pin(other)

    roster.unlock(enrolment=one, by=teacher)

    assert WrongPin.objects.get(enrolment=one).is_forgiven
    assert not WrongPin.objects.get(enrolment=other).is_forgiven


@pytest.mark.parametrize("action", [roster.reset_pin, roster.unlock, roster.leave])
def test_another_class_s_teacher_may_do_none_of_it(action):
    enrolment = EnrolmentFactory()
    stranger = teacher_of(ClassroomFactory(school=enrolment.classroom.school))

    with pytest.raises(PermissionDenied):
        action(enrolment=enrolment, by=stranger)


def test_another_class_s_teacher_may_add_nobody(classroom):
    stranger = teacher_of(ClassroomFactory(school=classroom.school))

    with pytest.raises(PermissionDenied):
        add(classroom, stranger, "Kite")
