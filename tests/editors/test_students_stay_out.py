"""No student can be listed, opened, changed or deleted in Wagtail, or signed in by an e-mail or password."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from cms.users.models import User
from tests.factories import StaffFactory, StudentFactory, make_operator

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def student():
    return StudentFactory()


@pytest.fixture
def operator():
    """The most powerful person there is."""
    browser = Client()
    browser.force_login(make_operator(PASSWORD), "django.contrib.auth.backends.ModelBackend")
    return browser


ABOUT_ONE_PERSON = ["edit", "delete", "history", "history_results", "usage"]
"""Wagtail's addresses that take one person's number; that they are all is tested below."""


def test_the_list_of_people_shows_staff_and_no_student(operator, student):
    member = StaffFactory(name="Asha Editor")

    html = operator.get(reverse("wagtailusers_users:index")).content.decode()

    assert f"/cms/users/edit/{member.pk}/" in html
    assert f"/cms/users/edit/{student.pk}/" not in html


@pytest.mark.parametrize("question", ["student", "Student {pk}", "{pk}", "a", ""])
def test_search_finds_no_student(operator, student, question):
    words = question.format(pk=student.pk)

    page = operator.get(reverse("wagtailusers_users:index_results"), {"q": words, "ordering": "name"})

    assert page.status_code == 200
    assert f"/{student.pk}/" not in page.content.decode()


def test_filters_find_no_student(operator, student):
    group = Group.objects.create(name="Anyone")
    student.groups.add(group)

    by_group = operator.get(reverse("wagtailusers_users:index"), {"group": group.pk, "is_active": "true"})
    in_group = operator.get(reverse("wagtailusers_groups:edit", args=[group.pk]))

    assert f"/users/edit/{student.pk}/" not in by_group.content.decode()
    assert str(student) not in in_group.content.decode()


@pytest.mark.parametrize("name", ABOUT_ONE_PERSON)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_a_person_knows_a_student(operator, student, name, method):
    answer = getattr(operator, method)(
        reverse(f"wagtailusers_users:{name}", args=[student.pk]), {"email": "x@example.org"}
    )

    assert answer.status_code == 404
    student.refresh_from_db(from_queryset=User.students.all())
    assert student.email is None


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
@pytest.mark.parametrize("whom", ["this one", "everyone"])
def test_no_bulk_action_reaches_a_student(operator, student, action, whom):
    group = Group.objects.create(name="Editors of everything")
    address = reverse("wagtail_bulk_action", args=["users", "user", action])
    chosen = {"id": student.pk} if whom == "this one" else {"id": "all"}
    query = "&".join(f"{name}={value}" for name, value in chosen.items())

    operator.get(f"{address}?{query}&next=/cms/")
    operator.post(
        f"{address}?{query}&next=/cms/",
        {"mark_as_active": "False", "role": group.pk, "id": student.pk},
    )

    kept = User.students.get(pk=student.pk)
    assert kept.is_active
    assert not kept.groups.exists()


def test_bulk_actions_do_work_on_staff(operator):
    member = StaffFactory()
    address = reverse("wagtail_bulk_action", args=["users", "user", "set_active_state"])

    operator.post(f"{address}?id={member.pk}&next=/cms/", {"mark_as_active": "False"})

    assert not User.objects.get(pk=member.pk).is_active


def test_nobody_is_deleted_at_all(operator):
    member = StaffFactory()
    address = reverse("wagtail_bulk_action", args=["users", "user", "delete"])

    one = operator.post(reverse("wagtailusers_users:delete", args=[member.pk]))
    many = operator.post(f"{address}?id={member.pk}&next=/cms/")

    assert User.objects.filter(pk=member.pk).exists()
    assert one.status_code in (302, 403)
    assert many.status_code in (302, 403)


def test_reports_offer_no_student_to_filter_by(operator, student):
    for name in ("site_history", "workflow", "workflow_tasks", "locked_pages", "aging_pages"):
        html = operator.get(reverse(f"wagtailadmin_reports:{name}")).content.decode()

        assert f'value="{student.pk}"' not in html, name


def test_the_addresses_above_are_all_that_take_a_persons_number(operator):
    _prefix, resolver = get_resolver().namespace_dict["wagtailusers_users"]
    taking_one = set()
    for name in (key for key in resolver.reverse_dict if isinstance(key, str)):
        try:
            reverse(f"wagtailusers_users:{name}", args=[1])
        except NoReverseMatch:
            continue
        taking_one.add(name)

    assert taking_one == set(ABOUT_ONE_PERSON)


def test_staff_choosers_and_interfaces_for_programs_do_not_exist(operator, student):
    for address in (
        "/cms/api/main/users/",
        f"/cms/api/main/users/{student.pk}/",
        "/en/api/v2/users/",
        "/en/admin/",
        "/cms/localize/api/snippets/users/user/",
    ):
        assert operator.get(address).status_code in (403, 404), address


def test_roles_at_schools_are_not_to_be_found_in_the_admin(operator):
    names = [namespace for namespace in get_resolver().namespace_dict if "wagtail" in namespace]

    assert "wagtailsnippets_quizzes_question" in names
    assert not [name for name in names if "schools" in name or "membership" in name]


@pytest.mark.parametrize(
    "credentials",
    [
        {"email": "", "password": ""},
        {"email": None, "password": None},
        {"email": "{pk}", "password": PASSWORD},
        {"username": "", "password": ""},
        {"username": None, "password": None},
        {"username": "{pk}", "password": PASSWORD},
    ],
)
def test_no_backend_signs_a_student_in(rf, student, credentials):
    filled = {name: value.format(pk=student.pk) if value else value for name, value in credentials.items()}

    assert authenticate(rf.post("/accounts/login/"), **filled) is None


@pytest.mark.parametrize("login", ["", "{pk}", "None", "Student {pk}", "student"])
@pytest.mark.parametrize("address", ["/accounts/login/", "/cms/login/"])
def test_no_sign_in_page_takes_a_student(client, student, login, address):
    name = login.format(pk=student.pk)

    client.post(
        f"{address}?next=/cms/",
        {"login": name, "username": name, "email": name, "password": PASSWORD, "next": "/cms/"},
    )

    assert "_auth_user_id" not in client.session


def test_a_password_cannot_be_given_to_a_student_by_asking_for_one(client, student, mailoutbox):
    for address in ("/accounts/password/reset/", "/cms/password_reset/"):
        client.post(address, {"email": ""})
        client.post(address, {"email": str(student.pk)})

    assert mailoutbox == []
    assert not User.students.get(pk=student.pk).has_usable_password()


def test_wagtails_own_sign_in_leads_to_the_sites(client):
    answer = client.get("/cms/login/?next=/cms/pages/")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/cms/pages/"


def test_a_student_who_is_signed_in_does_not_get_into_the_admin(client, student):
    client.force_login(student, "schools.authorization.backend.PictureBackend")

    for address in ("/cms/", "/cms/users/", "/cms/pages/", "/cms/account/", "/cms/snippets/"):
        assert client.get(address).status_code == 404, address


def test_a_student_in_a_group_by_mistake_does_not_get_into_the_admin(client, student, newsroom):
    student.groups.set(Group.objects.all())
    client.force_login(student, "schools.authorization.backend.PictureBackend")

    answer = client.get("/cms/")

    assert answer.status_code == 404


def test_a_teacher_who_is_no_editor_does_not_get_into_the_admin(client):
    client.force_login(StaffFactory(), "django.contrib.auth.backends.ModelBackend")

    answer = client.get("/cms/")

    assert answer.status_code in (302, 403)
