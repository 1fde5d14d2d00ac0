"""Who learns in a class: joining, a new PIN, unlocking, leaving, coming back; and whose cards were shown."""

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
from schools.actions.seating import Place, forgive, seat
from schools.aliases import ALIAS_LENGTH
from schools.models import Classroom, Enrolment


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
    room = Classroom.objects.select_for_update(no_key=True).get(pk=classroom.pk)
    if room.archived_at is not None:
        raise ValidationError(_("This class is of a year that is over. Add the students to the new class."))
    _check(classroom, students)
    people = User.objects.bulk_create([User.students.new() for _student in students])
    enrolments = seat(
        classroom,
        [
            Place(person.pk, student.alias, student.roll_number)
            for person, student in zip(people, students, strict=True)
        ],
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
    forgive(enrolment)
    enrolment.save(update_fields=["pin", "pin_digest", "locked_until"])
    audit.record("student.pin_reset", enrolment, by=by)
    return enrolment


@transaction.atomic
def unlock(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Let a student try again whose tries are used up. The class's count stays as it is."""
    require(by, Permission.MANAGE_ROSTER, enrolment.classroom)
    forgive(enrolment)
    enrolment.save(update_fields=["locked_until"])
    audit.record("student.unlocked", enrolment, by=by)
    return enrolment


@transaction.atomic
def leave(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Take a student out of the class from today. What was learned stays with the class and the school."""
    require(by, Permission.MANAGE_ROSTER, enrolment.classroom)
    if enrolment.left_on is None:
        enrolment.left_on = timezone.localdate()
        enrolment.left_for = Enrolment.LeftFor.LEFT
        enrolment.save(update_fields=["left_on", "left_for"])
        audit.record("student.left", enrolment, by=by)
        mark_stale(enrolment.classroom.school_id)
    return enrolment


@transaction.atomic
def rejoin(*, enrolment: Enrolment, by: User) -> bool:
    """Bring a student back who left, with all that they did. Returns whether the PIN had to be a new one.

    Raises `ValidationError` with a sentence when somebody else has the alias or the roll number by now.
    A student whom the families' notice missed meanwhile counts as joining today, so that it is asked for.
    """
    require(by, Permission.MANAGE_ROSTER, enrolment.classroom)
    classroom = Classroom.objects.select_for_update(no_key=True).get(pk=enrolment.classroom_id)
    enrolment.refresh_from_db(fields=["alias", "roll_number", "pin", "pin_digest", "joined_on", "left_on"])
    if enrolment.left_on is None:
        return False
    if classroom.archived_at is not None:
        raise ValidationError(_("This class is of a year that is over. Add the student to the new class."))
    others = list(Enrolment.objects.active().filter(classroom=classroom))
    _check_return(enrolment, others)
    notice = getattr(classroom, "parent_notice", None)
    if notice is not None and notice.given_on > enrolment.left_on:
        enrolment.joined_on = timezone.localdate()
    has_new_pin = enrolment.pin_digest in {one.pin_digest for one in others}
    if has_new_pin:
        pin = pictures.free_pin(classroom)
        enrolment.pin, enrolment.pin_digest = pictures.seal(pin), pictures.digest(classroom.pk, pin)
    enrolment.left_on, enrolment.left_for = None, ""
    forgive(enrolment)
    enrolment.save(update_fields=["left_on", "left_for", "joined_on", "pin", "pin_digest", "locked_until"])
    audit.record("student.rejoined", enrolment, by=by)
    mark_stale(classroom.school_id)
    return has_new_pin


def _check_return(enrolment: Enrolment, others: Sequence[Enrolment]) -> None:
    faults = []
    if enrolment.alias in {one.alias for one in others}:
        words = _("Another student of the class is “%(alias)s” now. Add this one anew, under another alias.")
        faults.append(words % {"alias": enrolment.alias})
    if enrolment.roll_number is not None and enrolment.roll_number in {one.roll_number for one in others}:
        words = _(
            "Another student of the class has roll number %(number)d now. "
            "Add this one anew, with another number."
        )
        faults.append(words % {"number": enrolment.roll_number})
    if Enrolment.objects.active().filter(student=enrolment.student_id).exists():
        faults.append(_("This student is in another class now."))
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def show_cards(*, classroom: Classroom, enrolments: Sequence[Enrolment], by: User) -> None:
    """Note that sign-in cards, which open students' work, were shown: how many, not whose."""
    require(by, Permission.MANAGE_ROSTER, classroom)
    if enrolments:
        audit.record("cards.shown", classroom, by=by, number=len(enrolments))


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
