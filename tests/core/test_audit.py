"""The audit log says who did what, and cannot be changed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms.core import append_only, audit
from cms.core.models import AppendOnlyError, AuditEvent
from tests.factories import SchoolFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_an_event_names_the_actor_the_action_and_the_subject():
    person, school = StaffFactory(), SchoolFactory()

    event = audit.record("school.readied", school, by=person, fields=["lead_name"])

    assert (event.actor_id, event.subject_type, event.subject_id) == (
        person.pk,
        "schools.school",
        str(school.pk),
    )
    assert event.details == {"fields": ["lead_name"]}
    assert "school.readied" in str(event)


def test_what_the_system_does_has_no_actor():
    assert audit.record("school.readied", SchoolFactory(), by=None).actor_id is None


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.filter(pk=event.pk).update(action="other"),
        lambda event: AuditEvent.objects.all().delete(),
    ],
    ids=["save", "delete", "update", "delete all"],
)
def test_an_event_cannot_be_changed_or_deleted(change):
    event = audit.record("school.readied", SchoolFactory(), by=None)

    with pytest.raises(AppendOnlyError):
        change(event)

    assert AuditEvent.objects.get(pk=event.pk).action == "school.readied"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE core_auditevent SET action = 'other'", "DELETE FROM core_auditevent"],
    ids=["update", "delete"],
)
def test_the_database_itself_refuses_to_change_or_delete_an_event(statement):
    event = audit.record("school.readied", SchoolFactory(), by=None)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert AuditEvent.objects.get(pk=event.pk).action == "school.readied"


def test_the_operator_lets_go_of_events_older_than_so_many_years_and_of_no_others():
    now = timezone.now()
    ages = {
        days: AuditEvent.objects.create(action="old", at=now - timedelta(days=days)) for days in (1, 360, 800)
    }
    out = StringIO()

    call_command("forget_audit_events", "2", stdout=out)

    assert "1 events deleted" in out.getvalue()
    kept = AuditEvent.objects.filter(action="old").values_list("pk", flat=True)
    assert set(kept) == {ages[1].pk, ages[360].pk}
    assert AuditEvent.objects.get(action="records.forgotten").details["number"] == 1


def test_afterwards_the_guard_is_back():
    event = audit.record("school.readied", SchoolFactory(), by=None)
    call_command("forget_audit_events", "1", stdout=StringIO())

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM core_auditevent")

    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_a_deletion_that_fails_leaves_the_guard_in_place():
    event = audit.record("school.readied", SchoolFactory(), by=None)

    with pytest.raises(ZeroDivisionError), append_only.lifted(connection):
        raise ZeroDivisionError

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM core_auditevent")
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_events_of_the_last_year_cannot_be_let_go_of():
    event = audit.record("school.readied", SchoolFactory(), by=None)

    with pytest.raises(CommandError, match="at least 1 year"):
        call_command("forget_audit_events", "0")

    assert AuditEvent.objects.filter(pk=event.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_with_events_can_still_be_emptied_as_a_whole():
    audit.record("school.readied", SchoolFactory(), by=None)

    call_command("flush", interactive=False, verbosity=0)

    assert not AuditEvent.objects.exists()
