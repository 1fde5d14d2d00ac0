"""A prepared query answers as the queryset it was made of, whatever it is given."""

import uuid

import pytest
from django.db import connection
from django.db.models import BigIntegerField, CharField, UUIDField

from cms.core.prepared import Given, Prepared
from cms.core.sessions import SessionStore
from cms.users.models import User
from schools.models import Assignment
from tests.factories import AssignmentFactory, StaffFactory

pytestmark = pytest.mark.django_db


def by_module():
    return Prepared(
        lambda: Assignment.objects.filter(
            module_key=Given("module", UUIDField()), undone_at__isnull=True
        ).values_list("module_key", "due_on", "classroom_id")
    )


def test_rows_are_pythons_values_of_what_was_given():
    AssignmentFactory()
    one = AssignmentFactory()

    assert by_module().rows(module=one.module_key) == [(one.module_key, one.due_on, one.classroom_id)]


def test_nothing_that_fits_is_no_row():
    assert by_module().rows(module=uuid.uuid4()) == []


def test_the_sql_is_written_once(monkeypatch):
    built = []
    prepared = Prepared(
        lambda: built.append(1) or User.objects.filter(pk=Given("pk", BigIntegerField())).values_list("email")
    )
    first, second = StaffFactory(), StaffFactory()

    emails = [prepared.rows(pk=one.pk) for one in (first, second)]

    assert emails == [[(first.email,)], [(second.email,)]]
    assert built == [1]


def test_a_value_stays_a_value():
    prepared = Prepared(lambda: User.objects.filter(email=Given("email", CharField())).values_list("pk"))
    StaffFactory()

    assert prepared.rows(email="' OR ''='") == []


def test_it_goes_on_after_the_connection_was_closed(transactional_db):
    prepared, one = by_module(), AssignmentFactory()
    prepared.rows(module=one.module_key)

    connection.close()

    assert len(prepared.rows(module=one.module_key)) == 1


def test_a_session_is_read_back():
    session = SessionStore()
    session["colour"] = "green"
    session.save()

    assert SessionStore(session.session_key)["colour"] == "green"


@pytest.mark.parametrize("key", ["0" * 32, "x"])
def test_an_unknown_session_is_empty_and_forgets_its_key(key):
    session = SessionStore(key)

    assert session.get("colour") is None
    assert session.session_key is None


def test_a_session_that_ran_out_is_empty():
    session = SessionStore()
    session["colour"] = "green"
    session.set_expiry(-1)
    session.save()

    assert SessionStore(session.session_key).get("colour") is None


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans of its own")
def test_postgresql_keeps_the_plan():
    prepared = Prepared(lambda: User.objects.filter(email=Given("email", CharField())).values_list("pk"))
    one = StaffFactory()

    found = [prepared.rows(email=one.email) for _time in range(3)]

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%users_user%email%'"
        )
        assert cursor.fetchone() == (1,)
    assert found == [[(one.pk,)]] * 3


def test_behind_a_pooler_that_keeps_no_plans_it_answers_too(settings):
    settings.DATABASE_PREPARES = False
    one = AssignmentFactory()

    assert by_module().rows(module=one.module_key) == [(one.module_key, one.due_on, one.classroom_id)]
