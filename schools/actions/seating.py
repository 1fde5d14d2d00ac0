"""Placing students in classes, for the actions that do: with PINs, families' answers and all constraints."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from schools import join_codes, pictures
from schools.models import Classroom, ClassroomTeacher, Enrolment, OptOut, School, WrongPin

BATCH = 500
"""So few rows a statement that SQLite's limit on parameters is never met."""


@dataclass(frozen=True)
class Place:
    """A place in a class for a student. `comes_from` is where the same student was till now."""

    student_id: int
    alias: str
    roll_number: int | None = None
    source_digest: str = ""
    comes_from: Enrolment | None = None


def lock_school(school_id: int) -> None:
    """Let one write at a time rearrange the classes of a school."""
    School.objects.select_for_update(no_key=True).get(pk=school_id)


def make_class(
    *, school: School, academic_year: str, class_level: int, section: str, language: str
) -> Classroom:
    """A class without teachers, with sign-in closed."""
    return Classroom.objects.create(
        school=school,
        academic_year=academic_year,
        class_level=class_level,
        section=section,
        language=language,
        join_code=join_codes.new_code(),
    )


def carry_teachers(teachers: Sequence[int], classroom: Classroom) -> None:
    ClassroomTeacher.objects.bulk_create(
        [ClassroomTeacher(classroom=classroom, teacher_id=one) for one in teachers], ignore_conflicts=True
    )


def seat(classroom: Classroom, places: Sequence[Place]) -> list[Enrolment]:
    """Enrol students in a class. Whoever comes from another keeps the PIN where it is free.

    A family's wish for other work goes with the student: their no must not be lost on the way.
    """
    wanted = [pictures.unseal_or_none(one.comes_from.pin) if one.comes_from else None for one in places]
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(
                classroom=classroom,
                student_id=place.student_id,
                alias=place.alias,
                roll_number=place.roll_number,
                source_digest=place.source_digest,
                pin=pictures.seal(pin),
                pin_digest=pictures.digest(classroom.pk, pin),
            )
            for place, pin in zip(places, pictures.pins_for(classroom, wanted), strict=True)
        ],
        batch_size=BATCH,
    )
    _carry_opt_outs(places, enrolments)
    return enrolments


def unseat(enrolments: Sequence[Enrolment], left_for: Enrolment.LeftFor) -> None:
    """End places in classes from today. What was done there stays there."""
    today = timezone.localdate()
    ids = [one.pk for one in enrolments]
    for start in range(0, len(ids), BATCH):
        rows = Enrolment.objects.active().filter(pk__in=ids[start : start + BATCH])
        rows.update(left_on=today, left_for=left_for)


@transaction.atomic
def seat_again(enrolment: Enrolment, place: Place) -> Enrolment:
    """Bring a student back to a class in which they were before: one enrolment a student and class."""
    wanted = pictures.unseal_or_none(place.comes_from.pin) if place.comes_from else None
    (pin,) = pictures.pins_for(enrolment.classroom, [wanted])
    enrolment.alias, enrolment.roll_number = place.alias, place.roll_number
    enrolment.pin, enrolment.pin_digest = pictures.seal(pin), pictures.digest(enrolment.classroom_id, pin)
    enrolment.joined_on, enrolment.left_on, enrolment.left_for = timezone.localdate(), None, ""
    forgive(enrolment)
    enrolment.save()
    _carry_opt_outs([place], [enrolment])
    return enrolment


def forgive(enrolment: Enrolment) -> None:
    """Forget the wrong PINs of a student, so that they may try again. The caller saves `locked_until`."""
    WrongPin.objects.filter(enrolment=enrolment).update(is_forgiven=True)
    enrolment.locked_until = None


def _carry_opt_outs(places: Sequence[Place], enrolments: Sequence[Enrolment]) -> None:
    before = {
        place.comes_from.pk: now for place, now in zip(places, enrolments, strict=True) if place.comes_from
    }
    ids = list(before)
    for start in range(0, len(ids), BATCH):
        wishes = OptOut.objects.filter(enrolment__in=ids[start : start + BATCH])
        OptOut.objects.bulk_create(
            [OptOut(enrolment=before[one.enrolment_id], recorded_on=one.recorded_on) for one in wishes],
            ignore_conflicts=True,
        )
