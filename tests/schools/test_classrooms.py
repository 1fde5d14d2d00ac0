"""Making a class, who teaches it, and when its students may sign in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import classrooms
from schools.models import Department, StaleSchool
from schools.queries.classes import school_year
from tests.factories import ClassroomFactory, MembershipFactory, SchoolFactory, teacher_of

pytestmark = pytest.mark.django_db
KOLKATA = ZoneInfo("Asia/Kolkata")


@pytest.fixture
def classroom():
    return ClassroomFactory(is_sign_in_always_open=False)


@pytest.fixture
def teacher(classroom):
    return teacher_of(classroom)


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_whoever_makes_a_class_teaches_it():
    membership = MembershipFactory(role="teacher")

    room = classrooms.create(
        school=membership.school, class_level=7, section="B", language="hi", by=membership.user
    )

    assert list(room.teachers.all()) == [membership.user]
    assert not room.is_sign_in_open()
    assert actions() == ["classroom.created"]
    assert StaleSchool.objects.filter(school=membership.school).exists()


def test_a_class_that_is_there_is_not_made_twice(classroom, teacher):
    classroom.academic_year = school_year(classroom.school)
    classroom.save()

    with pytest.raises(classrooms.ClassroomExistsError) as error:
        classrooms.create(
            school=classroom.school, class_level=7, section=classroom.section, language="en", by=teacher
        )

    assert error.value.classroom == classroom
    assert actions() == []


def test_nobody_makes_a_class_in_another_school(teacher):
    with pytest.raises(PermissionDenied):
        classrooms.create(school=SchoolFactory(), class_level=7, section="B", language="en", by=teacher)


@pytest.mark.parametrize(
    ("starts_in", "today", "year"),
    [
        (None, date(2026, 3, 31), "2025-26"),
        (None, date(2026, 4, 1), "2026-27"),
        (6, date(2026, 5, 31), "2025-26"),
        (6, date(2026, 6, 1), "2026-27"),
        (1, date(2099, 1, 1), "2099-00"),
    ],
)
def test_the_school_year_starts_when_the_department_says(starts_in, today, year):
    school = SchoolFactory()
    if starts_in:
        Department.objects.create(state=school.state, name="Department", year_starts_in=starts_in)

    assert school_year(school, today) == year


def test_sign_in_stays_open_for_a_lesson(classroom, teacher):
    now = timezone.now()

    classrooms.open_sign_in_for_a_lesson(classroom=classroom, by=teacher)

    assert classroom.is_sign_in_open(now + timedelta(minutes=44))
    assert not classroom.is_sign_in_open(now + timedelta(minutes=46))


@time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=KOLKATA), tick=False)
def test_sign_in_stays_open_to_the_end_of_a_day(classroom, teacher):
    classrooms.open_sign_in_until(classroom=classroom, last_day=date(2026, 11, 26), by=teacher)

    assert classroom.is_sign_in_open(datetime(2026, 11, 26, 23, 59, tzinfo=KOLKATA))
    assert not classroom.is_sign_in_open(datetime(2026, 11, 27, 0, 0, tzinfo=KOLKATA))


def test_sign_in_is_not_opened_until_yesterday(classroom, teacher):
    yesterday = timezone.localdate() - timedelta(days=1)

    with pytest.raises(ValidationError):
        classrooms.open_sign_in_until(classroom=classroom, last_day=yesterday, by=teacher)


def test_sign_in_opens_always_and_closes(classroom, teacher):
    classrooms.open_sign_in(classroom=classroom, until=None, by=teacher)
    was_open = classroom.is_sign_in_open(timezone.now() + timedelta(days=999))

    classrooms.close_sign_in(classroom=classroom, by=teacher)

    assert was_open
    assert not classroom.is_sign_in_open()
    assert actions() == ["sign_in.opened", "sign_in.closed"]


def test_only_a_teacher_of_the_class_opens_sign_in(classroom):
    colleague = MembershipFactory(role="teacher", school=classroom.school).user

    with pytest.raises(PermissionDenied):
        classrooms.open_sign_in(classroom=classroom, until=None, by=colleague)
    with pytest.raises(PermissionDenied):
        classrooms.close_sign_in(classroom=classroom, by=colleague)


def test_a_colleague_can_teach_the_class_too(classroom, teacher):
    colleague = MembershipFactory(role="teacher", school=classroom.school).user

    classrooms.add_teacher(classroom=classroom, teacher=colleague, by=teacher)
    classrooms.add_teacher(classroom=classroom, teacher=colleague, by=teacher)

    assert set(classroom.teachers.all()) == {teacher, colleague}
    assert actions() == ["classroom.teacher_added"]


def test_a_teacher_of_another_school_cannot_teach_the_class(classroom, teacher):
    stranger = MembershipFactory(role="teacher").user

    with pytest.raises(ValidationError):
        classrooms.add_teacher(classroom=classroom, teacher=stranger, by=teacher)
