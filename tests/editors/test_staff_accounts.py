"""Administrators keep the accounts of staff in Wagtail; people keep their own name."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.users.models import User
from tests.factories import StaffFactory, make_operator

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"


@pytest.fixture
def operator():
    browser = Client()
    browser.force_login(make_operator(PASSWORD), "django.contrib.auth.backends.ModelBackend")
    return browser


def test_an_administrator_makes_an_account(operator):
    group = Group.objects.create(name="Writers")
    form = operator.get("/cms/users/new/").content.decode()

    operator.post(
        "/cms/users/new/",
        {
            "email": "Asha@Example.org",
            "name": "Asha Rao",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "groups": [group.pk],
        },
    )

    asha = User.objects.get(email="asha@example.org")
    assert 'name="name"' in form
    assert 'name="first_name"' not in form
    assert asha.name == "Asha Rao"
    assert asha.check_password(PASSWORD)
    assert list(asha.groups.all()) == [group]


def test_an_address_is_used_once_only(operator):
    StaffFactory(email="asha@example.org")

    answer = operator.post(
        "/cms/users/new/",
        {"email": "Asha@example.org", "name": "Asha", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert "A user with that username already exists." in answer.content.decode()


def test_an_administrator_switches_an_account_off(operator):
    asha = StaffFactory(email="asha@example.org", name="Asha")

    form = operator.get(f"/cms/users/edit/{asha.pk}/").content.decode()
    operator.post(f"/cms/users/edit/{asha.pk}/", {"email": "asha@example.org", "name": "Asha R."})

    asha.refresh_from_db()
    assert 'name="is_active"' in form
    assert f"/cms/users/delete/{asha.pk}/" not in form
    assert asha.name == "Asha R."
    assert not asha.is_active


def test_people_change_their_own_name_and_nothing_that_belongs_to_sign_in(operator):
    form = operator.get("/cms/account/").content.decode()

    look = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    answer = operator.post("/cms/account/", {"own_name-name": "Olu Operator", **look})

    assert 'name="own_name-name"' in form
    assert "name_email" not in form
    assert 'type="password"' not in form
    assert answer.status_code == 302
    assert User.objects.get(email="operator@example.org").name == "Olu Operator"


def test_the_account_is_for_those_who_may_enter(client):
    assert client.get("/cms/account/").status_code == 302
