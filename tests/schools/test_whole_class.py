"""A lesson for a whole class on one screen, through the front door: begun, shown, ended, mended, taken back."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.identifiers import uuid7
from cms.core.models import AuditEvent
from schools.actions import notices, sessions
from schools.models import Assignment, Classroom, OptOut, SchoolReadiness, StaleSchool, WholeClassSession
from schools.queries import sessions as queries
from tests.factories import ClassroomFactory, EnrolmentFactory, teacher_of
from tests.schools.lessons import lessons_of, make_module, practice_quiz
from tests.schools.staff import browser_of, give, head_of, make_ready, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    return make_module("Facts")


@pytest.fixture
def lesson(module):
    return lessons_of(module)[0]


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/sessions/"


@pytest.fixture
def begun(classroom, teacher, lesson, enrolments):
    return begin(classroom, teacher, lesson)


def begin(classroom, teacher, lesson, id=None):
    return sessions.start(
        id=id or uuid7(), classroom=classroom, lesson_key=lesson.translation_key, by=teacher
    )


def taught(classroom, teacher, lesson, headcount=12, **fields):
    session = begin(classroom, teacher, lesson)
    fields = {"held_on": timezone.localdate(), "hands": {}} | fields
    return sessions.end(classroom=classroom, id=session.id, headcount=headcount, by=teacher, **fields)


def ending(**changes):
    return {"held_on": timezone.localdate().isoformat(), "headcount": "11"} | changes


def check_of(lesson):
    """The key of the question inside the lesson."""
    return next(child.value["question"] for child in lesson.body if child.block_type == "check").key


def visible(html):
    """What stands on the screen before anything is opened."""
    return re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)


def test_a_teacher_starts_a_lesson_and_sees_its_screens(browser, base, lesson, enrolments):
    page = text(browser.get(f"{base}new/{lesson.translation_key}/"))
    form = {"id": re.search(r'name="id" value="([0-9a-f-]+)"', page)[1]}

    screen = browser.post(f"{base}new/{lesson.translation_key}/", form, follow=True)

    session = WholeClassSession.objects.get()
    assert str(session.id) == form["id"]
    assert (session.enrolled, session.ended_at) == (12, None)
    assert "Words of Facts 1." in text(screen)
    assert f"Question {check_of(lesson)}?" in text(screen)
    assert 'aria-label="Main menu"' in text(screen)
    assert "data-exit" in text(screen)
    assert "Kite" not in text(screen)


def test_the_same_form_twice_is_one_session(browser, base, lesson, enrolments):
    form = {"id": str(uuid7())}

    answers = [browser.post(f"{base}new/{lesson.translation_key}/", form) for _time in range(2)]

    assert answers[0].url == answers[1].url
    assert WholeClassSession.objects.count() == 1


def test_an_identity_of_another_teacher_class_or_lesson_is_refused(classroom, teacher, module, begun):
    colleague = teacher_of(classroom)
    second = ClassroomFactory(school=classroom.school, class_level=7)
    second.teachings.create(teacher=teacher)
    form = {"id": str(begun.id)}
    one, two = (page.translation_key for page in lessons_of(module))

    by_colleague = browser_of(colleague).post(f"/teach/classes/{classroom.pk}/sessions/new/{one}/", form)
    in_class = browser_of(teacher).post(f"/teach/classes/{second.pk}/sessions/new/{one}/", form)
    of_lesson = browser_of(teacher).post(f"/teach/classes/{classroom.pk}/sessions/new/{two}/", form)

    assert [one.status_code for one in (by_colleague, in_class, of_lesson)] == [403, 403, 403]
    assert WholeClassSession.objects.get().teacher == teacher


def test_a_lesson_of_another_age_is_not_there(browser, base, classroom, module):
    Classroom.objects.filter(pk=classroom.pk).update(class_level=11)

    answer = browser.get(f"{base}new/{lessons_of(module)[0].translation_key}/")

    assert answer.status_code == 404


def test_another_classes_session_is_not_there(browser, lesson, begun):
    elsewhere = ClassroomFactory()
    stranger = browser_of(teacher_of(elsewhere))

    answer = stranger.get(f"/teach/classes/{elsewhere.pk}/sessions/{begun.id}/")

    assert answer.status_code == 404


def test_a_sensitive_lesson_opens_only_when_all_is_in_place(browser, base, classroom, teacher, enrolments):
    lesson = lessons_of(make_module("Chats", is_sensitive=True))[0]
    address = f"{base}new/{lesson.translation_key}/"

    closed = text(browser.get(address))
    refused = browser.post(address, {"id": str(uuid7())}, follow=True)
    make_ready(classroom, teacher)
    opened = text(browser.get(address))

    assert "Start the lesson" not in closed
    assert "This module cannot open yet." in text(refused)
    assert not WholeClassSession.objects.exists()
    assert "Start the lesson" in opened


def test_a_sensitive_lesson_closes_again_with_the_schools_readiness(
    browser, base, classroom, teacher, enrolments
):
    make_ready(classroom, teacher)
    session = begin(classroom, teacher, lessons_of(make_module("Chats", is_sensitive=True))[0])
    SchoolReadiness.objects.update(lead_name="")

    answers = [browser.get(f"{base}{session.id}/{page}") for page in ("", "notes/")]

    assert [one.url for one in answers] == [base, base]


def test_the_teacher_is_told_how_many_leave_and_the_screen_tells_nobody(
    browser, base, classroom, teacher, enrolments
):
    lesson = lessons_of(make_module("Chats", is_sensitive=True))[0]
    make_ready(classroom, teacher)
    notices.set_opt_outs(classroom=classroom, enrolment_ids=[one.pk for one in enrolments[:2]], by=teacher)
    session = begin(classroom, teacher, lesson)

    ready = text(browser.get(f"{base}new/{lesson.translation_key}/"))
    screen = text(browser.get(f"{base}{session.id}/"))

    assert OptOut.objects.count() == 2
    assert "2 students do not take part in this lesson." in ready
    assert "Kite" not in ready
    assert "do not take part" not in screen


def test_the_right_answer_is_closed_until_it_is_asked_for(browser, base, begun, lesson):
    html = browser.get(f"{base}{begun.id}/").content.decode()

    key = check_of(lesson)
    assert f"Because a of {key}" in html
    assert f"Because a of {key}" not in visible(html)
    assert f"Choice a of {key}" in visible(html)
    assert "<details open" not in html


def test_notes_are_in_their_own_window_and_never_on_the_screen(browser, base, begun, lesson):
    lesson.teacher_guide = [
        {"type": "section", "value": {"heading": "Watch for", "body": "Look after them."}}
    ]
    lesson.save()

    screen = text(browser.get(f"{base}{begun.id}/"))
    notes = text(browser.get(f"{base}{begun.id}/notes/"))

    assert "Look after them." not in screen
    assert "Look after them." in notes
    assert "Do not promise to keep it secret." in notes
    assert notes.count("data-note=") == screen.count("data-slide=")


def test_ending_keeps_day_headcount_and_hands(browser, base, classroom, begun, lesson):
    key, practice = check_of(lesson), practice_quiz(lesson).questions.get(kind="multiple").key
    StaleSchool.objects.all().delete()
    hands = {
        f"hands-{key}-a": "7",
        f"hands-{key}-b": "4",
        f"hands-{practice}-a": "9",
        f"hands-{practice}-b": "8",
    }

    page = browser.post(f"{base}{begun.id}/end/", ending(**hands), follow=True)

    session = WholeClassSession.objects.get()
    assert (session.headcount, session.held_on) == (11, timezone.localdate())
    assert session.tallies == {key: {"a": 7, "b": 4}, practice: {"a": 9, "b": 8}}
    assert "to 11 students" in text(page)
    assert "7 hands" in text(page)
    assert "Counted by hand, so roughly." in text(page)
    assert StaleSchool.objects.get().school == classroom.school
    event = AuditEvent.objects.get(action="session.ended")
    assert (event.subject_id, event.details["headcount"]) == (str(classroom.pk), 11)


def test_the_same_end_twice_is_one_and_changes_nothing(browser, base, begun):
    first = browser.post(f"{base}{begun.id}/end/", ending())
    second = browser.post(f"{base}{begun.id}/end/", ending(headcount="5"))

    assert first.url == second.url
    assert WholeClassSession.objects.get().headcount == 11
    assert AuditEvent.objects.filter(action="session.ended").count() == 1


def test_a_script_gets_the_address_of_the_result_or_what_is_at_fault(browser, base, begun):
    wanted = {"headers": {"accept": "application/json"}}

    fault = browser.post(f"{base}{begun.id}/end/", ending(headcount="0"), **wanted)
    good = browser.post(f"{base}{begun.id}/end/", ending(), **wanted)
    again = browser.post(f"{base}{begun.id}/end/", ending(), **wanted)

    assert (fault.status_code, list(fault.json()["errors"])) == (400, ["headcount"])
    assert good.json() == again.json() == {"url": f"{base}{begun.id}/result/"}


@pytest.mark.parametrize("headcount", ["0", "101", "-1", "'", "", "1e3", "9" * 400])
def test_a_headcount_that_cannot_be_is_refused_and_nothing_is_lost(browser, base, begun, lesson, headcount):
    key = check_of(lesson)

    page = browser.post(f"{base}{begun.id}/end/", ending(**{"headcount": headcount, f"hands-{key}-a": "7"}))

    assert "Please look at this again. Nothing you typed is lost." in text(page)
    assert re.search(rf'name="hands-{key}-a" value="7"', text(page))
    assert WholeClassSession.objects.get().ended_at is None


def test_more_than_are_on_the_list_is_asked_about_and_then_taken(browser, base, begun):
    asked = text(browser.post(f"{base}{begun.id}/end/", ending(headcount="13")))
    browser.post(f"{base}{begun.id}/end/", ending(headcount="13", is_sure="on"))

    assert "The list of the class has 12 students." in asked
    assert "Yes, more students were there than are on the list." in asked
    assert WholeClassSession.objects.get().headcount == 13


def test_the_day_is_not_to_come_not_of_last_year_and_not_before_the_module(
    browser, base, classroom, teacher, module, begun
):
    today = timezone.localdate()
    give(classroom, teacher, module)
    Assignment.objects.update(opens_on=today - timedelta(days=3))
    days = [today + timedelta(days=1), today - timedelta(days=4), today - timedelta(days=400)]

    pages = [text(browser.post(f"{base}{begun.id}/end/", ending(held_on=day.isoformat()))) for day in days]

    assert "This day is still to come." in pages[0]
    assert "the class did not have the module yet." in pages[1]
    assert "This day is not in this school year." in pages[2]
    assert WholeClassSession.objects.get().ended_at is None


def test_hands_for_questions_of_other_lessons_are_not_kept(browser, base, begun, module):
    other = check_of(lessons_of(module)[1])
    hostile = {f"hands-{other}-a": "5", "hands-none-a": "5", "hands": '{"' + "x" * 100_000 + '": 1}'}

    browser.post(f"{base}{begun.id}/end/", ending(**hostile))

    assert WholeClassSession.objects.get().tallies == {}


@pytest.mark.parametrize("count", ["-1", "101", "many", "9" * 300])
def test_a_number_of_hands_that_cannot_be_is_refused(browser, base, begun, lesson, count):
    page = browser.post(f"{base}{begun.id}/end/", ending(**{f"hands-{check_of(lesson)}-a": count}))

    assert "Please look at this again." in text(page)
    assert WholeClassSession.objects.get().ended_at is None


def test_the_action_refuses_unknown_questions_too(classroom, teacher, begun):
    with pytest.raises(Exception, match="These hands do not belong"):
        sessions.end(
            classroom=classroom,
            id=begun.id,
            held_on=timezone.localdate(),
            headcount=3,
            hands={"none": {"a": 1}},
            by=teacher,
        )


def test_a_colleague_does_not_end_what_another_began(base, classroom, begun):
    colleague = browser_of(teacher_of(classroom))

    answer = colleague.post(f"{base}{begun.id}/end/", ending())

    assert answer.status_code == 403
    assert WholeClassSession.objects.get().ended_at is None


def test_a_session_is_mended_within_14_days(browser, base, classroom, teacher, lesson, enrolments):
    session = taught(classroom, teacher, lesson)

    page = browser.post(f"{base}{session.id}/correct/", ending(headcount="9"), follow=True)

    assert "to 9 students" in text(page)
    assert AuditEvent.objects.get(action="session.corrected").details["headcount"] == 9


def test_after_14_days_nothing_is_mended_or_taken_back(base, classroom, teacher, lesson, enrolments):
    session = taught(classroom, teacher, lesson)

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        browser = browser_of(teacher)
        answers = [browser.post(f"{base}{session.id}/{page}/", ending()) for page in ("correct", "undo")]

    assert [one.status_code for one in answers] == [403, 403]
    assert WholeClassSession.objects.get().headcount == 12


def test_taking_back_asks_first_and_stays_in_the_log(browser, base, classroom, teacher, lesson, enrolments):
    session = taught(classroom, teacher, lesson)

    asked = text(browser.get(f"{base}{session.id}/undo/"))
    browser.post(f"{base}{session.id}/undo/")

    assert "It no longer counts as taught" in asked
    assert not WholeClassSession.objects.exists()
    assert AuditEvent.objects.get(action="session.undone").details["session"] == str(session.id)


def test_the_class_page_says_what_was_taught_and_what_is_still_to_come(
    browser, classroom, teacher, module, enrolments
):
    give(classroom, teacher, module)
    taught(classroom, teacher, lessons_of(module)[0], headcount=10)

    page = text(browser.get(f"/teach/classes/{classroom.pk}/"))

    assert "to 10 students" in page
    assert "Still to teach: Facts 2" in page


def test_too_few_in_the_room_do_not_count_as_the_class(browser, base, classroom, teacher, lesson, enrolments):
    taught(classroom, teacher, lesson, headcount=7)

    page = text(browser.get(base))

    assert "too few of the class for it to count" in page
    assert queries.delivered_lessons(classroom) == set()


def test_a_module_is_delivered_with_all_its_lessons(browser, base, classroom, teacher, module, enrolments):
    for lesson in lessons_of(module):
        taught(classroom, teacher, lesson, headcount=8)

    page = text(browser.get(base))

    assert "All lessons were taught to the class." in page
    assert queries.delivered_lessons(classroom) == {one.translation_key for one in lessons_of(module)}


def test_hands_stand_beside_the_results_of_the_quiz(browser, classroom, teacher, module, lesson, enrolments):
    quiz = practice_quiz(lesson)
    key = quiz.questions.get(kind="single").key
    give(classroom, teacher, module)
    taught(classroom, teacher, lesson, hands={key: {"a": 1, "c": 6}})

    page = text(browser.get(f"/teach/classes/{classroom.pk}/results/{quiz.pk}/"))

    assert f"Question {key}?" in page
    assert "6 hands" in page
    assert "Counted by hand, so roughly." in page


def test_the_head_reads_what_was_taught_and_starts_nothing(base, classroom, teacher, lesson, enrolments):
    session = taught(classroom, teacher, lesson)
    head = browser_of(head_of(classroom.school))

    page = text(head.get(base))
    result = text(head.get(f"{base}{session.id}/result/"))

    assert "to 12 students" in page
    assert "Get ready" not in page
    assert "Mend the numbers" not in result


@pytest.mark.counts_queries
def test_the_list_costs_the_same_with_few_sessions_and_with_many(browser, base, classroom, teacher, module):
    EnrolmentFactory(classroom=classroom)
    costs = []
    for times in (1, 8):
        for _time in range(times):
            taught(classroom, teacher, lessons_of(module)[0], headcount=1)
        browser.get(base)
        with CaptureQueriesContext(connection) as captured:
            browser.get(base)
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 16


def test_the_database_wants_a_headcount_with_the_end(begun):
    rows = WholeClassSession.objects.filter(id=begun.id)

    for broken in (
        {"ended_at": timezone.now()},
        {"headcount": 3},
        {"ended_at": timezone.now(), "headcount": 101},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)
