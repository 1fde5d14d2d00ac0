"""Taking a quiz, through the front door."""

import uuid

import pytest

from quizzes.models import Attempt
from schools.actions import roster
from schools.models import StaleSchool
from tests.factories import AssignmentFactory, ClassroomFactory, SchoolFactory, teacher_of
from tests.schools.lessons import final_quiz, make_module

pytestmark = pytest.mark.django_db

RIGHT = {"single": ["a"], "multiple": ["a", "b"], "true-false": ["true"]}
PART = {"single": ["a"], "multiple": ["a"], "true-false": ["true"]}
WRONG = {"single": ["b"], "multiple": ["c"], "true-false": ["false"]}


@pytest.fixture
def module():
    return make_module()


@pytest.fixture
def quiz(module):
    return final_quiz(module)


@pytest.fixture
def pupil(child, classroom, module):
    AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    return child.signs_in()


class Sitting:
    """One way through a quiz."""

    def __init__(self, pupil, quiz, id=None):
        self.client = pupil.client
        self.quiz = quiz
        self.id = id or uuid.uuid4()
        self.url = f"/class/quizzes/{quiz.pk}/{self.id}/"

    def starts(self):
        return self.client.post(f"/class/quizzes/{self.quiz.pk}/", {"attempt": self.id})

    def answers(self, answers=RIGHT):
        for number, item in enumerate(self.sheet(), start=1):
            response = self.answer(number, answers[item["kind"]])
        return response

    def answer(self, number, choice):
        return self.client.post(f"{self.url}{number}/", {"choice": choice})

    def hands_in(self):
        return self.client.post(f"{self.url}hand-in/")

    def sheet(self):
        return Attempt.objects.get(id=self.id).sheet

    def result(self):
        return self.client.get(self.url)

    def whole(self, answers=RIGHT):
        self.starts()
        self.answers(answers)
        self.hands_in()
        return self.result().content.decode()


@pytest.fixture
def sitting(pupil, quiz):
    return Sitting(pupil, quiz)


def test_a_quiz_from_start_to_result(sitting):
    start = sitting.client.get(f"/class/quizzes/{sitting.quiz.pk}/").content.decode()
    first = sitting.starts()
    last = sitting.answers()
    look = sitting.client.get(last.url).content.decode()
    done = sitting.hands_in()

    page = sitting.result().content.decode()

    assert "3 questions. Take the time you need." in start
    assert first.url == f"{sitting.url}1/"
    assert last.url == f"{sitting.url}hand-in/"
    assert "All questions have an answer" in look
    assert done.url == sitting.url
    assert "You got 3 of 3." in page
    assert "You know this well." in page


def test_the_result_tells_the_reason_for_every_choice(sitting):
    page = sitting.whole(PART)

    reasons = [choice["why"] for item in sitting.sheet() for choice in item["choices"]]
    assert len(reasons) == 9
    assert all(reason in page for reason in reasons)
    assert "You got 2 of 3, and a part of 1 more." in page
    assert "Well done." in page
    assert page.count("(your answer)") == 3
    assert "Partly right" in page


def test_wrong_answers_are_met_kindly(sitting):
    page = sitting.whole(WRONG)

    assert "You got 0 of 3." in page
    assert "Good that you tried." in page
    assert "Not yet. Here is why." in page
    assert Attempt.objects.get().has_passed is False


def test_no_page_before_the_end_tells_what_is_right(sitting):
    sitting.starts()
    pages = [sitting.client.get(f"{sitting.url}{number}/").content.decode() for number in (1, 2, 3)]
    pages.append(sitting.client.get(f"{sitting.url}hand-in/").content.decode())

    assert not any("Because" in page or "is_correct" in page or "choice--right" in page for page in pages)


def test_the_order_of_choices_is_the_attempt_s_own_and_stays(sitting):
    sitting.starts()
    first = sitting.client.get(f"{sitting.url}2/").content.decode()
    again = sitting.client.get(f"{sitting.url}2/").content.decode()

    keys = [choice["key"] for choice in sitting.sheet()[1]["choices"]]
    places = [first.index(f'value="{key}"') for key in keys]
    assert places == sorted(places)
    assert [again.index(f'value="{key}"') for key in keys] == sorted(
        again.index(f'value="{k}"') for k in keys
    )


def test_several_choices_are_boxes_and_one_is_a_circle(sitting):
    sitting.starts()

    one = sitting.client.get(f"{sitting.url}1/").content.decode()
    several = sitting.client.get(f"{sitting.url}2/").content.decode()

    assert 'type="radio"' in one
    assert "Choose one." in one
    assert 'type="checkbox"' in several
    assert "Choose all that are right." in several


def test_an_answer_is_kept_at_once_and_may_be_changed(sitting):
    sitting.starts()
    sitting.answer(1, ["b"])
    kept = sitting.client.get(f"{sitting.url}1/").content.decode()

    sitting.answer(1, ["a"])

    assert 'value="b" autocomplete="off" required checked' in kept
    assert sitting.sheet()[0]["answer"] == ["a"]


@pytest.mark.parametrize(
    ("number", "choice"), [(1, []), (1, ["a", "b"]), (1, ["z"]), (2, []), (2, ["a", "z"]), (3, ["a"])]
)
def test_an_answer_that_is_none_is_asked_for_again_and_keeps_the_old_one(sitting, number, choice):
    sitting.starts()
    sitting.answers()
    before = sitting.sheet()

    response = sitting.answer(number, choice)

    assert "Choose an answer first." in response.content.decode()
    assert sitting.sheet() == before


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_question_that_is_not_asked_is_not_there(sitting, number):
    sitting.starts()

    assert sitting.client.get(f"{sitting.url}{number}/").status_code == 404
    assert sitting.answer(number, ["a"]).status_code == 404


def test_the_last_look_says_what_has_no_answer(sitting):
    sitting.starts()
    sitting.answer(2, ["a"])

    page = sitting.client.get(f"{sitting.url}hand-in/").content.decode()

    assert "2 questions have no answer yet." in page
    assert f'href="{sitting.url}1/"' in page


def test_a_quiz_goes_on_where_it_stopped(sitting):
    sitting.starts()
    sitting.answer(1, ["a"])

    page = sitting.client.get(f"/class/quizzes/{sitting.quiz.pk}/").content.decode()
    again = Sitting(sitting, sitting.quiz).starts()

    assert "Go on where you stopped" in page
    assert again.url == f"{sitting.url}2/"
    assert sitting.result().url == f"{sitting.url}2/"
    assert Attempt.objects.count() == 1


def test_a_quiz_with_every_answer_goes_on_at_the_last_look(sitting):
    sitting.starts()
    sitting.answers()

    assert sitting.starts().url == f"{sitting.url}hand-in/"


# Repeats


def test_starting_twice_with_one_form_is_one_attempt(sitting):
    sitting.starts()
    sitting.starts()

    assert Attempt.objects.count() == 1


def test_handing_in_again_changes_nothing(sitting):
    sitting.whole()
    before = Attempt.objects.values().get()
    StaleSchool.objects.all().delete()

    assert sitting.hands_in().url == sitting.url
    assert sitting.answer(1, ["b"]).url == sitting.url
    assert sitting.starts().url == sitting.url
    assert sitting.client.get(f"{sitting.url}1/").url == sitting.url
    assert sitting.client.get(f"{sitting.url}hand-in/").url == sitting.url

    assert Attempt.objects.values().get() == before
    assert not StaleSchool.objects.exists()


def test_handing_in_marks_the_school_s_figures_as_behind(sitting):
    StaleSchool.objects.all().delete()

    sitting.whole()

    assert StaleSchool.objects.filter(school=Attempt.objects.get().school_id).exists()


@pytest.fixture
def classmate(new_child, sitting):
    sitting.whole()
    return Sitting(new_child(1).signs_in(), sitting.quiz, sitting.id)


@pytest.fixture
def stranger(new_child, sitting, module):
    sitting.whole()
    classroom = ClassroomFactory(school=SchoolFactory())
    AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    [enrolment] = roster.add_students(
        classroom=classroom, students=[roster.NewStudent("River")], by=teacher_of(classroom)
    )
    return Sitting(new_child(enrolment).signs_in(), sitting.quiz, sitting.id)


def test_a_classmate_s_replay_is_refused_and_changes_nothing(classmate):
    before = Attempt.objects.values().get()

    answers = [classmate.starts(), classmate.answer(1, ["b"]), classmate.hands_in(), classmate.result()]

    assert [response.status_code for response in answers] == [404] * 4
    assert classmate.client.get(f"{classmate.url}1/").status_code == 404
    assert Attempt.objects.values().get() == before


def test_a_replay_at_another_school_never_touches_the_first(stranger):
    before = Attempt.objects.values().get()

    answers = [stranger.answer(1, ["b"]), stranger.hands_in(), stranger.result()]
    stranger.starts()

    assert [response.status_code for response in answers] == [404] * 3
    assert Attempt.objects.filter(school_id=before["school_id"]).values().get() == before
    assert Attempt.objects.exclude(school_id=before["school_id"]).get().submitted_at is None


def test_an_attempt_belongs_to_its_quiz(sitting, pupil, classroom):
    other = make_module("Other")
    AssignmentFactory(classroom=classroom, module_key=other.translation_key)
    sitting.starts()

    wrong = Sitting(pupil, final_quiz(other), sitting.id)

    assert wrong.result().status_code == 404
    assert wrong.hands_in().status_code == 404


@pytest.mark.parametrize("id", ["", "x", "1234"])
def test_a_start_without_the_form_s_number_is_refused(pupil, quiz, id):
    assert pupil.client.post(f"/class/quizzes/{quiz.pk}/", {"attempt": id}).status_code == 404
    assert not Attempt.objects.exists()


# Trying again


def test_a_quiz_without_limit_may_be_tried_again(sitting, pupil):
    page = sitting.whole()
    second = Sitting(pupil, sitting.quiz)
    start = pupil.client.get(f"/class/quizzes/{sitting.quiz.pk}/").content.decode()
    second.whole(WRONG)

    assert "Try again" in page
    assert "See your last answers" in start
    assert Attempt.objects.filter(submitted_at__isnull=False).count() == 2


def test_a_quiz_with_a_limit_is_tried_so_often_and_no_more(pupil, quiz):
    type(quiz).objects.update(attempts_allowed=2)
    url = f"/class/quizzes/{quiz.pk}/"

    first = Sitting(pupil, quiz).whole(WRONG)
    between = pupil.client.get(url).content.decode()
    last = Sitting(pupil, quiz).whole(WRONG)
    after = pupil.client.get(url).content.decode()
    third = Sitting(pupil, quiz).starts()

    assert "Try again" in first
    assert "You can take it 1 more time." in between
    assert "Try again" not in last
    assert "You have taken this quiz as often as it can be taken." in after
    assert third.url == url
    assert Attempt.objects.count() == 2


# Which quizzes, which words


def test_a_quiz_of_a_module_that_the_class_does_not_have_is_not_there(child, quiz):
    child.signs_in()
    sitting = Sitting(child, quiz)

    assert child.client.get(f"/class/quizzes/{quiz.pk}/").status_code == 404
    assert sitting.starts().status_code == 404
    assert not Attempt.objects.exists()


def test_a_quiz_whose_questions_are_not_published_is_not_there(pupil, quiz):
    quiz.questions.update(live=False)

    assert pupil.client.get(f"/class/quizzes/{quiz.pk}/").status_code == 404


def test_a_quiz_keeps_the_language_it_was_begun_in(sitting):
    question = sitting.quiz.places.first().question
    type(question).objects.filter(pk=question.pk).update(text_te="తెలుగు?")
    sitting.client.cookies["language"] = "te"
    sitting.starts()
    sitting.client.cookies["language"] = "en"

    page = sitting.client.get(f"{sitting.url}1/").content.decode()

    assert "తెలుగు?" in page
    assert 'lang="te" dir="ltr"' in page
    assert Attempt.objects.get().language == "te"


def test_words_that_are_not_translated_are_english(sitting):
    sitting.client.cookies["language"] = "ur"
    sitting.starts()
    sitting.client.cookies["language"] = "en"

    page = sitting.client.get(f"{sitting.url}1/").content.decode()

    assert "Question " in page
    assert 'lang="ur" dir="rtl"' in page


# Costs


@pytest.mark.counts_queries
def test_handing_in_costs_at_most_eight_queries(sitting, django_assert_max_num_queries):
    sitting.starts()
    sitting.answers()

    with django_assert_max_num_queries(8):
        sitting.hands_in()


@pytest.mark.counts_queries
def test_answering_costs_at_most_eight_queries(sitting, django_assert_max_num_queries):
    sitting.starts()

    with django_assert_max_num_queries(8):
        sitting.answer(1, ["a"])


@pytest.mark.counts_queries
def test_a_question_costs_the_same_after_many_attempts(sitting, pupil, django_assert_num_queries):
    for _number in range(5):
        Sitting(pupil, sitting.quiz).whole()
    sitting.starts()

    with django_assert_num_queries(4):
        sitting.client.get(f"{sitting.url}1/")
