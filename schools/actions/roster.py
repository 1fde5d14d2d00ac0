"""Who learns in a class: joining, a new PIN, unlocking, leaving."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools import pictures
from schools.actions.adoption import mark_stale
from schools.models import Classroom, Enrolment, WrongPin

ALIAS_LENGTH = 30


@dataclass(frozen=True)
class NewStudent:
    """One line of a class list."""

    alias: str
    roll_number: int | None = None


@transaction.atomic
def add_students(*, classroom: Classroom, students: Sequence[NewStudent], by: User) -> list[Enrolment]:
    """Enrol all of `students`, each with a PIN of their own; or none, when one of them cannot be.

    Raises `ValidationError`, with a sentence for each line at fault.
    """
    require(by, Permission.MANAGE_ROSTER, classroom)
    Classroom.objects.select_for_update(no_key=True).get(pk=classroom.pk)
    _check(classroom, students)
    people = User.objects.bulk_create([User.students.new() for _student in students])
    pins = pictures.free_pins(classroom, len(students))
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            classroom=classroom,
            student=person,
            alias=student.alias,
            roll_number=student.roll_number,
            pin=pictures.seal(pin),
            pin_digest=pictures.digest(classroom.pk, pin),
        )
        for person, student, pin in zip(people, students, pins, strict=True)
    )
    audit.record("students.added", classroom, by=by, number=len(enrolments))
    mark_stale(classroom.school_id)
    return enrolments


@transaction.atomic
def reset_pin(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Give a student another PIN. The old one stops working at once, also where it is signed in."""
    require(by, Permission.MANAGE_ROSTER, enrolment.classroom)
    pin = pictures.free_pin(enrolment.classroom)
    enrolment.pin = pictures.seal(pin)
    enrolment.pin_digest = pictures.digest(enrolment.classroom_id, pin)
    _forgive(enrolment)
    enrolment.save(update_fields=["pin", "pin_digest", "locked_until"])
    audit.record("student.pin_reset", enrolment, by=by)
    return enrolment


@transaction.atomic
def unlock(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Let a student try again whose tries are used up. The class's count stays as it is."""
    require(by, Permission.MANAGE_ROSTER, enrolment.classroom)
    _forgive(enrolment)
    enrolment.save(update_fields=["locked_until"])
    audit.record("student.unlocked", enrolment, by=by)
    return enrolment


@transaction.atomic
def leave(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Take a student out of the class from today. What was learned stays with the class and the school."""
    require(by, Permission.MANAGE_ROSTER, enrolment.classroom)
    if enrolment.left_on is None:
        enrolment.left_on = timezone.localdate()
        enrolment.save(update_fields=["left_on"])
        audit.record("student.left", enrolment, by=by)
        mark_stale(enrolment.classroom.school_id)
    return enrolment


def _forgive(enrolment: Enrolment) -> None:
    WrongPin.objects.filter(enrolment=enrolment).update(is_forgiven=True)
    enrolment.locked_until = None


def _check(classroom: Classroom, students: Sequence[NewStudent]) -> None:
    """What the database would refuse anyway, as sentences, and all of it at once."""
    there = Enrolment.objects.active().filter(classroom=classroom).values_list("alias", "roll_number")
    aliases = {alias for alias, _roll_number in there}
    roll_numbers = {roll_number for _alias, roll_number in there if roll_number is not None}
    faults = []
    for student in students:
        if not student.alias.strip() or len(student.alias) > ALIAS_LENGTH:
            faults.append(_("An alias has 1 to %(most)d letters.") % {"most": ALIAS_LENGTH})
        if student.alias in aliases:
            faults.append(_("“%(alias)s” is in the class already.") % {"alias": student.alias})
        if student.roll_number is not None and student.roll_number in roll_numbers:
            faults.append(
                _("Roll number %(number)d is in the class already.") % {"number": student.roll_number}
            )
        aliases.add(student.alias)
        if student.roll_number is not None:
            roll_numbers.add(student.roll_number)
    if faults:
        raise ValidationError(faults)
