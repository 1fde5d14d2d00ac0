"""Where a person on the staff is signed in; that a student is never listed; and how often one may guess."""

import time
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from cms.core.models import AuditEvent
from schools import pictures
from schools.actions import roster
from schools.actions.roster import NewStudent
from tests.factories import ClassroomFactory, MembershipFactory, give_second_factor, teacher_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
ADDRESS = "/accounts/sessions/"
BACKENDS = ["cms.core.sessions", "django.contrib.sessions.backends.cache"]
"""Ours in the database, and the one that is used with Redis."""


@pytest.fixture(params=BACKENDS)
def engine(request, settings):
    settings.SESSION_ENGINE = request.param


@pytest.fixture
def person():
    return MembershipFactory(role="teacher").user


def text(response):
    return " ".join(response.content.decode().split())


def sign_in(person, password=PASSWORD, client=None, **headers):
    client = client or Client()
    client.answer = client.post(
        "/accounts/login/", {"login": person.email, "password": password}, headers=headers
    )
    return client


def is_in(client):
    return client.get("/teach/").status_code == 200


def other_session(client):
    return UserSession.objects.exclude(session_key=client.session.session_key).get()


@pytest.mark.usefixtures("engine")
def test_a_person_sees_each_browser_in_which_they_are_signed_in(person):
    here = sign_in(person, **{"User-Agent": "Lab computer"})
    sign_in(person, **{"User-Agent": "Phone <b>"})

    page = text(here.get(ADDRESS))

    assert page.count("End this sign-in") == 1
    assert "Lab computer" in page
    assert "Phone &lt;b&gt;" in page
    assert "127.0.0.1" in page


@pytest.mark.usefixtures("engine")
def test_one_sign_in_is_ended_and_this_one_stays(person):
    here, there = sign_in(person), sign_in(person)

    answer = here.post(f"{ADDRESS}{other_session(here).pk}/end/", follow=True)

    assert "That sign-in has ended" in text(answer)
    assert not is_in(there)
    assert is_in(here)


@pytest.mark.usefixtures("engine")
def test_all_others_are_ended_at_once(person):
    here, there, elsewhere = sign_in(person), sign_in(person), sign_in(person)

    answer = here.post(ADDRESS, follow=True)

    assert "You are signed out everywhere else" in text(answer)
    assert "You are signed in nowhere else" in text(answer)
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, False)
    assert AuditEvent.objects.get(action="account.signed_out_elsewhere").details == {"number": 2}


@pytest.mark.usefixtures("engine")
def test_nobody_ends_the_sign_in_of_another_person(person):
    here, stranger = sign_in(person), sign_in(MembershipFactory(role="teacher").user)
    own = UserSession.objects.get(session_key=here.session.session_key)

    answer = stranger.post(f"{ADDRESS}{own.pk}/end/")

    assert answer.status_code == 404
    assert is_in(here)


@pytest.mark.usefixtures("engine")
def test_a_new_password_ends_the_sign_ins_elsewhere_and_keeps_this_one_listed(person):
    here, there = sign_in(person), sign_in(person)
    new = {
        "oldpassword": PASSWORD,
        "password1": "a quite new password 7",
        "password2": "a quite new password 7",
    }

    here.post("/accounts/password/change/", new)

    assert (is_in(here), is_in(there)) == (True, False)
    page = text(here.get(ADDRESS))
    assert "This browser" in page
    assert "Another browser" not in page


def test_the_account_page_leads_to_the_list(person):
    assert f'href="{ADDRESS}"' in text(sign_in(person).get("/accounts/password/change/"))


def test_a_student_is_never_listed():
    room = ClassroomFactory()
    [student] = roster.add_students(classroom=room, students=[NewStudent("Kite")], by=teacher_of(room))
    child = Client()
    child.post("/join/", {"code": room.join_code})
    child.post("/join/who/", {"who": student.pk})
    child.post("/join/pictures/", {"picked": " ".join(pictures.unseal(student.pin))})

    page = child.get("/class/")

    assert page.status_code == 200
    assert not UserSession.objects.exists()
    assert child.get(ADDRESS).status_code == 404


# Guessing --------------------------------------------------------------------------------------


@pytest.fixture
def _limits(settings):
    """As on a real site behind one proxy."""
    settings.ACCOUNT_RATE_LIMITS = {}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


@pytest.mark.usefixtures("_limits")
def test_after_ten_wrong_passwords_the_right_one_is_refused_for_a_while(person):
    for number in range(10):
        sign_in(person, f"wrong {number}", **{"X-Forwarded-For": f"192.0.2.{number}"})

    late = sign_in(person, **{"X-Forwarded-For": "192.0.2.99"})

    assert "Too many failed login attempts" in text(late.answer)
    assert not is_in(late)


@pytest.mark.usefixtures("_limits")
def test_one_address_tries_ten_accounts_a_minute_whatever_it_says_of_itself(person):
    for number in range(10):
        forged = {"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.1"}
        sign_in(MembershipFactory(role="teacher").user, "wrong", **forged)

    same = sign_in(person, **{"X-Forwarded-For": "198.51.100.77, 192.0.2.1"})
    another = sign_in(person, **{"X-Forwarded-For": "192.0.2.2"})

    assert not is_in(same)
    assert is_in(another)


@time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC), tick=False)
@pytest.mark.usefixtures("_limits")
def test_after_ten_wrong_codes_the_right_one_is_refused_for_a_while(person):
    secret = give_second_factor(person)
    client = sign_in(person, **{"X-Forwarded-For": "192.0.2.1"})
    right = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for number in range(10):
        sent = {"X-Forwarded-For": f"192.0.2.{number}"}
        client.post("/accounts/2fa/authenticate/", {"code": wrong}, headers=sent)

    late = client.post(
        "/accounts/2fa/authenticate/", {"code": right}, headers={"X-Forwarded-For": "192.0.2.99"}
    )

    assert late.status_code == 200
    assert "Too many failed login attempts" in text(late)
    assert not is_in(client)
