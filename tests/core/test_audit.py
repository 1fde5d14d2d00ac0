"""The audit log says who did what, and cannot be changed."""

import pytest

from cms.core import audit
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
