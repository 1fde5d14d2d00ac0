"""On which rung a class is, since which week, and in which language."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from schools.actions.adoption import recompute_school
from schools.models import AdoptionCell, AdoptionWeek, Department, WholeClassSession
from schools.queries.adoption import ANY_CLASS, ANY_MODULE, count_schools, monday_of
from schools.scoring.shares import pupils_needed, share_reached_at
from tests import factories
from tests.schools.lessons import final_quiz, lessons_of, make_module
from tests.schools.study import hand_in, study

pytestmark = pytest.mark.django_db

MONDAY = timezone.localdate() - timedelta(days=timezone.localdate().weekday())


def teach(classroom, lesson, module, *, held_on=None, headcount=10, enrolled=10, is_ended=True):
    return WholeClassSession.objects.create(
        school_id=classroom.school_id,
        id=uuid.uuid4(),
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        module_key=module.translation_key,
        lesson_key=lesson.translation_key,
        language="en",
        held_on=held_on or timezone.localdate(),
        ended_at=timezone.now() if is_ended else None,
        headcount=headcount if is_ended else None,
        enrolled=enrolled,
        teacher=factories.StaffFactory(),
    )


def assign(classroom, module, weeks_ago=0):
    opens_on = timezone.localdate() - timedelta(weeks=weeks_ago)
    return factories.AssignmentFactory(
        classroom=classroom, module_key=module.translation_key, opens_on=opens_on, due_on=opens_on
    )


def finish(enrolment, module, weeks_ago=0):
    for lesson in lessons_of(module):
        progress = study(enrolment, lesson, module)
        progress.finished_at -= timedelta(weeks=weeks_ago)
        progress.save(update_fields=["finished_at"])


def cell(school, module=None, *, level=7, language=""):
    key = module.translation_key if module else ANY_MODULE
    return AdoptionCell.objects.get(school=school, class_level=level, module_key=key, language=language)


def weeks(school, module, rung, *, level=7, language=""):
    """By week's Monday, how many classes reached the rung in it."""
    rows = AdoptionWeek.objects.filter(
        school=school, class_level=level, module_key=module.translation_key, language=language
    )
    return {one.week: count for one in rows if (count := getattr(one, f"classes_{rung}"))}


@pytest.mark.parametrize(
    ("headcounts", "delivered"), [((6, 6), 1), ((5, 6), 0), ((6,), 0), ((5, 6, 6), 1), ((), 0)]
)
def test_a_module_is_delivered_when_enough_pupils_were_there_for_every_lesson(headcounts, delivered):
    """Of ten enrolled, six are the share. A lesson may be taught again to more of them."""
    module = make_module()
    classroom = factories.ClassroomFactory()
    assign(classroom, module)
    lessons = [lessons_of(module)[0], *lessons_of(module)]
    for lesson, headcount in zip(lessons[-len(headcounts) :] if headcounts else [], headcounts, strict=True):
        teach(classroom, lesson, module, headcount=headcount)

    recompute_school(classroom.school_id)

    found = cell(classroom.school, module)
    assert (found.classes_delivered, found.classes_completed) == (delivered, 0)


def test_a_session_that_has_not_ended_and_a_module_that_is_not_given_count_for_nothing():
    given, other = make_module("Chats", lessons=1), make_module("Keys", lessons=1)
    classroom = factories.ClassroomFactory()
    assign(classroom, given)
    teach(classroom, lessons_of(given)[0], given, is_ended=False)
    teach(classroom, lessons_of(other)[0], other)

    recompute_school(classroom.school_id)

    assert cell(classroom.school, given).classes_delivered == 0
    assert cell(classroom.school, other).classes_delivered == 0


def test_a_class_counts_in_the_week_in_which_the_last_pupil_of_the_share_finished():
    """Three of five make the share; the one who came later changes nothing."""
    module = make_module()
    classroom = factories.ClassroomFactory()
    pupils = factories.EnrolmentFactory.create_batch(5, classroom=classroom)
    assign(classroom, module, weeks_ago=6)
    for pupil, weeks_ago in zip(pupils, (1, 5, 3, 4), strict=False):
        finish(pupil, module, weeks_ago)

    recompute_school(classroom.school_id)

    school = classroom.school
    assert weeks(school, module, "assigned") == {MONDAY - timedelta(weeks=6): 1}
    assert weeks(school, module, "completed") == {MONDAY - timedelta(weeks=3): 1}
    assert weeks(school, module, "assessed") == {}


def test_a_class_is_delivered_in_the_week_of_its_last_missing_lesson():
    module = make_module()
    classroom = factories.ClassroomFactory()
    assign(classroom, module, weeks_ago=6)
    first, second = lessons_of(module)
    today = timezone.localdate()
    for lesson, weeks_ago in ((first, 4), (first, 1), (second, 2)):
        teach(classroom, lesson, module, held_on=today - timedelta(weeks=weeks_ago))

    recompute_school(classroom.school_id)

    assert weeks(classroom.school, module, "delivered") == {MONDAY - timedelta(weeks=2): 1}


def test_nothing_is_reached_before_the_class_had_the_module():
    """Pupils who did it last year have done it, but the class has been on the rung since it was given."""
    module = make_module()
    classroom = factories.ClassroomFactory()
    pupil = factories.EnrolmentFactory(classroom=classroom)
    assign(classroom, module, weeks_ago=1)
    finish(pupil, module, weeks_ago=60)

    recompute_school(classroom.school_id)

    assert weeks(classroom.school, module, "completed") == {MONDAY - timedelta(weeks=1): 1}


def test_the_first_final_quiz_of_a_pupil_counts():
    module = make_module()
    classroom = factories.ClassroomFactory()
    pupil = factories.EnrolmentFactory(classroom=classroom)
    assign(classroom, module, weeks_ago=6)
    week = 7 * 24 * 60
    for weeks_ago in (2, 4, 0):
        hand_in(pupil, final_quiz(module), {}, minutes=-weeks_ago * week)

    recompute_school(classroom.school_id)

    assert weeks(classroom.school, module, "assessed") == {MONDAY - timedelta(weeks=4): 1}


def test_a_late_evening_in_india_belongs_to_its_own_week():
    """A Sunday at half past eleven there is six in the evening by the database's clock; a Monday at one is Sunday."""
    module = make_module(lessons=1)
    classroom = factories.ClassroomFactory()
    pupil = factories.EnrolmentFactory(classroom=classroom)
    with time_machine.travel(datetime(2026, 11, 22, 19, 30, tzinfo=UTC), tick=False):
        assign(classroom, module, weeks_ago=2)
        finish(pupil, module)

        recompute_school(classroom.school_id)

    assert list(weeks(classroom.school, module, "completed")) == [datetime(2026, 11, 23, tzinfo=UTC).date()]


def test_each_language_has_cells_of_its_own_and_all_have_one():
    module = make_module()
    school = factories.SchoolFactory()
    for language, size in (("en", 1), ("hi", 2), ("hi", 3)):
        classroom = factories.ClassroomFactory(school=school, language=language)
        pupils = factories.EnrolmentFactory.create_batch(size, classroom=classroom)
        assign(classroom, module)
        finish(pupils[0], module)

    recompute_school(school.pk)

    assert [cell(school, module, language=one).pupils for one in ("en", "hi", "")] == [1, 5, 6]
    assert [cell(school, module, language=one).classes_completed for one in ("en", "hi", "")] == [1, 0, 1]
    assert weeks(school, module, "completed", language="en") == {MONDAY: 1}
    assert cell(school, level=ANY_CLASS, language="hi").classes == 2
    assert not AdoptionCell.objects.filter(school=school, language="te").exists()


def test_a_class_has_completed_any_module_only_when_it_has_completed_one():
    """Half of the pupils with one and half with the other module are not a class that completed something."""
    modules = [make_module("Chats"), make_module("Keys")]
    classroom = factories.ClassroomFactory()
    pupils = factories.EnrolmentFactory.create_batch(2, classroom=classroom)
    for pupil, module in zip(pupils, modules, strict=True):
        assign(classroom, module)
        finish(pupil, module)

    recompute_school(classroom.school_id)

    found = cell(classroom.school)
    assert (found.pupils_completed, found.classes_completed) == (2, 0)


def test_a_pupil_of_two_schools_did_it_where_they_did_it():
    module = make_module()
    old, new = factories.ClassroomFactory(), factories.ClassroomFactory()
    before = factories.EnrolmentFactory(classroom=old)
    assign(new, module)
    finish(before, module)
    before.left_on = timezone.localdate()
    before.save(update_fields=["left_on"])
    factories.EnrolmentFactory(classroom=new, student=before.student)

    counted = count_schools([old.school, new.school])

    done = [one.pupils_completed for one in counted.cells if one.school_id == new.school_id]
    assert done
    assert not any(done)


def test_many_schools_are_counted_with_as_many_queries_as_one(django_assert_num_queries):
    state = factories.StateFactory()
    Department.objects.create(state=state, name="Department")
    district = factories.DistrictFactory(state=state)
    module = make_module()
    schools = []
    for _number in range(4):
        classroom = factories.ClassroomFactory(school__block=factories.BlockFactory(district=district))
        assign(classroom, module)
        finish(factories.EnrolmentFactory(classroom=classroom), module)
        schools.append(classroom.school)
    count_schools(schools[:1])

    with django_assert_num_queries(8):
        count_schools(schools[:1])
    with django_assert_num_queries(8):
        count_schools(schools)


@pytest.mark.parametrize(
    ("given", "percent", "needed"),
    [(0, 60, 1), (1, 60, 1), (5, 60, 3), (4, 60, 3), (3, 34, 2), (3, 33, 1), (40, 100, 40), (40, 1, 1)],
)
def test_the_share_is_counted_in_whole_pupils(given, percent, needed):
    assert pupils_needed(given, percent) == needed


def test_nobody_reaches_the_share_of_nobody():
    assert share_reached_at([], 0, 60) is None


def test_a_week_begins_on_monday():
    assert monday_of(datetime(2026, 11, 29, tzinfo=UTC).date()).isoformat() == "2026-11-23"
