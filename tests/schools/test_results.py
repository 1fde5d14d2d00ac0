"""What a class found hard; and who, only when opened for a reason."""

import pytest
from django.utils import timezone

from cms.core.models import AuditEvent
from quizzes.models import Question
from schools.actions import assignments, roster
from schools.queries import results
from tests.factories import EnrolmentFactory
from tests.schools.lessons import final_quiz, lessons_of, make_module, practice_quiz
from tests.schools.staff import browser_of, head_of
from tests.schools.study import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(classroom, teacher):
    module = make_module("Chats")
    today = timezone.localdate()
    assignments.assign(
        classroom=classroom, module_key=module.translation_key, opens_on=today, due_on=today, by=teacher
    )
    return module


@pytest.fixture
def quiz(module):
    return final_quiz(module)


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


def address(classroom, quiz, last=""):
    return f"/teach/classes/{classroom.pk}/results/{quiz.pk}/{last}"


def test_the_hardest_question_comes_first_with_the_choice_taken_most(classroom, enrolments, quiz):
    for enrolment, answer in zip(enrolments[:4], (["b"], ["b"], ["c"], None), strict=True):
        hand_in(enrolment, quiz, {0: answer})

    hardest = results.by_question(classroom, quiz)[0]

    assert (hardest.right, hardest.answered) == (1, 4)
    assert hardest.wrong_taken_most == (f"Choice b of {hardest.key}", 2)


def test_each_student_counts_once_with_the_first_try(classroom, enrolments, quiz):
    hand_in(enrolments[0], quiz, {}, minutes=5)
    hand_in(enrolments[0], quiz, {0: ["b"]})

    found = results.by_question(classroom, quiz)

    assert [one.answered for one in found] == [1, 1, 1]
    assert sum(one.right for one in found) == 2


def test_other_classes_do_not_count(classroom, enrolments, quiz):
    stranger = EnrolmentFactory(classroom__school=classroom.school)
    hand_in(stranger, quiz, {})

    assert results.by_question(classroom, quiz) == []
    assert results.counts(classroom, [quiz.pk]) == {}


def test_what_a_leaver_did_in_the_class_stays_in_its_results_without_the_name(
    classroom, teacher, enrolments, quiz, browser
):
    hand_in(enrolments[0], quiz, {0: ["b"]})
    hand_in(enrolments[1], quiz, {})
    roster.leave(enrolment=enrolments[0], by=teacher)

    listed = browser.get(f"/teach/classes/{classroom.pk}/results/").content.decode()
    opened = browser.post(address(classroom, quiz, "students/"), {"reason": "help"}).content.decode()

    assert {one.answered for one in results.by_question(classroom, quiz)} == {2}
    assert results.counts(classroom, [quiz.pk]) == {quiz.pk: results.Taken(here=1, gone=1)}
    assert "taken by 2 of 12" in listed
    assert f"<bdi>{enrolments[1].alias}</bdi>" in opened
    assert f"<bdi>{enrolments[0].alias}</bdi>" not in opened


def test_what_a_leaver_does_in_another_class_is_that_class_s(classroom, teacher, enrolments, quiz):
    roster.leave(enrolment=enrolments[0], by=teacher)
    elsewhere = EnrolmentFactory(classroom__school=classroom.school, student=enrolments[0].student)
    hand_in(elsewhere, quiz, {})

    assert results.by_question(classroom, quiz) == []
    assert results.counts(elsewhere.classroom, [quiz.pk]) == {quiz.pk: results.Taken(here=1)}


def test_a_question_that_is_gone_is_told_as_it_was_asked(classroom, enrolments, quiz):
    hand_in(enrolments[0], quiz, {})
    key = quiz.questions.order_by("places").first().key
    Question.objects.filter(key=key).update(key="renamed")

    found = {one.key: one.text for one in results.by_question(classroom, quiz)}

    assert found[key] == f"Question {key}?"


def test_questions_are_told_in_the_readers_language(classroom, enrolments, quiz, browser):
    hand_in(enrolments[0], quiz, {0: ["b"]})
    Question.objects.filter(places__quiz=quiz).update(text_hi="हिंदी में सवाल?")
    browser.cookies["language"] = "hi"

    page = browser.get(address(classroom, quiz)).content.decode()

    assert "हिंदी में सवाल?" in page


def test_the_page_tells_it_in_sentences_without_a_student(classroom, enrolments, quiz, browser):
    for enrolment in enrolments[:3]:
        hand_in(enrolment, quiz, {0: ["b"]})

    page = browser.get(address(classroom, quiz)).content.decode()

    assert "0 of 3 students got this right." in page
    assert "The wrong choice taken most, by 3 students: “Choice b of" in page
    assert "What went well" in page
    assert not any(one.alias in page for one in enrolments)


def test_a_class_that_knew_all_is_told_so(classroom, enrolments, quiz, browser):
    hand_in(enrolments[0], quiz, {})

    page = browser.get(address(classroom, quiz)).content.decode()

    assert "Nothing stands out." in page


def test_a_quiz_that_nobody_took_says_so(classroom, quiz, browser):
    assert "Nobody has taken it yet" in browser.get(address(classroom, quiz)).content.decode()


def test_names_open_with_a_reason_which_is_kept(classroom, teacher, enrolments, quiz, browser):
    hand_in(enrolments[0], quiz, {0: ["b"]})
    hand_in(enrolments[1], quiz, {})
    closed = browser.get(address(classroom, quiz, "students/")).content.decode()
    without_reason = browser.post(address(classroom, quiz, "students/")).content.decode()

    opened = browser.post(address(classroom, quiz, "students/"), {"reason": "help"}).content.decode()

    event = AuditEvent.objects.get(action="results.opened")
    assert enrolments[0].alias not in closed + without_reason
    assert f"<bdi>{enrolments[0].alias}</bdi>" in opened
    assert "2 of 3" in opened
    assert "All right" in opened
    assert (event.actor_id, event.details) == (teacher.pk, {"quiz": quiz.key, "reason": "help"})


def test_the_list_shows_each_quiz_with_how_many_took_it(classroom, enrolments, module, browser):
    lesson = lessons_of(module)[0]
    hand_in(enrolments[0], practice_quiz(lesson), {})

    page = browser.get(f"/teach/classes/{classroom.pk}/results/").content.decode()

    assert "taken by 1 of 12" in page
    assert "taken by 0 of 12" in page


def test_a_class_without_a_module_has_no_results(classroom, teacher, browser):
    assert "No results yet" in browser.get(f"/teach/classes/{classroom.pk}/results/").content.decode()


def test_a_quiz_that_the_class_never_had_is_not_there(classroom, browser):
    other = final_quiz(make_module("Else"))

    assert browser.get(address(classroom, other)).status_code == 404


def test_results_of_an_undone_module_stay(classroom, teacher, enrolments, quiz, browser):
    hand_in(enrolments[0], quiz, {})
    assignments.undo(assignment=classroom.assignments.get(), by=teacher)

    assert browser.get(address(classroom, quiz)).status_code == 200


def test_the_head_does_not_see_results(classroom, quiz):
    assert browser_of(head_of(classroom.school)).get(address(classroom, quiz)).status_code == 403
