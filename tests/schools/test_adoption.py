"""The figures of a school are exactly what its source rows say, and a release is exactly their sums."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cms.core import content_version
from schools.actions import notices
from schools.actions.adoption import mark_stale, recompute_behind, recompute_school, recompute_stale
from schools.actions.release import make_release
from schools.models import AdoptionCell, Department, OptOut, ReleasedCounts, StaleSchool
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from tests import factories
from tests.schools.lessons import final_quiz, lessons_of, make_module
from tests.schools.study import hand_in, study

pytestmark = pytest.mark.django_db


def finish(enrolment, module):
    for lesson in lessons_of(module):
        study(enrolment, lesson, module)


def assign(classroom, module, **fields):
    return factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key, **fields)


def cell(school, level=7, module=None, language=""):
    return AdoptionCell.objects.get(
        school=school,
        class_level=level,
        module_key=module.translation_key if module else ANY_MODULE,
        language=language,
    )


def test_a_class_of_which_the_share_finished_has_completed():
    """60 % where the state has set nothing: three of five."""
    module = make_module()
    classroom = factories.ClassroomFactory()
    pupils = factories.EnrolmentFactory.create_batch(5, classroom=classroom)
    assign(classroom, module)
    for pupil in pupils[:3]:
        finish(pupil, module)
    study(pupils[3], lessons_of(module)[0], module)
    for pupil in pupils[:2]:
        hand_in(pupil, final_quiz(module), {})

    recompute_school(classroom.school_id)

    found = cell(classroom.school, 7, module)
    assert (found.pupils, found.pupils_assigned, found.pupils_started) == (5, 5, 4)
    assert (found.pupils_completed, found.pupils_assessed) == (3, 2)
    assert (found.classes_assigned, found.classes_completed, found.classes_assessed) == (1, 1, 0)


@pytest.mark.parametrize(("percent", "completed"), [(50, 1), (51, 0), (1, 1), (100, 0)])
def test_the_share_is_the_states(percent, completed):
    module = make_module()
    classroom = factories.ClassroomFactory()
    Department.objects.create(state=classroom.school.state, name="Department", completion_percent=percent)
    pupils = factories.EnrolmentFactory.create_batch(4, classroom=classroom)
    assign(classroom, module)
    finish(pupils[0], module)
    finish(pupils[1], module)

    recompute_school(classroom.school_id)

    assert cell(classroom.school, 7, module).classes_completed == completed


def test_what_is_not_open_yet_or_undone_or_of_leavers_or_old_classes_does_not_count():
    module = make_module()
    later = timezone.localdate() + timedelta(days=3)
    school = factories.SchoolFactory()
    classroom = factories.ClassroomFactory(school=school)
    assign(classroom, module, opens_on=later, due_on=later)
    undone = factories.ClassroomFactory(school=school)
    assign(undone, module, undone_at=timezone.now())
    left = factories.EnrolmentFactory(classroom=undone, left_on=timezone.localdate())
    old = factories.ClassroomFactory(school=school, archived_at=timezone.now())
    assign(old, module)
    factories.EnrolmentFactory(classroom=old)
    finish(left, module)

    recompute_school(school.pk)

    found = cell(school, 7, module)
    assert (found.classes, found.classes_assigned, found.pupils, found.pupils_completed) == (2, 0, 0, 0)


def test_a_pupil_who_opted_out_counts_for_the_other_work():
    module = make_module("Chats", is_sensitive=True)
    other = make_module("Keys")
    classroom = factories.ClassroomFactory()
    pupils = factories.EnrolmentFactory.create_batch(2, classroom=classroom)
    OptOut.objects.create(enrolment=pupils[0])
    assign(classroom, module, other_module_key=other.translation_key)
    finish(pupils[0], other)
    finish(pupils[1], module)

    recompute_school(classroom.school_id)

    sensitive, ordinary = cell(classroom.school, 7, module), cell(classroom.school, 7, other)
    assert (sensitive.pupils_assigned, sensitive.pupils_completed, sensitive.classes_completed) == (1, 1, 1)
    assert (ordinary.pupils_assigned, ordinary.pupils_completed) == (1, 1)
    assert ordinary.classes_assigned == 0


def test_a_pupil_to_whom_a_sensitive_module_is_closed_does_not_count_for_it():
    """One who joined after the notice: nobody can do it yet, so it holds the class back in nothing."""
    firm, plain = make_module("Firm", is_sensitive=True), make_module("Plain")
    classroom = factories.ClassroomFactory()
    today = timezone.localdate()
    early = factories.EnrolmentFactory(classroom=classroom, joined_on=today - timedelta(days=9))
    factories.EnrolmentFactory.create_batch(2, classroom=classroom, joined_on=today)
    teacher = factories.teacher_of(classroom)
    notices.record(classroom=classroom, given_on=today - timedelta(days=5), by=teacher)
    assign(classroom, firm)
    assign(classroom, plain)
    finish(early, firm)

    recompute_school(classroom.school_id)

    sensitive, ordinary = cell(classroom.school, 7, firm), cell(classroom.school, 7, plain)
    assert (sensitive.pupils, sensitive.pupils_assigned, sensitive.pupils_completed) == (3, 1, 1)
    assert (sensitive.classes_assigned, sensitive.classes_completed) == (1, 1)
    assert ordinary.pupils_assigned == 3
    notices.record(classroom=classroom, given_on=today, by=teacher)
    recompute_stale()
    assert cell(classroom.school, 7, firm).pupils_assigned == 3


def test_a_pupil_who_did_two_modules_is_one_pupil():
    first, second = make_module("Chats"), make_module("Keys")
    classroom = factories.ClassroomFactory()
    pupil = factories.EnrolmentFactory(classroom=classroom)
    for module in (first, second):
        assign(classroom, module)
        finish(pupil, module)

    recompute_school(classroom.school_id)

    any_module = cell(classroom.school, ANY_CLASS)
    assert (any_module.pupils_assigned, any_module.pupils_completed, any_module.classes_completed) == (
        1,
        1,
        1,
    )


def test_a_marked_school_is_recomputed_once_and_only_it():
    classroom, other = factories.ClassroomFactory(), factories.ClassroomFactory()
    mark_stale(classroom.school_id)
    mark_stale(classroom.school_id)

    assert StaleSchool.objects.count() == 1
    assert recompute_stale() == 1
    assert recompute_stale() == 0
    assert not AdoptionCell.objects.filter(school=other.school).exists()


def test_a_mark_that_is_there_is_written_again():
    """So that a recount at the same moment waits for the write behind it, and sees its rows."""
    school = factories.SchoolFactory()
    mark_stale(school.pk)
    StaleSchool.objects.update(since=timezone.now() - timedelta(hours=1))

    mark_stale(school.pk)

    assert timezone.now() - StaleSchool.objects.get().since < timedelta(minutes=1)


def test_classes_of_another_school_year_do_not_count():
    module = make_module()
    school = factories.SchoolFactory()
    assign(factories.ClassroomFactory(school=school, academic_year="2019-20"), module)

    recompute_school(school.pk)

    assert (cell(school, ANY_CLASS).classes, cell(school, ANY_CLASS).classes_assigned) == (0, 0)


def test_an_assignment_counts_from_the_night_after_its_day_has_come():
    module = make_module()
    classroom = factories.ClassroomFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assign(classroom, module, opens_on=tomorrow, due_on=tomorrow + timedelta(days=9))
    make_release()

    assert cell(classroom.school, 7, module).classes_assigned == 0
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        make_release()
    assert cell(classroom.school, 7, module).classes_assigned == 1


def test_a_new_month_counts_every_school_once_more_since_school_years_begin_with_one():
    school = factories.SchoolFactory()
    recompute_school(school.pk)
    assert recompute_behind() == 0
    AdoptionCell.objects.update(computed_at=timezone.now() - timedelta(days=32))

    assert recompute_behind() == 1
    assert recompute_behind() == 0


def test_another_lesson_in_a_module_counts_every_school_again():
    module = make_module()
    classroom = factories.ClassroomFactory()
    pupil = factories.EnrolmentFactory(classroom=classroom)
    assign(classroom, module)
    finish(pupil, module)
    make_release()
    assert cell(classroom.school, 7, module).pupils_completed == 1

    lessons_of(module)[0].copy(update_attrs={"title": "Third", "slug": "third"}, copy_revisions=False)
    content_version.bump()
    make_release()

    assert cell(classroom.school, 7, module).pupils_completed == 0


def test_a_release_sums_up_schools_and_counts_each_once():
    module = make_module()
    district = factories.DistrictFactory()
    schools = [factories.SchoolFactory(block=factories.BlockFactory(district=district)) for _ in range(3)]
    for school in schools[:2]:
        classroom = factories.ClassroomFactory(school=school)
        pupil = factories.EnrolmentFactory(classroom=classroom)
        assign(classroom, module)
        if school == schools[0]:
            finish(pupil, module)
    factories.ReadinessFactory(school=schools[0])

    release = make_release()

    found = ReleasedCounts.objects.get(
        since=release.pk,
        language="",
        place_kind="district",
        place_id=district.pk,
        class_level=ANY_CLASS,
        module_key=ANY_MODULE,
    )
    assert (found.schools, found.schools_ready, found.schools_assigned, found.schools_completed) == (
        3,
        1,
        2,
        1,
    )
    assert found.pupils is None
    state = ReleasedCounts.objects.get(
        place_kind="state",
        place_id=district.state_id,
        class_level=7,
        module_key=ANY_MODULE,
        language="",
    )
    assert state.schools == 2
