"""What figures make one wonder about is a question to the head, and nobody else's business for two weeks."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.identifiers import uuid7
from cms.core.models import AuditEvent
from cms.users.models import User
from schools import tasks
from schools.actions.adoption import recompute_school
from schools.actions.plausibility import note_questions
from schools.models import LessonProgress, Role, SchoolQuestion, WholeClassSession
from schools.queries.plausibility import open_questions
from tests import factories
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, head_of, text
from tests.schools.study import study

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return make_module("Chats")


@pytest.fixture
def room():
    return factories.ClassroomFactory(section="B")


@pytest.fixture
def head(room):
    """Signed in just now, as heads are who read the page."""
    head = head_of(room.school)
    User.objects.filter(pk=head.pk).update(last_login=timezone.now())
    return head


def read(room, module, seconds, pupils=1):
    """Pupils who finish each lesson of a module in so many seconds."""
    for enrolment in factories.EnrolmentFactory.create_batch(pupils, classroom=room):
        for lesson in lessons_of(module):
            study(enrolment, lesson, module)
        begun = timezone.now() - timedelta(seconds=seconds)
        LessonProgress.objects.filter(student=enrolment.student).update(
            started_at=begun, finished_at=begun + timedelta(seconds=seconds)
        )


def teach(room, module, teacher, *, headcount=20, enrolled=20, days_ago=0):
    at = timezone.now() - timedelta(days=days_ago)
    return WholeClassSession.objects.create(
        school_id=room.school_id,
        id=uuid7(),
        state_id=room.school.state_id,
        classroom_id=room.pk,
        module_key=module.translation_key,
        lesson_key=lessons_of(module)[0].translation_key,
        language="en",
        held_on=timezone.localdate(at),
        started_at=at,
        ended_at=at,
        headcount=headcount,
        enrolled=enrolled,
        teacher=teacher,
    )


def kinds(school):
    return list(SchoolQuestion.objects.filter(school=school).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("quick", "slow", "is_asked"), [(5, 0, True), (3, 3, True), (3, 4, False), (4, 0, False), (0, 6, False)]
)
def test_half_of_at_least_five_in_under_a_minute_a_lesson(room, head, module, quick, slow, is_asked):
    read(room, module, 59, quick)
    read(room, module, 60, slow)

    note_questions([room.school_id])

    assert kinds(room.school) == (["fast"] if is_asked else [])


def test_what_was_only_begun_or_belongs_to_last_year_is_not_asked_about(room, head, module):
    for enrolment in factories.EnrolmentFactory.create_batch(6, classroom=room):
        study(enrolment, lessons_of(module)[0], module, finished=False)
    old = factories.ClassroomFactory(school=room.school, archived_at=timezone.now())
    read(old, module, 5, 6)

    note_questions([room.school_id])

    assert kinds(room.school) == []


@pytest.mark.parametrize(
    ("headcount", "enrolled", "is_asked"), [(21, 20, True), (20, 20, False), (30, 0, False)]
)
def test_more_heads_than_pupils(room, head, module, headcount, enrolled, is_asked):
    teach(room, module, head, headcount=headcount, enrolled=enrolled)

    note_questions([room.school_id])

    assert kinds(room.school) == (["above-enrolment"] if is_asked else [])


@pytest.mark.parametrize(("days", "is_asked"), [(8, True), (6, False), (None, True)])
def test_a_session_while_nobody_had_signed_in_for_a_week(room, head, module, days, is_asked):
    last = None if days is None else timezone.now() - timedelta(days=days)
    User.objects.filter(pk=head.pk).update(last_login=last)
    teach(room, module, head)

    note_questions([room.school_id])
    note_questions([room.school_id])

    assert kinds(room.school) == (["nobody-signed-in"] if is_asked else [])


def test_the_head_reads_the_questions_in_kind_words_and_answers_by_a_button(room, head, module):
    read(room, module, 20, 5)
    teach(room, module, head, headcount=45, enrolled=20)
    note_questions([room.school_id])
    browser, address = browser_of(head), f"/school/{room.school.udise_code}/"
    User.objects.filter(pk=head.pk).update(last_login=timezone.now())

    page = text(browser.get(address))
    [first, second] = re.findall(rf'action="({address}questions/\d+/)"', page)
    after = text(browser.post(first, {"answer": "mistake"}, follow=True))

    assert "Questions about your figures" in page
    assert "Class 7 B was very quick" in page
    assert "finished lessons of “Chats” took less than a minute" in page
    assert "45 were counted in a lesson, and the class list had 20." in page
    assert "there is often an ordinary reason" in page
    assert "Thank you. Your answer is kept." in after
    assert first not in after
    assert second in after
    question = SchoolQuestion.objects.exclude(answer="").get()
    assert (question.answer, question.answered_by_id) == ("mistake", head.pk)
    event = AuditEvent.objects.get(action="school_question.answered")
    assert (event.actor_id, event.school_id, event.details["answer"]) == (head.pk, room.school_id, "mistake")


def test_only_the_three_answers_are_taken_and_the_first_one_stands(room, head, module):
    question = SchoolQuestion.objects.create(school=room.school, kind="nobody-signed-in", subject="2026-11")
    browser, address = browser_of(head), f"/school/{room.school.udise_code}/questions/{question.pk}/"

    refused = text(browser.post(address, {"answer": "something else"}, follow=True))
    browser.post(address, {"answer": "right"})
    again = text(browser.post(address, {"answer": "looking"}, follow=True))

    question.refresh_from_db()
    assert "Choose one of the three answers." in refused
    assert question.answer == "right"
    assert "answered already" in again


def test_nobody_else_at_the_school_is_asked_and_no_other_head_answers(room, head, module):
    question = SchoolQuestion.objects.create(school=room.school, kind="nobody-signed-in", subject="2026-11")
    page_of = f"/school/{room.school.udise_code}/"
    other = head_of(factories.SchoolFactory())

    pages = [
        text(browser_of(head_of(room.school, role)).get(page_of)) for role in (Role.TEACHER, Role.SAFETY_LEAD)
    ]
    answered = browser_of(other).post(f"{page_of}questions/{question.pk}/", {"answer": "right"})
    through_own = browser_of(other).post(
        f"/school/{other.memberships.get().school.udise_code}/questions/{question.pk}/", {"answer": "right"}
    )

    assert not [page for page in pages if "Questions about your figures" in page]
    assert (answered.status_code, through_own.status_code) == (404, 404)
    question.refresh_from_db()
    assert question.answer == ""


def test_a_question_goes_when_the_record_is_mended_but_an_answer_is_kept(room, head, module):
    first = teach(room, module, head, headcount=45)
    second = teach(room, module, head, headcount=46)
    note_questions([room.school_id])
    SchoolQuestion.objects.filter(subject=str(first.id)).update(
        answer="mistake", answered_at=timezone.now(), answered_by=head
    )
    WholeClassSession.objects.filter(id__in=[first.id, second.id]).update(headcount=19)

    note_questions([room.school_id])

    assert [one.subject for one in SchoolQuestion.objects.all()] == [str(first.id)]


def test_officials_get_a_number_and_only_after_two_weeks(room):
    today = timezone.localdate()
    for number, days in enumerate((13, 14, 40)):
        SchoolQuestion.objects.create(
            school=room.school,
            kind="nobody-signed-in",
            subject=f"2026-0{number + 1}",
            asked_on=today - timedelta(days=days),
        )

    official = browser_of(
        factories.MembershipFactory(role=Role.BLOCK_OFFICIAL, school=None, block=room.school.block).user
    )
    school = room.school
    page = text(official.get(f"/insights/{school.state.code}/{school.district_id}/{school.udise_code}/"))

    assert open_questions([room.school_id]) == {room.school_id: 2}
    assert "2 questions about the school's figures wait for the head's answer." in page.replace("&#x27;", "'")
    assert "2026-0" not in page
    assert open_questions([]) == {}


def test_the_night_s_task_asks_where_something_happened(room, head, module):
    quiet = factories.ClassroomFactory()
    for one in (room, quiet):
        teach(one, module, head, headcount=45)
    recompute_school(room.school_id)

    tasks.ask_heads.call()

    assert kinds(room.school) == ["above-enrolment"]
    assert kinds(quiet.school) == []


def test_noting_costs_the_same_for_one_school_and_for_many(room, head, module):
    def cost(schools):
        with CaptureQueriesContext(connection) as seen:
            note_questions(schools)
        return len(seen)

    more = [factories.ClassroomFactory() for _ in range(4)]
    for one in (room, *more):
        read(one, module, 10, 5)
        teach(one, module, head, headcount=45)

    few = cost([room.school_id])

    assert cost([one.school_id for one in more]) == few


def test_the_page_costs_the_same_for_one_question_and_for_many(room, head, module):
    browser, address = browser_of(head), f"/school/{room.school.udise_code}/"

    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert "were counted in a lesson" in text(browser.get(address))
        return len(seen)

    teach(room, module, head, headcount=45)
    note_questions([room.school_id])
    cost()
    one = cost()
    for _number in range(4):
        teach(room, module, head, headcount=45)
    note_questions([room.school_id])

    assert cost() == one
