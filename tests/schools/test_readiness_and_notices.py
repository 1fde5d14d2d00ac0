"""What a school has in place, what families were told, and whose child has other work."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import notices, readiness
from schools.models import OptOut, ParentNotice, Role, StaleSchool
from tests.factories import EnrolmentFactory
from tests.schools.staff import head_of

pytestmark = pytest.mark.django_db
PEOPLE = {
    "lead_name": "Asha",
    "lead_phone": "1",
    "deputy_name": "Ravi",
    "deputy_phone": "2",
    "local_contacts": "Block office",
}


def test_the_head_writes_down_what_is_in_place(classroom):
    head = head_of(classroom.school)

    kept = readiness.update(school=classroom.school, by=head, staff_briefed_on=timezone.localdate(), **PEOPLE)

    event = AuditEvent.objects.get()
    assert kept.is_ready
    assert event.details["is_ready"] is True
    assert "Asha" not in str(event.details)
    assert StaleSchool.objects.filter(school=classroom.school).exists()


def test_writing_the_same_again_is_no_change(classroom):
    head = head_of(classroom.school)

    for _time in range(2):
        readiness.update(school=classroom.school, by=head, staff_briefed_on=None, **PEOPLE)

    assert AuditEvent.objects.count() == 1


def test_a_briefing_to_come_does_not_count(classroom):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError):
        readiness.update(
            school=classroom.school, by=head_of(classroom.school), staff_briefed_on=tomorrow, **PEOPLE
        )


def test_the_safety_lead_writes_it_too(classroom):
    lead = head_of(classroom.school, Role.SAFETY_LEAD)

    kept = readiness.update(school=classroom.school, by=lead, staff_briefed_on=timezone.localdate(), **PEOPLE)

    assert kept.is_ready


def test_a_teacher_does_not_write_it_also_of_a_class_of_the_school(classroom, teacher):
    with pytest.raises(PermissionDenied):
        readiness.update(school=classroom.school, by=teacher, staff_briefed_on=None, **PEOPLE)


def test_a_notice_is_kept_in_the_language_of_the_class(classroom, teacher):
    classroom.language = "hi"

    notices.record(classroom=classroom, given_on=timezone.localdate(), by=teacher)

    notice = ParentNotice.objects.get()
    assert (notice.language, notice.recorded_by) == ("hi", teacher)


def test_a_notice_to_come_does_not_count(classroom, teacher):
    tomorrow = timezone.localdate() + timedelta(days=1)

    with pytest.raises(ValidationError):
        notices.record(classroom=classroom, given_on=tomorrow, by=teacher)


def test_opting_out_and_back_in_is_logged_without_an_alias(classroom, teacher, enrolments):
    notices.set_opt_outs(classroom=classroom, enrolment_ids=[enrolments[0].pk, enrolments[1].pk], by=teacher)
    notices.set_opt_outs(classroom=classroom, enrolment_ids=[enrolments[1].pk], by=teacher)
    notices.set_opt_outs(classroom=classroom, enrolment_ids=[enrolments[1].pk], by=teacher)

    events = AuditEvent.objects.filter(action__startswith="opt_out").order_by("id")
    assert [one.enrolment for one in OptOut.objects.all()] == [enrolments[1]]
    assert [one.action for one in events] == ["opt_out.recorded", "opt_out.recorded", "opt_out.withdrawn"]
    assert not any("Kite" in str(one.details) for one in events)


def test_students_of_other_classes_and_leavers_are_left_alone(classroom, teacher, enrolments):
    stranger = EnrolmentFactory()
    leaver = EnrolmentFactory(classroom=classroom, left_on=timezone.localdate())

    notices.set_opt_outs(classroom=classroom, enrolment_ids=[stranger.pk, leaver.pk], by=teacher)

    assert not OptOut.objects.exists()


def test_only_a_teacher_of_the_class_notes_it(classroom, enrolments):
    head = head_of(classroom.school)

    with pytest.raises(PermissionDenied):
        notices.record(classroom=classroom, given_on=timezone.localdate(), by=head)
    with pytest.raises(PermissionDenied):
        notices.set_opt_outs(classroom=classroom, enrolment_ids=[], by=head)
