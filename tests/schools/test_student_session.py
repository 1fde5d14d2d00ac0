"""What a student's session reaches, and when it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from schools.actions import roster
from tests.factories import AssignmentFactory
from tests.schools.lessons import lessons_of, make_module

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
