"""Staff sign-in as people see it: our words, no account made by oneself, a second factor that can be set up."""

import re
import time
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core import mail

from tests.factories import MembershipFactory, StaffFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def person():
    return MembershipFactory(role="teacher").user


def text(response):
    return " ".join(response.content.decode().split())


def sign_in(client, person, password=PASSWORD):
    return client.post("/accounts/login/", {"login": person.email, "password": password})


def test_a_teacher_signs_in_and_lands_on_the_classes(client, person):
    shown = text(client.get("/accounts/login/"))

    response = sign_in(client, person)

    assert "Your school or department gives you your account." in shown
    assert "Are you a student?" in shown
    assert response.url == "/start/"
    assert client.get("/start/").url == "/teach/"


def confirm(client):
    """Say the password again, as changes to the second step ask for."""
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def test_a_wrong_password_is_told_and_nothing_else(client, person):
    page = text(sign_in(client, person, "wrong"))

    assert "notice--care" in page
    assert person.name not in page


def test_nobody_makes_an_account(client):
    page = text(client.post("/accounts/signup/", {"email": "a@example.org", "password1": PASSWORD}))

    assert "You get your account from your school" in page


def test_a_closed_account_is_told_so(client):
    person = StaffFactory(is_active=False)

    sign_in(client, person)

    assert "This account is closed" in text(client.get("/accounts/inactive/"))
    assert client.get("/start/").url == "/accounts/login/"


def test_a_forgotten_password_is_made_new_by_a_link(client, person):
    asked = text(client.get("/accounts/password/reset/"))
    sent = text(client.post("/accounts/password/reset/", {"email": person.email}, follow=True))
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    new = "a quite new password 7"

    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)

    assert "Get a new password" in asked
    assert "Look at your e-mail" in sent
    assert "Choose a new password" in text(form)
    assert "Your new password is kept" in text(done)
    assert sign_in(client, person, new).status_code == 302


def test_a_used_link_is_told_kindly(client):
    assert "This link no longer works" in text(client.get("/accounts/password/reset/key/1-none/"))


def test_an_unknown_address_gets_the_same_page(client):
    page = text(client.post("/accounts/password/reset/", {"email": "no@example.org"}, follow=True))

    assert "Look at your e-mail" in page


def test_a_teacher_changes_the_password_and_signs_out(client, person):
    sign_in(client, person)
    shown = text(client.get("/accounts/password/change/"))
    asked = text(client.get("/accounts/logout/"))

    client.post("/accounts/logout/")

    assert "Change your password" in shown
    assert "My classes" in shown
    assert "Sign out?" in asked
    assert client.get("/teach/").status_code == 302


@time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=UTC), tick=False)
def test_a_second_step_is_set_up_and_then_asked_for(client, person):
    sign_in(client, person)
    before = text(client.get("/accounts/2fa/"))
    confirm(client)
    set_up = text(client.get("/accounts/2fa/totp/activate/"))
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(client.session[SECRET_SESSION_KEY])})
    after = text(client.get("/accounts/2fa/"))
    codes = text(client.get("/accounts/2fa/recovery-codes/"))
    client.post("/accounts/logout/")

    sign_in(client, person)

    assert "Set it up" in before
    assert "<svg" in set_up
    assert "data:" not in set_up
    assert "style=" not in set_up
    assert "Switched on." in after
    assert "Recovery codes" in after
    assert codes.count("print-card__code") == 10
    assert "One more step" in text(client.get("/accounts/2fa/authenticate/"))
    assert client.get("/teach/").status_code == 302


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_keys_have_their_page(client, person):
    sign_in(client, person)
    confirm(client)

    assert get_adapter().is_mfa_enabled(person) is False
    assert client.get("/accounts/2fa/webauthn/").status_code == 200
    assert "form" in text(client.get("/accounts/2fa/webauthn/add/"))


def test_the_address_and_reauthentication_pages_are_ours(client, person):
    sign_in(client, person)

    for address in ("/accounts/email/", "/accounts/reauthenticate/", "/accounts/confirm-email/"):
        page = text(client.get(address))
        assert 'class="topbar"' in page
        assert "style=" not in page
