"""What goes when leavers' records were kept long enough, and that nothing younger does."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cms.core.identifiers import uuid7
from cms.core.models import AuditEvent
from cms.users.models import User
from quizzes.models import Attempt, Quiz
from schools.actions.retention import (
    forget_old_lists,
    remove_leavers,
    remove_leavers_of_school,
    remove_where_nightly,
)
from schools.models import Department, Enrolment, LessonProgress, OptOut, SheetImport, SheetRow
from schools.queries.retention import Rule, last_day
from tests.factories import ClassroomFactory, EnrolmentFactory, SchoolFactory
from tests.schools.staff import browser_of, head_of, text

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T10:00:00+05:30", tick=False):
        yield


def state_of(school, **rules):
    return Department.objects.create(state=school.state, name="Department", **rules)


def left(school, days, **fields):
    """A student who left so many days ago, with a lesson read and a quiz handed in."""
    room = fields.pop("classroom", None) or ClassroomFactory(school=school)
    enrolment = EnrolmentFactory(
        classroom=room, left_on=TODAY - timedelta(days=days), left_for="left", **fields
    )
    place = {"school_id": school.pk, "state_id": school.state_id, "classroom_id": room.pk, "language": "en"}
    LessonProgress.objects.create(
        id=uuid7(), student=enrolment.student, module_key=uuid7(), lesson_key=uuid7(), **place
    )
    quiz = Quiz.objects.create(key=uuid7().hex, kind="final", title="Quiz", module_key=uuid7())
    Attempt.objects.create(id=uuid7(), learner=enrolment.student, quiz=quiz, sheet=[], max_score=1, **place)
    return enrolment


def run(*options):
    out = StringIO()
    call_command("retention", *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_all_of_an_old_leaver_goes_and_the_audit_log_counts():
    school = SchoolFactory()
    state_of(school, retention_years=2)
    gone = left(school, 2 * 366)
    OptOut.objects.create(enrolment=gone)

    said = run("--apply")

    assert "1 students, 1 lessons, 1 quizzes deleted." in said
    for model in (Enrolment, LessonProgress, Attempt, OptOut):
        assert not model.objects.exists()
    assert not User.students.exists()
    event = AuditEvent.objects.get(action="leavers.removed")
    assert event.subject_id == str(school.pk)
    assert event.details == {"left_before": "2024-11-24", "students": 1, "lessons": 1, "attempts": 1}


@pytest.mark.django_db
def test_the_rehearsal_counts_by_school_class_and_year_and_deletes_nothing():
    school = SchoolFactory(name="Riverside")
    room = ClassroomFactory(school=school, class_level=9, academic_year="2023-24")
    left(school, 800, classroom=room, alias="Kite")
    left(school, 800, classroom=room)

    said = run("--rehearse")

    assert f"{school.state.code} Riverside: 2 of class 9, 2023-24" in said
    assert "2 students who left before 2024-11-24 (2 years)." in said
    assert "Kite" not in said
    assert Enrolment.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("years", "days", "stays"), [(1, 365, True), (1, 366, False), (3, 1000, True), (3, 1100, False)]
)
def test_the_state_says_how_many_years(years, days, stays):
    school = SchoolFactory()
    state_of(school, retention_years=years)
    left(school, days)

    run("--apply")

    assert Enrolment.objects.exists() is stays


@pytest.mark.django_db
def test_a_day_that_is_too_young_is_put_right():
    school = SchoolFactory()
    left(school, 30)

    removed = remove_leavers_of_school(school_id=school.pk, before=TODAY)

    assert removed.students == 0


@pytest.mark.django_db
def test_who_came_back_or_went_on_stays_with_all_they_did():
    school = SchoolFactory()
    back, moved = left(school, 2000), left(school, 2000)
    EnrolmentFactory(classroom=ClassroomFactory(school=school), student=back.student)
    left_later = ClassroomFactory(school=school)
    EnrolmentFactory(classroom=left_later, student=moved.student, left_on=TODAY - timedelta(days=10))

    list(remove_leavers(state=school.state))

    assert Enrolment.objects.count() == 4
    assert LessonProgress.objects.count() == 2


@pytest.mark.django_db
def test_by_itself_it_runs_only_where_the_state_has_switched_it_on():
    on, off = SchoolFactory(), SchoolFactory()
    state_of(on, is_retention_nightly=True)
    state_of(off)
    left(on, 2000)
    kept = left(off, 2000)

    assert remove_where_nightly() == 1

    assert Enrolment.objects.get() == kept


@pytest.mark.django_db
def test_another_state_is_left_alone():
    here, there = SchoolFactory(), SchoolFactory()
    left(here, 2000)
    kept = left(there, 2000)

    run("--apply", "--state", here.state.code)

    assert Enrolment.objects.get() == kept


@pytest.mark.django_db
def test_rows_of_class_lists_go_after_a_month():
    school = SchoolFactory()
    head = head_of(school)
    for days in (29, 31):
        sheet = SheetImport.objects.create(
            kind="roster",
            state=school.state,
            school=school,
            file_name=f"{days}",
            asked_by=head,
            asked_at=timezone.now() - timedelta(days=days),
        )
        SheetRow.objects.create(sheet=sheet, number=2, action="add", values={"alias": "Kite"})

    forget_old_lists()

    assert SheetRow.objects.get().sheet.file_name == "29"
    assert SheetImport.objects.count() == 2


@pytest.mark.django_db
def test_the_head_sees_the_rule_and_numbers_and_no_alias():
    school = SchoolFactory()
    room = ClassroomFactory(school=school, class_level=9, academic_year="2023-24")
    left(school, 2000, classroom=room, alias="Kite")
    left(SchoolFactory(), 2000)

    page = text(browser_of(head_of(school)).get(f"/school/{school.udise_code}/year/leavers/"))

    assert "is kept for 2 years." in page
    assert "2023-24" in page
    assert '<td data-label="Students" class="is-number">1</td>' in page
    assert "Kite" not in page


def test_the_last_day_in_a_leap_year():
    assert last_day(Rule(years=1), date(2028, 2, 29)) == date(2027, 2, 28)
    assert last_day(Rule(years=0), date(2028, 3, 1)) == date(2027, 3, 1)


PLACES = st.lists(st.one_of(st.none(), st.integers(0, 1500)), min_size=1, max_size=3)
"""For each class that a student was in: how many days ago they left it, or that they are in it."""


class RandomHistories(TestCase):
    """Whatever students did, exactly those go whose every place ended before the state's day."""

    @given(st.lists(PLACES, max_size=6), st.integers(1, 3))
    @settings(max_examples=25, deadline=None)
    def test_nothing_younger_goes(self, histories, years):
        school = SchoolFactory()
        state_of(school, retention_years=years)
        before, stay = last_day(Rule(years)), set()
        for history in histories:
            days = history if history.count(None) < 2 else [None]
            first = EnrolmentFactory(classroom=ClassroomFactory(school=school), left_on=_day(days[0]))
            for more in days[1:]:
                EnrolmentFactory(
                    classroom=ClassroomFactory(school=school), student=first.student, left_on=_day(more)
                )
            if any(one is None or _day(one) >= before for one in days):
                stay.add(first.student_id)

        list(remove_leavers(state=school.state))

        here = Enrolment.objects.filter(classroom__school=school)
        assert set(here.values_list("student", flat=True)) == stay


def _day(days):
    return None if days is None else TODAY - timedelta(days=days)
