"""A student's home, modules and lessons, through the front door."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from schools.actions import roster
from schools.models import Assignment, Enrolment, LessonProgress, OptOut, ParentNotice, StaleSchool
from schools.presenters.learning import due_in_words
from tests.factories import AssignmentFactory, EnrolmentFactory, ReadinessFactory, StaffFactory
from tests.schools.lessons import final_quiz, lessons_of, make_module, practice_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return make_module()


def give(classroom, module, **dates):
    return AssignmentFactory(classroom=classroom, module_key=module.translation_key, **dates)


@pytest.fixture
def pupil(child, classroom, module):
    """A signed-in student whose class has the module to learn."""
    give(classroom, module)
    return child.signs_in()


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def lesson_url(lesson):
    return f"/class/lessons/{lesson.translation_key}/"


def finish(pupil, lesson):
    return pupil.client.post(lesson_url(lesson))


def take(pupil, quiz):
    """Hand in the quiz without an answer."""
    attempt = uuid.uuid4()
    pupil.client.post(f"/class/quizzes/{quiz.pk}/", {"attempt": attempt})
    pupil.client.post(f"/class/quizzes/{quiz.pk}/{attempt}/hand-in/")


def next_for(pupil):
    page = text(pupil.client.get("/class/"))
    return page.partition("<h2>")[2].partition("</h2>")[0]


# Home


def test_home_without_work_says_what_it_is_for(child):
    page = text(child.signs_in().client.get("/class/"))

    assert "Nothing to do yet" in page
    assert "Continue" not in page


def test_home_shows_what_is_given_and_by_when(pupil):
    page = text(pupil.client.get("/class/"))

    assert "Hello, <bdi>Kite 1</bdi>" in page
    assert "For your class" in page
    assert "Please finish it today." in page
    assert "Not started yet" in page
    assert "Not you?" in page
    assert "Finish and leave" in page


def test_continue_leads_through_lessons_and_quizzes_to_the_end(pupil, module):
    first, second = lessons_of(module)
    way = [next_for(pupil)]
    for doing in (
        lambda: finish(pupil, first),
        lambda: take(pupil, practice_quiz(first)),
        lambda: finish(pupil, second),
        lambda: take(pupil, practice_quiz(second)),
    ):
        doing()
        way.append(next_for(pupil))
    take(pupil, final_quiz(module))

    page = text(pupil.client.get("/class/"))

    assert way == [
        "Chats 1",
        "Check yourself: Chats 1",
        "Chats 2",
        "Check yourself: Chats 2",
        "What you know now",
    ]
    assert "You are done for now" in page
    assert "For your class" not in page
    assert "card--done" in page


def test_continue_goes_on_with_what_was_begun(pupil, module):
    pupil.client.get(lesson_url(lessons_of(module)[1]))

    assert next_for(pupil) == "Chats 2"


def test_a_practice_quiz_that_was_passed_over_does_not_hold_up(pupil, module):
    first, second = lessons_of(module)
    finish(pupil, first)
    finish(pupil, second)
    take(pupil, final_quiz(module))

    assert "You are done for now" in text(pupil.client.get("/class/"))


def test_what_was_skipped_comes_at_the_end(pupil, module):
    _first, second = lessons_of(module)
    finish(pupil, second)
    take(pupil, practice_quiz(second))
    take(pupil, final_quiz(module))

    assert next_for(pupil) == "Chats 1"
    assert "2 of 3 done" in text(pupil.client.get("/class/"))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 20), "It was due on 20 November. You can still do it."),
        (date(2026, 11, 24), "Please finish it today."),
        (date(2026, 11, 25), "Please finish it by tomorrow."),
        (date(2026, 11, 27), "Please finish it by Friday."),
        (date(2026, 12, 24), "Please finish it by 24 December."),
    ],
)
@time_machine.travel("2026-11-24 09:00+05:30")
def test_due_dates_in_words(day, words):
    assert due_in_words(day) == words


def test_work_shows_from_its_first_day_until_it_is_undone(child, classroom, module):
    today = timezone.localdate()
    child.signs_in()
    assignment = give(classroom, module, opens_on=today + timedelta(days=1), due_on=today + timedelta(days=9))

    before = text(child.client.get("/class/"))
    Assignment.objects.update(opens_on=today)
    open_ = text(child.client.get("/class/"))
    Assignment.objects.update(undone_at=timezone.now())
    undone = text(child.client.get("/class/"))

    assert assignment.module_key
    assert ("Chats" in before, "Chats" in open_, "Chats" in undone) == (False, True, False)


def test_late_joiners_see_what_the_class_has(classroom, module, teacher, new_child):
    give(classroom, module, opens_on=timezone.localdate() - timedelta(days=5))
    [late] = roster.add_students(classroom=classroom, students=[roster.NewStudent("Late")], by=teacher)

    page = text(new_child(late).signs_in().client.get("/class/"))

    assert "Chats" in page


def test_a_module_that_is_no_longer_published_is_not_shown(pupil, module):
    AssignmentFactory(classroom=pupil.enrolment.classroom)

    assert text(pupil.client.get("/class/")).count("card--done") == 0


# Sensitive modules


@pytest.fixture
def sensitive(classroom):
    module = make_module("Standing firm", is_sensitive=True)
    other = make_module("Everyday skills")
    AssignmentFactory(
        classroom=classroom, module_key=module.translation_key, other_module_key=other.translation_key
    )
    return module


def make_ready(classroom):
    ReadinessFactory(school=classroom.school)
    ParentNotice.objects.create(
        classroom=classroom, given_on=timezone.localdate(), language="en", recorded_by=StaffFactory()
    )


def test_a_sensitive_module_opens_with_readiness_and_notice(child, classroom, sensitive):
    child.signs_in()

    before = text(child.client.get("/class/"))
    closed = child.client.get(lesson_url(lessons_of(sensitive)[0]))
    make_ready(classroom)
    after = text(child.client.get("/class/"))

    assert "Standing firm" not in before
    assert closed.status_code == 404
    assert "Standing firm" in after


def test_a_notice_dated_tomorrow_opens_nothing_yet(child, classroom, sensitive):
    make_ready(classroom)
    ParentNotice.objects.update(given_on=timezone.localdate() + timedelta(days=1))

    assert "Standing firm" not in text(child.signs_in().client.get("/class/"))


@pytest.mark.parametrize(("came", "is_open"), [(-1, True), (0, True), (1, False)])
def test_a_sensitive_module_is_closed_to_who_came_after_the_notice(
    new_child, classroom, sensitive, came, is_open
):
    make_ready(classroom)
    given_on = timezone.localdate() - timedelta(days=5)
    ParentNotice.objects.update(given_on=given_on)
    child = new_child(0).signs_in()
    Enrolment.objects.filter(pk=child.enrolment.pk).update(joined_on=given_on + timedelta(days=came))

    page = text(child.client.get("/class/"))
    lesson = child.client.get(lesson_url(lessons_of(sensitive)[0]))
    quiz = child.client.get(f"/class/quizzes/{final_quiz(sensitive).pk}/")

    assert ("Standing firm" in page) is is_open
    assert [lesson.status_code, quiz.status_code] == ([200, 200] if is_open else [404, 404])


def test_who_opted_out_has_other_work_and_nothing_shows_it(new_child, classroom, sensitive):
    make_ready(classroom)
    one, other = new_child(0).signs_in(), new_child(1).signs_in()
    OptOut.objects.create(enrolment=one.enrolment)

    mine, theirs = text(one.client.get("/class/")), text(other.client.get("/class/"))

    assert "Everyday skills" in mine
    assert "Standing firm" not in mine
    assert "Standing firm" in theirs
    assert one.client.get(lesson_url(lessons_of(sensitive)[0])).status_code == 404
    assert one.client.get(f"/class/quizzes/{final_quiz(sensitive).pk}/").status_code == 404
    assert mine.count("card__title") == theirs.count("card__title")


def test_who_opted_out_without_other_work_has_none(child, classroom, sensitive):
    make_ready(classroom)
    Assignment.objects.update(other_module_key=None)
    OptOut.objects.create(enrolment=child.enrolment)

    assert "Nothing to do yet" in text(child.signs_in().client.get("/class/"))


def test_other_work_is_never_sensitive_itself(child, classroom, sensitive):
    make_ready(classroom)
    Assignment.objects.update(other_module_key=sensitive.translation_key)
    OptOut.objects.create(enrolment=child.enrolment)

    assert "Nothing to do yet" in text(child.signs_in().client.get("/class/"))


# Module and lesson


def test_a_module_lists_its_lessons_and_quizzes_in_order(pupil, module):
    page = text(pupil.client.get(f"/class/modules/{module.translation_key}/"))

    order = [
        "Chats 1<",
        "Check yourself: Chats 1",
        "Chats 2<",
        "Check yourself: Chats 2",
        "What you know now",
    ]
    assert [page.index(title) for title in order] == sorted(page.index(title) for title in order)


def test_a_lesson_is_one_page_with_its_own_form(pupil, module):
    lesson = lessons_of(module)[0]

    page = text(pupil.client.get(lesson_url(lesson)))

    assert "Words of Chats 1." in page
    assert "I have finished this lesson" in page
    assert 'data-reached="0"' in page
    assert LessonProgress.objects.get().status == "started"


def test_a_practice_question_answers_by_its_address_and_keeps_nothing(pupil, module):
    lesson = lessons_of(module)[0]
    key = lesson.body[2].value["question"].key

    page = text(pupil.client.get(lesson_url(lesson), {f"q-{key}": "b"}))

    assert f"Because b of {key}" in page
    assert "Not quite. Here is why." in page


def test_a_lesson_in_english_says_so_to_a_reader_of_another_language(pupil, module):
    pupil.client.cookies["language"] = "kn"

    page = text(pupil.client.get(lesson_url(lessons_of(module)[0])))

    assert "Words of Chats 1." in page
    assert 'lang="en"' in page
    assert "notice--info" in page


def test_finishing_counts_once_and_marks_the_school(pupil, module):
    lesson = lessons_of(module)[0]

    first = finish(pupil, lesson)
    StaleSchool.objects.all().delete()
    at = LessonProgress.objects.get().finished_at
    again = finish(pupil, lesson)

    assert first.url == again.url == f"{lesson_url(lesson)}finished/"
    assert LessonProgress.objects.get().finished_at == at


def test_finishing_marks_the_school_s_figures_as_behind(pupil, module):
    StaleSchool.objects.all().delete()

    finish(pupil, lessons_of(module)[0])

    assert StaleSchool.objects.filter(school=pupil.enrolment.classroom.school).exists()


def test_the_end_says_what_was_learned_and_what_is_next(pupil, module):
    lesson = lessons_of(module)[0]
    finish(pupil, lesson)

    page = text(pupil.client.get(f"{lesson_url(lesson)}finished/"))

    assert "You finished this lesson." in page
    assert "Say what to do." in page
    assert "Next: Check yourself: Chats 1" in page


def test_the_end_of_a_lesson_that_is_not_finished_is_the_lesson(pupil, module):
    lesson = lessons_of(module)[0]

    assert pupil.client.get(f"{lesson_url(lesson)}finished/").url == lesson_url(lesson)


def test_progress_made_in_one_language_counts_in_another(pupil, module):
    lesson = lessons_of(module)[0]
    pupil.client.cookies["language"] = "te"
    finish(pupil, lesson)
    pupil.client.cookies["language"] = "en"

    finish(pupil, lesson)

    assert next_for(pupil) == "Check yourself: Chats 1"
    assert LessonProgress.objects.get().language == "te"


def test_a_lesson_goes_on_at_the_furthest_step_on_any_device(pupil, module, new_child):
    lesson = lessons_of(module)[0]
    for step in (1, 2, 1):
        response = pupil.client.post(f"{lesson_url(lesson)}step/", {"step": step})
        assert response.status_code == 204

    page = text(new_child(0).signs_in().client.get(lesson_url(lesson)))

    assert 'data-reached="2"' in page


@pytest.mark.parametrize("step", ["", "-1", "two", "201", "²"])
def test_a_step_that_is_no_step_is_refused(pupil, module, step):
    response = pupil.client.post(f"{lesson_url(lessons_of(module)[0])}step/", {"step": step})

    assert response.status_code == 400


def test_a_step_after_the_end_does_not_open_the_lesson_again(pupil, module):
    lesson = lessons_of(module)[0]
    finish(pupil, lesson)

    pupil.client.post(f"{lesson_url(lesson)}step/", {"step": "2"})

    assert LessonProgress.objects.get().status == "finished"


@pytest.mark.parametrize("path", ["modules/{module}/", "lessons/{lesson}/", "lessons/{lesson}/finished/"])
def test_what_the_class_was_not_given_is_not_there(child, module, path):
    child.signs_in()
    lesson = lessons_of(module)[0].translation_key

    response = child.client.get(f"/class/{path.format(module=module.translation_key, lesson=lesson)}")

    assert response.status_code == 404


# Costs


@pytest.mark.counts_queries
def test_a_lesson_costs_four_queries(pupil, module, django_assert_num_queries):
    url = lesson_url(lessons_of(module)[0])
    pupil.client.get(url)

    with django_assert_num_queries(4):
        pupil.client.get(url)


@pytest.mark.counts_queries
def test_home_costs_the_same_for_one_module_and_for_five(pupil, classroom, django_assert_num_queries):
    pupil.client.get("/class/")
    with django_assert_num_queries(5):
        pupil.client.get("/class/")
    for number in range(4):
        give(classroom, make_module(f"More {number}"))
    pupil.client.get("/class/")

    with django_assert_num_queries(5):
        pupil.client.get("/class/")


@pytest.mark.counts_queries
def test_the_class_list_costs_the_same_for_few_and_many(child, classroom, teacher, django_assert_num_queries):
    child.gives_code()
    with django_assert_num_queries(2):
        child.client.get("/join/who/")
    EnrolmentFactory.create_batch(20, classroom=classroom)

    with django_assert_num_queries(2):
        child.client.get("/join/who/")
