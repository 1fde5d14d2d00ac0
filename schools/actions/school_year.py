"""The end of a school year, and a change of class within one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions.adoption import mark_stale
from schools.actions.seating import Place, carry_teachers, lock_school, make_class, seat, seat_again, unseat
from schools.models import Classroom, Enrolment
from schools.queries.classes import teachers_of
from schools.queries.school_year import Choice, Fate, Passage, Target, YearEnd, may_close, year_end, year_now
from schools.queries.seats import seats_of

LEFT_FOR = {
    Fate.PROMOTE: Enrolment.LeftFor.PROMOTED,
    Fate.MOVE: Enrolment.LeftFor.PROMOTED,
    Fate.STAY: Enrolment.LeftFor.RETAINED,
    Fate.LEAVE: Enrolment.LeftFor.LEFT,
}


@dataclass(frozen=True)
class Closed:
    """What closing a class did. `next_class` is the one that follows it, where there is one."""

    year_end: YearEnd
    next_class: Classroom | None


@transaction.atomic
def close_class(
    *, classroom: Classroom, choices: Mapping[int, Choice], renumbers: bool = False, by: User
) -> Closed | None:
    """End a class's year: each student goes on as chosen, the class is archived with all that was done in it.

    None when the class was closed before: nothing happens twice.
    """
    require(by, Permission.MANAGE_YEAR, classroom)
    lock_school(classroom.school_id)
    room = Classroom.objects.select_related("school__category").get(pk=classroom.pk)
    if room.archived_at is not None:
        return None
    if not may_close(room, year_now(room.school)):
        raise ValidationError(
            _("This class's school year is still running. It can be closed in its last two months.")
        )
    planned = year_end(room, choices, renumbers=renumbers)
    for fate, left_for in LEFT_FOR.items():
        unseat([one.enrolment for one in planned.those(fate)], left_for)
    rooms = _seat_all(room, planned)
    next_class = rooms.get((room.class_level + 1, room.section))
    if next_class is not None:
        _follow(room, next_class)
    room.archived_at = timezone.now()
    room.save(update_fields=["archived_at"])
    counts: dict[str, Any] = {fate.value: len(planned.those(fate)) for fate in Fate}
    audit.record("classroom.closed", room, by=by, into=next_class.pk if next_class else None, **counts)
    mark_stale(room.school_id)
    return Closed(planned, next_class)


def _seat_all(room: Classroom, planned: YearEnd) -> dict[tuple[int, str], Classroom]:
    """Place those who stay at the school; returns their new classes by class and section."""
    places: dict[Target, list[Place]] = {}
    for one in planned.passages:
        if one.target is not None:
            places.setdefault(one.target, []).append(_place(one))
    rooms = {}
    for target, students in places.items():
        rooms[target.class_level, target.section] = _room_of(room, target, planned.next_year)
        seat(rooms[target.class_level, target.section], students)
    return rooms


def _place(one: Passage) -> Place:
    old = one.enrolment
    return Place(old.student_id, one.alias, one.roll_number, old.source_digest, comes_from=old)


def _room_of(room: Classroom, target: Target, next_year: str) -> Classroom:
    if target.classroom_id is not None:
        return Classroom.objects.get(pk=target.classroom_id)
    return make_class(
        school=room.school,
        academic_year=next_year,
        class_level=target.class_level,
        section=target.section,
        language=room.language,
    )


def _follow(room: Classroom, next_class: Classroom) -> None:
    """The class goes on as `next_class`, with its teachers unless that one has teachers of its own."""
    if next_class.follows_id is None:
        next_class.follows = room
        next_class.save(update_fields=["follows"])
    if not teachers_of(next_class).exists():
        carry_teachers([one.pk for one in teachers_of(room)], next_class)


@transaction.atomic
def transfer(*, enrolment: Enrolment, to: Classroom, by: User) -> Enrolment:
    """Move a student to another class of the same school and year. What they did goes on to be theirs.

    They count as joining today, so that the new class's families' notice is asked for.
    """
    require(by, Permission.MANAGE_YEAR, enrolment.classroom)
    require(by, Permission.MANAGE_YEAR, to)
    lock_school(to.school_id)
    old = Enrolment.objects.active().select_related("classroom").filter(pk=enrolment.pk).first()
    if old is None:
        raise ValidationError(_("This student has left the class meanwhile."))
    _check_transfer(old, to)
    seats = seats_of(to.pk)
    number = seats.free_number(old.roll_number)
    alias = seats.free_alias(old.alias, was=old.roll_number, now=number)
    place = Place(old.student_id, alias, number, old.source_digest, comes_from=old)
    unseat([old], Enrolment.LeftFor.TRANSFERRED)
    before = (
        Enrolment.objects.filter(classroom=to, student=old.student_id).select_related("classroom").first()
    )
    new = seat_again(before, place) if before else seat(to, [place])[0]
    audit.record("student.transferred", new, by=by, classroom=to.pk, came_from=old.classroom_id)
    mark_stale(to.school_id)
    return new


def _check_transfer(old: Enrolment, to: Classroom) -> None:
    if to.pk == old.classroom_id:
        raise ValidationError(_("The student is in this class already."))
    here = old.classroom
    if (to.school_id, to.academic_year) != (here.school_id, here.academic_year) or to.archived_at is not None:
        raise ValidationError(_("Choose a class of the same school and school year."))
