"""Roles above school, and the operator's account, sleep until their holder has a second factor."""

import re
import time
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.core.models import AuditEvent
from schools.models import Department, Role
from tests.factories import MembershipFactory, StaffFactory, StateFactory, give_second_factor
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
SET_UP = "/start/second-step/"
MORNING, LATER = datetime(2026, 11, 24, 4, tzinfo=UTC), datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.fixture
def state():
    state = StateFactory()
    Department.objects.create(state=state, name="Department", status="approved")
    return state


@pytest.fixture
def administrator(state):
    """A state administrator who has just got the role."""
    return MembershipFactory(role=Role.STATE_ADMIN, state=state, has_second_factor=False).user


def sign_in(client, person):
    return client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, follow=True)


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrol(client):
    """Set up an authenticator app; returns its secret."""
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session[SECRET_SESSION_KEY]  # shown in the picture and as a key
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    return secret, done


def test_an_official_sets_up_a_second_step_before_seeing_anything(client, administrator, state):
    with time_machine.travel(MORNING, tick=False):
        first = text(sign_in(client, administrator))
        closed = {client.get(path).url for path in ("/state/", f"/state/{state.code}/plan/", "/insights/")}
        _secret, done = enrol(client)

        went_on = client.get("/start/")

    assert "First, set up a second step" in first
    assert "a password alone does not open it" in first
    assert "Set it up" in first
    assert "Add a key" in first
    assert closed == {SET_UP}
    assert "Recovery codes" in text(done)
    assert "I have kept them: go on" in text(done)
    assert went_on.url == "/insights/"  # the last page that was asked for
    assert client.get(f"/state/{state.code}/").status_code == 200


@pytest.mark.django_db(transaction=True)  # it happens once the factor is really kept
def test_a_sign_in_from_before_the_second_step_ends_with_it(client, administrator, state):
    stranger = Client()
    with time_machine.travel(MORNING, tick=False):
        sign_in(stranger, administrator)
        sign_in(client, administrator)

        enrol(client)

        assert client.get(f"/state/{state.code}/").status_code == 200
        assert "/accounts/login/" in stranger.get(f"/state/{state.code}/").url


def test_a_password_alone_does_not_open_the_account_any_more(administrator, state):
    with time_machine.travel(MORNING, tick=False):
        first = Client()
        sign_in(first, administrator)
        secret, _done = enrol(first)
    with time_machine.travel(LATER, tick=False):
        browser = Client()
        asked = text(sign_in(browser, administrator))
        closed = browser.get(f"/state/{state.code}/")
        wrong = text(browser.post("/accounts/2fa/authenticate/", {"code": "000000"}))
        browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
        opened = browser.get(f"/state/{state.code}/")

    assert "One more step" in asked
    assert closed.url.startswith("/accounts/login/")
    assert "Incorrect code." in wrong
    assert opened.status_code == 200


def test_a_recovery_code_opens_the_account_once(administrator, state):
    first = Client()
    sign_in(first, administrator)
    _secret, done = enrol(first)
    codes = re.findall(r'print-card__code">([^<]+)<', done.content.decode())
    browsers = [Client(), Client()]

    for browser in browsers:
        sign_in(browser, administrator)
        browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})

    assert len(codes) == 10
    assert [one.get(f"/state/{state.code}/").status_code for one in browsers] == [200, 302]


def test_removing_it_puts_the_role_to_sleep_at_once(client, administrator, state):
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, administrator)
        enrol(client)
        before = client.get(f"/state/{state.code}/").status_code
        asked = text(client.get("/accounts/2fa/totp/deactivate/"))
        client.post("/accounts/2fa/totp/deactivate/")

    assert before == 200
    assert "Switch the app off?" in asked
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert client.get(f"/state/{state.code}/").url == SET_UP


def test_recovery_codes_alone_are_no_second_factor(administrator, state):
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.RECOVERY_CODES, data={})

    assert browser_of(administrator).get(f"/state/{state.code}/").url == SET_UP


@pytest.mark.parametrize(
    "path",
    ["/start/", "/cms/", "/departments/", "/insights/", "/state/", "/people/", "/records/", "/imports/"],
)
def test_the_operator_needs_it_everywhere(path):
    operator = StaffFactory(is_superuser=True, is_staff=True)
    browser = browser_of(operator)

    closed = browser.get(path)
    give_second_factor(operator)

    assert closed.url == SET_UP
    assert getattr(browser.get(path), "url", "") != SET_UP


def test_the_sign_up_of_departments_stays_open_to_those_who_have_none(administrator):
    assert browser_of(administrator).get("/departments/sign-up/").status_code == 200


def test_what_was_asked_for_is_never_another_site(client, administrator):
    sign_in(client, administrator)
    session = client.session
    session["after_second_factor"] = "//elsewhere.example/"
    session.save()
    give_second_factor(administrator)

    assert client.get("/start/").url == "/state/"


def test_a_person_with_both_kinds_of_role_still_teaches(state):
    person = MembershipFactory(role=Role.TEACHER).user
    MembershipFactory(role=Role.STATE_OFFICIAL, state=state, user=person, has_second_factor=False)
    browser = browser_of(person)

    assert browser.get("/teach/").status_code == 200
    assert browser.get("/insights/").url == SET_UP


def test_the_page_sends_on_whoever_has_one(state):
    official = MembershipFactory(role=Role.STATE_OFFICIAL, state=state).user

    assert browser_of(official).get(SET_UP).url == "/start/"


def test_teachers_pages_cost_no_query_for_it():
    browser = browser_of(head_of(MembershipFactory(role=Role.TEACHER).school))
    browser.get("/teach/modules/")

    with CaptureQueriesContext(connection) as captured:
        browser.get("/teach/modules/")

    assert not any('mfa_authenticator" WHERE' in one["sql"][:120] for one in captured)


PAGES = [
    ("/accounts/2fa/", "A second step at sign-in"),
    ("/accounts/2fa/totp/deactivate/", "Switch the app off?"),
    ("/accounts/2fa/recovery-codes/", "Recovery codes"),
    ("/accounts/2fa/recovery-codes/generate/", "Make new recovery codes?"),
    ("/accounts/2fa/webauthn/", "You have no key yet."),
    ("/accounts/2fa/webauthn/add/", "Add a key"),
    ("/accounts/2fa/reauthenticate/", "Type the code that your authenticator app shows"),
    ("/accounts/reauthenticate/", "Is it you?"),
]


@pytest.mark.parametrize(("path", "words"), PAGES)
def test_its_pages_are_ours(client, administrator, path, words):
    sign_in(client, administrator)
    enrol(client)

    page = text(client.get(path))

    assert words in page
    assert 'class="topbar"' in page
    assert "style=" not in page
    assert "onclick" not in page


def test_a_key_is_renamed_and_removed_on_our_pages(client, administrator):
    sign_in(client, administrator)
    enrol(client)
    key = Authenticator.objects.create(
        user=administrator,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My <i>phone</i>", "credential": {}},
    )

    listed = text(client.get("/accounts/2fa/webauthn/"))
    renaming = text(client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/"))
    removing = text(client.get(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/"))
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")

    assert "My &lt;i&gt;phone&lt;/i&gt;" in listed
    assert "Name of the key" in renaming
    assert "Remove “My &lt;i&gt;phone&lt;/i&gt;”?" in removing
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_the_operator_removes_a_lost_one_from_the_shell(administrator, state):
    give_second_factor(administrator)
    browser = browser_of(administrator)
    before = browser.get(f"/state/{state.code}/").status_code

    call_command("remove_second_factor", administrator.email.upper())

    assert before == 200
    assert browser.get(f"/state/{state.code}/").url == SET_UP
    assert AuditEvent.objects.get(action="account.second_factor_removed").subject_id == str(administrator.pk)
    with pytest.raises(CommandError, match="Nobody has this address"):
        call_command("remove_second_factor", "nobody@example.org")
