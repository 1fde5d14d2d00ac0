"""Joining a class, a new PIN, unlocking, leaving."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.models import AuditEvent
from cms.users.models import User
from schools import pictures
from schools.actions import notices, roster
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


class TestComingBack:
    @pytest.fixture
    def gone(self, classroom, teacher):
        [one] = roster.add_students(classroom=classroom, students=[NewStudent("Kite", 7)], by=teacher)
        return roster.leave(enrolment=one, by=teacher)

    def test_a_leaver_is_the_same_student_again(self, classroom, teacher, gone):
        StaleSchool.objects.all().delete()

        has_new_pin = roster.rejoin(enrolment=gone, by=teacher)

        back = Enrolment.objects.active().get()
        assert (back.pk, back.student_id, back.alias) == (gone.pk, gone.student_id, "Kite")
        assert not has_new_pin
        assert AuditEvent.objects.get(action="student.rejoined").details == {}
        assert StaleSchool.objects.filter(school=classroom.school).exists()

    def test_coming_back_twice_is_coming_back_once(self, teacher, gone):
        for _time in range(2):
            roster.rejoin(enrolment=gone, by=teacher)

        assert AuditEvent.objects.filter(action="student.rejoined").count() == 1

    @pytest.mark.parametrize(
        ("other", "fault"),
        [
            (NewStudent("Kite"), "Another student of the class is “Kite” now."),
            (NewStudent("River", 7), "Another student of the class has roll number 7 now."),
        ],
    )
    def test_what_somebody_else_has_by_now_is_said(self, classroom, teacher, gone, other, fault):
        roster.add_students(classroom=classroom, students=[other], by=teacher)

        with pytest.raises(ValidationError) as refused:
            roster.rejoin(enrolment=gone, by=teacher)

        assert len(refused.value.messages) == 1
        assert refused.value.messages[0].startswith(fault)
        assert Enrolment.objects.get(pk=gone.pk).left_on

    def test_a_student_of_another_class_by_now_stays_there(self, teacher, gone):
        EnrolmentFactory(student=gone.student)

        with pytest.raises(ValidationError, match="another class now"):
            roster.rejoin(enrolment=gone, by=teacher)

    def test_a_pin_that_somebody_has_by_now_becomes_another(self, classroom, teacher, gone):
        [other] = add(classroom, teacher, "River")
        Enrolment.objects.filter(pk=other.pk).update(pin_digest=gone.pin_digest)

        assert roster.rejoin(enrolment=gone, by=teacher)

        back = Enrolment.objects.get(pk=gone.pk)
        assert back.pin_digest == pictures.digest(classroom.pk, pictures.unseal(back.pin))
        assert back.pin_digest != gone.pin_digest or back.pin != other.pin

    @pytest.mark.parametrize(("notice", "is_late"), [(-5, False), (-1, True)])
    def test_who_missed_the_notice_counts_as_joining_today(self, classroom, teacher, gone, notice, is_late):
        today = timezone.localdate()
        joined, left = today - timedelta(days=30), today - timedelta(days=3)
        Enrolment.objects.update(joined_on=joined, left_on=left)
        notices.record(classroom=classroom, given_on=today + timedelta(days=notice), by=teacher)

        roster.rejoin(enrolment=gone, by=teacher)

        assert Enrolment.objects.get().joined_on == (today if is_late else joined)


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


@pytest.mark.parametrize("action", [roster.reset_pin, roster.unlock, roster.leave, roster.rejoin])
def test_another_class_s_teacher_may_do_none_of_it(action):
    enrolment = EnrolmentFactory()
    stranger = teacher_of(ClassroomFactory(school=enrolment.classroom.school))

    with pytest.raises(PermissionDenied):
        action(enrolment=enrolment, by=stranger)


def test_another_class_s_teacher_may_add_nobody(classroom):
    stranger = teacher_of(ClassroomFactory(school=classroom.school))

    with pytest.raises(PermissionDenied):
        add(classroom, stranger, "Kite")
