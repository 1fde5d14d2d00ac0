"""`/join/`, through the front door."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cms.users.models import User
from schools.actions import roster
from schools.models import WrongCode, WrongPin
from schools.views.joining import read_device
from tests.factories import ClassroomFactory

pytestmark = pytest.mark.django_db

NO_MATCH = "Those pictures do not match. Try again or ask your teacher."
NO_CLASS = "That did not open a class. Check the code with your teacher."


def test_a_child_signs_in_with_code_alias_and_pictures(child):
    code = child.gives_code()
    names = child.client.get(code.url)
    board = child.says_who()
    pictures = child.client.get(board.url)
    home = child.taps(child.pin)

    assert (code.url, board.url, home.url) == ("/join/who/", "/join/pictures/", "/class/")
    assert "Kite 1" in names.content.decode()
    assert pictures.content.decode().count('class="pin-key"') == 12
    assert "Hello, <bdi>Kite 1</bdi>" in child.client.get(home.url).content.decode()


def test_each_tap_may_send_the_form(child):
    child.comes_to_the_board()
    first, second, third, last = child.pin

    page = child.client.post("/join/pictures/", {"picked": "", "pick": first}).content.decode()
    assert f'name="picked" value="{first}"' in page
    assert f'value="{first}" disabled' in page
    page = child.client.post("/join/pictures/", {"picked": first, "pick": second}).content.decode()
    assert page.count("pin-slot--filled") == 2
    done = child.client.post("/join/pictures/", {"picked": f"{first} {second} {third}", "pick": last})

    assert done.url == "/class/"


@pytest.mark.parametrize(
    "data",
    [
        {"picked": "sun bus", "again": "1"},
        {"picked": "sun bus", "pick": "sun"},
        {"picked": "sun bus cup fish kite"},
        {"picked": "cat dog"},
    ],
)
def test_starting_again_and_nonsense_empty_the_board(child, data):
    child.comes_to_the_board()

    page = child.client.post("/join/pictures/", data).content.decode()

    assert "pin-slot--filled" not in page
    assert not WrongPin.objects.exists()


def test_a_code_may_be_typed_carelessly(child):
    code = child.enrolment.classroom.join_code

    response = child.client.post("/join/", {"code": f" {code[:4].lower()}-{code[4:].lower()} "})

    assert response.url == "/join/who/"


def closed(classroom):
    classroom.is_sign_in_always_open = False


def over(classroom):
    classroom.is_sign_in_always_open = False
    classroom.sign_in_until = timezone.now() - timedelta(minutes=1)


def archived(classroom):
    classroom.archived_at = timezone.now()


def without_token(response):
    return [line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("change", [closed, over, archived])
def test_every_code_that_opens_nothing_is_answered_alike(client, change):
    classroom = ClassroomFactory()
    change(classroom)
    classroom.save()

    shut = client.post("/join/", {"code": classroom.join_code})
    unknown = client.post("/join/", {"code": "00000000"})
    nonsense = client.post("/join/", {"code": "?"})

    assert NO_CLASS in shut.content.decode()
    assert shut.status_code == unknown.status_code == nonsense.status_code == 200
    assert without_token(shut) == without_token(unknown) == without_token(nonsense)


def test_sign_in_is_open_until_its_time(client, enrolments, classroom):
    classroom.is_sign_in_always_open = False
    classroom.sign_in_until = timezone.now() + timedelta(minutes=1)
    classroom.save()

    assert client.post("/join/", {"code": classroom.join_code}).url == "/join/who/"


@pytest.mark.parametrize("path", ["/join/who/", "/join/pictures/"])
def test_without_a_code_there_is_no_list_and_no_board(client, path):
    assert client.get(path).url == "/join/"
    assert client.post(path, {"who": "1", "picked": "sun bus cup fish"}).url == "/join/"


def test_the_way_from_code_to_list_ends_after_ten_minutes(child):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        child.comes_to_the_board()
        clock.shift(timedelta(minutes=11))

        assert child.client.get("/join/who/").url == "/join/"


@pytest.mark.parametrize("path", ["/join/who/", "/join/pictures/"])
def test_the_list_goes_when_the_teacher_closes_sign_in(child, path):
    child.comes_to_the_board()
    type(child.enrolment.classroom).objects.update(is_sign_in_always_open=False)

    assert child.client.get(path).url == "/join/"


def test_a_student_of_another_class_cannot_be_chosen(child):
    child.gives_code()

    response = child.client.post("/join/who/", {"who": "999999"})

    assert response.status_code == 200
    assert "Who are you?" in response.content.decode()


def test_an_empty_class_says_so(client):
    client.post("/join/", {"code": ClassroomFactory().join_code})

    assert "Nobody is in this class yet" in client.get("/join/who/").content.decode()


def test_who_has_left_is_not_in_the_list_and_cannot_come_in(child, teacher):
    child.comes_to_the_board()
    pin = child.pin
    roster.leave(enrolment=child.enrolment, by=teacher)

    assert "Kite 1<" not in child.client.get("/join/who/").content.decode()
    assert child.taps(pin).url == "/join/"


def test_wrong_pictures_and_used_up_tries_look_the_same(child):
    child.comes_to_the_board()
    wrong = [tuple(child.pin[::-1]), (*child.pin[1:], child.pin[0])]

    answers = [child.taps(wrong[number % 2]) for number in range(12)]
    right_but_late = child.taps(child.pin)

    assert WrongPin.objects.count() == 5
    assert {response.status_code for response in [*answers, right_but_late]} == {200}
    assert all(NO_MATCH in response.content.decode() for response in answers)
    assert without_token(answers[0]) == without_token(right_but_late)


def test_a_double_tap_on_wrong_pictures_counts_once(child):
    child.comes_to_the_board()

    child.taps(child.pin[::-1])
    child.taps(child.pin[::-1])

    assert WrongPin.objects.count() == 1


def test_no_page_of_sign_in_is_stored_or_completed_by_the_browser(child):
    child.comes_to_the_board()

    for path in ("/join/", "/join/who/", "/join/pictures/"):
        response = child.client.get(path)
        assert response.headers["Cache-Control"] == "no-store, private"
        assert 'autocomplete="off"' in response.content.decode()
        assert child.enrolment.classroom.join_code not in response.content.decode()


def test_finish_and_leave_ends_the_session_and_keeps_the_device_s_mark(child):
    child.signs_in()

    response = child.client.post("/join/leave/")

    assert response.url == "/join/"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert response.cookies["sessionid"]["max-age"] == 0
    assert child.client.get("/class/").url == "/join/"
    assert child.client.cookies["device"].value


def test_leaving_is_a_form_not_a_link(child):
    child.signs_in()

    assert child.client.get("/join/leave/").status_code == 405
    assert child.client.get("/class/").status_code == 200


def test_the_device_s_mark_names_who_signed_in_on_it(child, rf):
    child.signs_in()
    request = rf.get("/join/")
    request.COOKIES["device"] = child.client.cookies["device"].value

    device = read_device(request)
    mark = child.client.cookies["device"]

    assert device.known == (child.enrolment.pk,)
    assert mark["httponly"]
    assert mark["path"] == "/join/"


def test_a_forged_mark_is_a_new_device(rf):
    request = rf.get("/join/")
    request.COOKIES["device"] = "eyJpZCI6IjEifQ:forged:mark"

    assert read_device(request).known == ()


def test_the_session_of_another_child_ends_when_one_signs_in(child, enrolments, new_child):
    child.signs_in()
    child.enrolment = enrolments[1]

    child.signs_in()

    assert "Hello, <bdi>Kite 2</bdi>" in child.client.get("/class/").content.decode()


def test_we_do_not_keep_when_a_child_was_last_here(child):
    child.signs_in()

    assert User.students.get(pk=child.enrolment.student_id).last_login is None


def test_a_device_without_a_language_speaks_the_class_s(child, classroom):
    classroom.language = "hi"
    classroom.save()
    child.enrolment.refresh_from_db()

    child.signs_in()

    assert child.client.cookies["language"].value == "hi"


def test_a_language_that_was_chosen_stays(child):
    child.client.cookies["language"] = "te"

    child.signs_in()

    assert child.client.cookies["language"].value == "te"


def test_guessing_codes_slows_down_one_device(client):
    classroom = ClassroomFactory()

    for number in range(31):
        client.post("/join/", {"code": f"0000{number:04d}"})

    assert WrongCode.objects.count() == 30
    assert NO_CLASS in client.post("/join/", {"code": classroom.join_code}).content.decode()


def test_guessing_codes_from_ever_new_devices_slows_down_their_place_but_no_known_device(child):
    child.signs_in()
    for number in range(101):
        Client().post("/join/", {"code": f"0000{number:04d}"})

    stranger = Client().post("/join/", {"code": child.enrolment.classroom.join_code})
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post("/join/", {"code": child.enrolment.classroom.join_code})

    assert WrongCode.objects.count() == 100
    assert stranger.status_code == 200
    assert elsewhere.url == "/join/who/"
    assert child.gives_code().url == "/join/who/"


def test_no_address_is_kept(client):
    client.post("/join/", {"code": "00000000"}, REMOTE_ADDR="192.0.2.7")

    assert "192.0.2.7" not in str(WrongCode.objects.values().get())


def test_all_addresses_of_one_ipv6_network_are_one_place(child):
    code = child.enrolment.classroom.join_code
    for number in range(100):
        Client().post("/join/", {"code": "WRONGWRO"}, REMOTE_ADDR=f"2001:db8:1:2::{number:x}")

    neighbour = Client().post("/join/", {"code": code}, REMOTE_ADDR="2001:db8:1:2:ffff::1")
    stranger = Client().post("/join/", {"code": code}, REMOTE_ADDR="2001:db8:1:3::1")

    assert (neighbour.status_code, stranger.status_code) == (200, 302)


def test_behind_a_proxy_each_address_is_a_place_of_its_own(child, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    code = child.enrolment.classroom.join_code
    for _number in range(100):
        Client().post("/join/", {"code": "WRONGWRO"}, headers={"x-forwarded-for": "9.9.9.9, 203.0.113.7"})

    there = Client().post("/join/", {"code": code}, headers={"x-forwarded-for": "203.0.113.7"})
    elsewhere = Client().post("/join/", {"code": code}, headers={"x-forwarded-for": "203.0.113.8"})

    assert (there.status_code, elsewhere.status_code) == (200, 302)


@pytest.mark.parametrize(
    "target", ["foo", "//evil.example/", "https://evil.example/", "javascript:1", "\\evil"]
)
def test_the_language_switch_leads_to_a_path_of_this_site_only(client, target):
    assert client.get("/language/", {"to": "hi", "next": target}).url == "/"
