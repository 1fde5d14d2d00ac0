"""The table of a class: who needs attention first, and nobody shown up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.core import content_version
from schools.actions import assignments, roster
from schools.actions.roster import NewStudent
from schools.models import Enrolment, OptOut, ParentNotice
from schools.presenters import teach_progress
from schools.queries import classes
from tests.factories import AssignmentFactory, ClassroomFactory, EnrolmentFactory
from tests.schools.lessons import final_quiz, lessons_of, make_module, practice_quiz
from tests.schools.staff import browser_of, make_ready
from tests.schools.study import hand_in, study

pytestmark = pytest.mark.django_db


@pytest.fixture
def modules(classroom, teacher):
    """A sensitive module that the class has, and the work of those who opted out."""
    sensitive, other = make_module("Firm", is_sensitive=True), make_module("Everyday")
    make_ready(classroom, teacher)
    today = timezone.localdate()
    assignments.assign(
        classroom=classroom,
        module_key=sensitive.translation_key,
        opens_on=today,
        due_on=today + timedelta(days=2),
        by=teacher,
    )
    return sensitive, other


def table_of(classroom):
    given = classes.assignments_of(classroom)
    students = classes.students_of(classroom)
    done = classes.done_by(classroom, students, teach_progress.module_keys(given))
    return teach_progress.table(given, students, done)


def row_of(classroom, enrolment):
    return next(row for row in table_of(classroom).rows if row.enrolment.pk == enrolment.pk)


def words_of(row):
    return [(cell.words, cell.quiz_words) for cell in row.cells]


def test_a_row_says_how_far_a_student_is(classroom, enrolments, modules):
    first, second = lessons_of(modules[0])
    study(enrolments[0], first, modules[0])
    study(enrolments[0], second, modules[0], finished=False)
    hand_in(enrolments[0], practice_quiz(first), {})
    hand_in(enrolments[0], final_quiz(modules[0]), {})

    row = row_of(classroom, enrolments[0])

    assert words_of(row) == [("Finished", "quiz taken"), ("Started", ""), ("Taken", "")]
    assert row.words == "2 of 3 done"


def test_who_needs_attention_comes_first(classroom, enrolments, modules):
    first, second = lessons_of(modules[0])
    all_done, begun, locked = enrolments[:3]
    for lesson in (first, second):
        study(all_done, lesson, modules[0])
    study(begun, first, modules[0], finished=False)
    locked.locked_until = timezone.now() + timedelta(minutes=5)
    locked.save()

    order = [row.enrolment.alias for row in table_of(classroom).rows]

    assert order[0] == locked.alias
    assert order[-2:] == [begun.alias, all_done.alias]


def test_an_opted_out_student_looks_like_all_others(classroom, enrolments, modules):
    away, other = enrolments[:2]
    OptOut.objects.create(enrolment=away)
    study(away, lessons_of(modules[1])[0], modules[1])
    hand_in(away, final_quiz(modules[1]), {})
    study(other, lessons_of(modules[0])[0], modules[0])
    hand_in(other, final_quiz(modules[0]), {})

    assert words_of(row_of(classroom, away)) == words_of(row_of(classroom, other))
    assert row_of(classroom, away).words == row_of(classroom, other).words


@pytest.mark.parametrize("lessons", [1, 3])
def test_other_work_of_another_length_is_as_wide_as_the_module(classroom, teacher, enrolments, lessons):
    sensitive, other = make_module("Firm", is_sensitive=True), make_module("Short", lessons=lessons)
    make_ready(classroom, teacher)
    today = timezone.localdate()
    assignments.assign(
        classroom=classroom, module_key=sensitive.translation_key, opens_on=today, due_on=today, by=teacher
    )
    OptOut.objects.create(enrolment=enrolments[0])
    for lesson in lessons_of(other):
        study(enrolments[0], lesson, other)

    row = row_of(classroom, enrolments[0])

    assert [cell.words for cell in row.cells] == ["Finished", "Finished", "Not taken yet"]


def test_without_other_work_the_row_is_just_empty(classroom, enrolments, modules):
    given = classroom.assignments.get()
    given.other_module_key = None
    given.save()
    OptOut.objects.create(enrolment=enrolments[0])

    row = row_of(classroom, enrolments[0])

    assert {cell.kind for cell in row.cells} == {"todo"}
    assert len(row.cells) == 3


def test_leavers_stand_apart_and_late_joiners_say_so(classroom, teacher, enrolments, modules):
    study(enrolments[0], lessons_of(modules[0])[0], modules[0])
    roster.leave(enrolment=enrolments[0], by=teacher)
    given = classroom.assignments.get()
    given.opens_on -= timedelta(days=9)
    given.save()
    late = roster.add_students(classroom=classroom, students=[NewStudent("Late Boat")], by=teacher)[0]

    table = table_of(classroom)

    assert [row.enrolment.alias for row in table.leavers] == [enrolments[0].alias]
    assert table.leavers[0].words == "1 of 3 done"
    assert row_of(classroom, late).note.startswith("joined on ")


def test_progress_made_in_another_class_of_the_school_counts(classroom, enrolments, modules):
    row = study(enrolments[0], lessons_of(modules[0])[0], modules[0])
    type(row).objects.filter(id=row.id).update(classroom_id=classroom.pk + 1)

    assert row_of(classroom, enrolments[0]).finished == 1


def test_a_module_that_is_no_longer_there_is_left_out(classroom, enrolments, modules):
    modules[0].unpublish()
    content_version.bump()

    assert table_of(classroom).groups == []


def test_the_page_says_it_in_words(classroom, teacher, enrolments, modules):
    browser = browser_of(teacher)
    address = f"/teach/classes/{classroom.pk}/"
    more = [NewStudent(f"Boat {number}") for number in range(60)]
    for one in roster.add_students(classroom=classroom, students=more, by=teacher):
        study(one, lessons_of(modules[0])[0], modules[0])

    page = browser.get(address).content.decode()

    assert "Kite 1" in page
    assert "Boat 59" in page
    assert "1 of 3 done" in page
    assert "Firm 1" in page


def test_completion_counts_everyone_with_their_own_work(classroom, enrolments, modules):
    OptOut.objects.create(enrolment=enrolments[0])
    for enrolment, module in ((enrolments[0], modules[1]), (enrolments[1], modules[0])):
        study(enrolment, lessons_of(module)[0], module)
    study(enrolments[2], lessons_of(modules[1])[0], modules[1])

    done = classes.completion([classroom])[classroom.pk]

    assert (done.finished, done.expected) == (2, 24)


def test_a_module_that_is_closed_to_a_late_joiner_is_not_expected_of_them(
    classroom, teacher, enrolments, modules
):
    yesterday = timezone.localdate() - timedelta(days=1)
    ParentNotice.objects.update(given_on=yesterday)
    Enrolment.objects.filter(pk__in=[one.pk for one in enrolments[2:]]).update(joined_on=yesterday)
    study(enrolments[2], lessons_of(modules[0])[0], modules[0])

    done = classes.completion([classroom])[classroom.pk]

    assert (done.finished, done.expected) == (1, 20)


def test_completion_costs_the_same_for_many_classes(
    classroom, teacher, enrolments, modules, django_assert_num_queries
):
    rooms = ClassroomFactory.create_batch(12, school=classroom.school)
    classes.completion([classroom])  # The catalogue is read once.
    for room in rooms:
        given = AssignmentFactory(classroom=room, module_key=modules[1].translation_key)
        for enrolment in EnrolmentFactory.create_batch(3, classroom=given.classroom):
            study(enrolment, lessons_of(modules[1])[0], modules[1])

    with django_assert_num_queries(3):
        classes.completion([classroom])
    with django_assert_num_queries(3):
        done = classes.completion([classroom, *rooms])
    with django_assert_num_queries(3):
        classes.overdue([classroom, *rooms])

    assert (done[rooms[0].pk].finished, done[rooms[0].pk].expected) == (3, 6)
