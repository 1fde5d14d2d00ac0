"""What a student's session reaches, and when it ends."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cms.core.identifiers import uuid7
from quizzes.models import Attempt
from schools.actions import roster
from tests.factories import AssignmentFactory
from tests.schools.lessons import lessons_of, make_module, practice_quiz

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def lesson(classroom):
    module = make_module()
    AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    return lessons_of(module)[0]


def test_a_session_that_is_used_goes_on(child, clock):
    child.signs_in()

    for _visit in range(4):
        clock.shift(timedelta(minutes=14))
        assert child.client.get("/class/").status_code == 200


def test_an_idle_session_asks_for_the_pictures_and_comes_back_to_the_same_page(child, clock, lesson):
    child.signs_in()
    path = f"/class/lessons/{lesson.translation_key}/"
    clock.shift(timedelta(minutes=15))

    ended = child.client.get(path)
    board = child.client.get(ended.url).content.decode()
    back = child.taps(child.pin)

    assert ended.url == "/join/pictures/"
    assert "Hello, <bdi>Kite 1</bdi>" in board
    assert back.url == path
    assert child.client.get(path).status_code == 200


def test_a_choice_sent_too_late_comes_back_marked_and_is_not_kept(child, clock, lesson):
    child.signs_in()
    quiz_id = practice_quiz(lesson).pk
    child.client.post(f"/class/quizzes/{quiz_id}/", {"attempt": str(uuid7())})
    attempt = Attempt.objects.get()
    path = f"/class/quizzes/{quiz_id}/{attempt.id}/1/"
    key = attempt.sheet[0]["choices"][1]["key"]
    clock.shift(timedelta(minutes=15))

    child.client.post(path, {"choice": key})
    board = child.client.get("/join/pictures/").content.decode()
    back = child.taps(child.pin)
    marked = child.client.get(path).content.decode()
    seen_again = child.client.get(path).content.decode()

    attempt.refresh_from_db()
    assert "Tap your pictures and you go on where you were." in board
    assert back.url == path
    assert re.search(rf'value="{key}"[^>]*checked', marked)
    assert "checked" not in seen_again
    assert attempt.sheet[0]["answer"] is None


def test_what_another_child_chose_is_not_carried_to_the_next(child, new_child, clock, lesson):
    child.signs_in()
    clock.shift(timedelta(minutes=15))
    child.client.post(f"/class/lessons/{lesson.translation_key}/", {"choice": "a"})

    other = new_child(1)
    other.client = child.client
    other.says_who()
    back = other.taps(other.pin)

    assert back.url == "/class/"
    assert "carried" not in child.client.session


def test_a_script_that_comes_too_late_is_told_and_the_page_itself_asks_for_the_pictures(child, clock, lesson):
    child.signs_in()
    path = f"/class/lessons/{lesson.translation_key}/"
    clock.shift(timedelta(minutes=15))

    told = child.client.post(f"{path}step/", {"step": "3"})
    asked = child.client.get(path)
    back = child.taps(child.pin)

    assert told.status_code == 401
    assert asked.url == "/join/pictures/"
    assert back.url == path


def test_the_door_lets_a_signed_in_student_go_on(child, new_child, clock):
    child.signs_in()

    door = child.client.get("/join/").content.decode()
    clock.shift(timedelta(minutes=16))
    later = child.client.get("/join/").content.decode()

    assert "Go on as <bdi>Kite 1</bdi>" in door
    assert "Go on as" not in later
    assert "Go on as" not in new_child().client.get("/join/").content.decode()


def test_a_page_that_is_not_there_keeps_the_student_s_bar(child):
    child.signs_in()

    missing = child.client.get("/class/quizzes/9999/")

    html = missing.content.decode()
    assert missing.status_code == 404
    assert "Kite 1" in html
    assert "Finish and leave" in html
    assert 'href="/class/"' in html


def test_an_idle_session_is_over_for_whoever_comes_next(child, clock):
    child.signs_in()
    clock.shift(timedelta(minutes=16))

    child.client.get("/class/")

    assert child.client.get("/class/").url == "/join/"


def test_a_quick_visit_writes_nothing(child, clock, django_assert_num_queries):
    child.signs_in()
    clock.shift(timedelta(seconds=30))
    child.client.get("/class/")

    with django_assert_num_queries(5):
        child.client.get("/class/")


def test_a_new_pin_ends_the_session_of_the_old_one(child, teacher):
    child.signs_in()

    roster.reset_pin(enrolment=child.enrolment, by=teacher)

    assert child.client.get("/class/").url == "/join/"


def test_leaving_the_class_ends_the_session(child, teacher):
    child.signs_in()

    roster.leave(enrolment=child.enrolment, by=teacher)

    assert child.client.get("/class/").url == "/join/"


def test_an_archived_class_ends_the_session(child, classroom):
    child.signs_in()
    classroom.archived_at = timezone.now()
    classroom.save()

    assert child.client.get("/class/").url == "/join/"


def test_nobody_and_staff_are_sent_to_the_front_door(client, teacher):
    assert client.get("/class/").url == "/join/"
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/class/").url == "/join/"


@pytest.mark.parametrize(
    "path",
    [
        "/teach/",
        "/school/",
        "/insights/",
        "/cms/",
        "/cms/login/",
        "/documents/1/x.pdf",
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/password/reset/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/reauthenticate/",
    ],
)
def test_a_student_reaches_nothing_of_the_staff_s(child, path):
    child.signs_in()

    assert child.client.get(path).status_code == 404
    assert child.client.post(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/start/", "/language/?to=hi&next=/class/", "/healthz", "/join/"])
def test_what_everyone_may_see_a_student_may_see(child, path):
    child.signs_in()

    assert child.client.get(path).status_code in (200, 302)


def test_start_is_the_student_s_own_home(child):
    child.signs_in()

    assert child.client.get("/start/").url == "/class/"


@pytest.mark.parametrize("path", ["/class/", "/join/pictures/"])
def test_a_student_s_pages_are_never_stored(child, path):
    child.signs_in()

    response = child.client.get(path)

    assert response.headers["Cache-Control"] == "no-store, private"


def test_forms_are_checked_and_sent_with_their_origin(child):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/join/", {"code": child.enrolment.classroom.join_code})
    page = strict.get("/join/")

    assert response.status_code == 403
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert 'name="referrer"' not in page.content.decode()
