"""Giving modules to a class: only what is ready for it, and nothing is lost when it is taken back."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import assignments
from schools.models import Assignment, Enrolment, OptOut, StaleSchool
from schools.queries import classes
from tests.factories import MembershipFactory, ReadinessFactory
from tests.schools.lessons import make_module
from tests.schools.staff import make_ready

pytestmark = pytest.mark.django_db


def give(classroom, by, module, **fields):
    today = timezone.localdate()
    fields = {"opens_on": today, "due_on": today + timedelta(days=7)} | fields
    return assignments.assign(
        classroom=classroom, module_key=getattr(module, "translation_key", module), by=by, **fields
    )


def test_a_module_that_is_not_sensitive_opens_at_once(classroom, teacher):
    module = make_module()

    assignment = give(classroom, teacher, module)

    assert assignment.other_module_key is None
    assert AuditEvent.objects.get().action == "module.assigned"
    assert StaleSchool.objects.filter(school=classroom.school).exists()


def test_a_sensitive_module_waits_for_all_that_is_missing(classroom, teacher):
    module = make_module(is_sensitive=True)

    with pytest.raises(assignments.NotReady) as error:
        give(classroom, teacher, module)

    assert error.value.missing == (
        "lead_name",
        "lead_phone",
        "deputy_name",
        "deputy_phone",
        "staff_briefed_on",
        "local_contacts",
        "parent_notice",
    )
    assert not Assignment.objects.exists()


def test_a_ready_school_still_waits_for_the_notice(classroom, teacher):
    ReadinessFactory(school=classroom.school)
    module = make_module(is_sensitive=True)

    with pytest.raises(assignments.NotReady) as error:
        give(classroom, teacher, module)

    assert error.value.missing == ("parent_notice",)


def test_once_all_is_in_place_it_opens_with_other_work_beside_it(classroom, teacher):
    sensitive, other = make_module("Firm", is_sensitive=True), make_module("Everyday")
    make_ready(classroom, teacher)

    assignment = give(classroom, teacher, sensitive)

    assert assignment.other_module_key == other.translation_key


def test_the_teacher_may_choose_the_other_work(classroom, teacher):
    sensitive, _first = make_module("Firm", is_sensitive=True), make_module("Everyday")
    chosen = make_module("Facts")
    make_ready(classroom, teacher)

    assignment = give(classroom, teacher, sensitive, other_module_key=chosen.translation_key)

    assert assignment.other_module_key == chosen.translation_key


def test_a_module_of_another_age_or_none_is_refused(classroom, teacher):
    module = make_module()
    classroom.class_level = 10
    classroom.save()

    for key in (module.translation_key, uuid.uuid4()):
        with pytest.raises(assignments.UnknownModuleError):
            give(classroom, teacher, key)


def test_a_class_has_a_module_once(classroom, teacher):
    module = make_module()
    give(classroom, teacher, module)

    with pytest.raises(assignments.AlreadyAssignedError):
        give(classroom, teacher, module)


def test_it_cannot_be_due_before_it_opens(classroom, teacher):
    module = make_module()
    yesterday = timezone.localdate() - timedelta(days=1)

    with pytest.raises(ValidationError):
        give(classroom, teacher, module, due_on=yesterday)


def test_a_colleague_who_does_not_teach_the_class_gives_nothing(classroom, teacher):
    module = make_module()
    assignment = give(classroom, teacher, module)
    colleague = MembershipFactory(role="teacher", school=classroom.school).user
    today = timezone.localdate()

    with pytest.raises(PermissionDenied):
        give(classroom, colleague, make_module("Other"))
    with pytest.raises(PermissionDenied):
        assignments.undo(assignment=assignment, by=colleague)
    with pytest.raises(PermissionDenied):
        assignments.change_dates(assignment=assignment, opens_on=today, due_on=today, by=colleague)


def test_an_undone_module_keeps_its_history_and_can_be_given_again(classroom, teacher):
    module = make_module()
    first = give(classroom, teacher, module)

    assignments.undo(assignment=first, by=teacher)
    assignments.undo(assignment=first, by=teacher)
    second = give(classroom, teacher, module)

    assert classes.assignments_of(classroom) == [second]
    assert classes.undone_assignments_of(classroom) == [first]
    assert AuditEvent.objects.filter(action="module.undone").count() == 1


def test_dates_can_change(classroom, teacher):
    assignment = give(classroom, teacher, make_module())
    day = timezone.localdate() + timedelta(days=30)

    assignments.change_dates(assignment=assignment, opens_on=day, due_on=day, by=teacher)

    assignment.refresh_from_db()
    assert (assignment.opens_on, assignment.due_on) == (day, day)


def test_an_opted_out_student_works_on_the_other_module(classroom, teacher, enrolments):
    sensitive, other = make_module("Firm", is_sensitive=True), make_module("Everyday")
    make_ready(classroom, teacher)
    assignment = give(classroom, teacher, sensitive)
    OptOut.objects.create(enrolment=enrolments[0])

    keys = {
        one.pk: classes.module_of(assignment, hasattr(one, "opt_out"))
        for one in Enrolment.objects.select_related("opt_out")
    }

    assert keys[enrolments[0].pk] == other.translation_key
    assert keys[enrolments[1].pk] == sensitive.translation_key


def test_an_opted_out_student_does_what_is_not_sensitive_like_all(classroom, teacher):
    module = make_module()
    assignment = give(classroom, teacher, module)

    assert classes.module_of(assignment, has_other_work=True) == module.translation_key
