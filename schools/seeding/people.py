"""Who is in a seeded school: a head, a teacher, and pupils in classes of twenty."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from cms.users.models import User
from schools import join_codes, pictures
from schools.models import Classroom, ClassroomTeacher, Enrolment, Membership, Role, School
from schools.seeding.bulk import Rows

CLASS_SIZE = 20
EVERY_PIN = tuple(permutations(pictures.PICTURES, pictures.PIN_LENGTH))


@dataclass
class SeededClass:
    classroom: Classroom
    teacher: User
    enrolments: list[Enrolment] = field(default_factory=list)


@dataclass(frozen=True)
class Shape:
    """What every seeded school looks like."""

    students: int
    levels: Sequence[int]
    year: str
    joined_on: date


def add_people(
    rows: Rows, schools: Sequence[School], shape: Shape, chances: Iterable[Random]
) -> list[list[SeededClass]]:
    """By school, its classes with all who are in them. Every picture PIN is a real one."""
    sizes = [min(CLASS_SIZE, shape.students - start) for start in range(0, shape.students, CLASS_SIZE)]
    users = rows.keys(User, len(schools) * (2 + shape.students))
    rooms = rows.keys(Classroom, len(schools) * len(sizes))
    enrolments = rows.keys(Enrolment, len(schools) * shape.students)
    memberships = rows.keys(Membership, 2 * len(schools))
    teachings = rows.keys(ClassroomTeacher, len(schools) * len(sizes))
    made = []
    for school, chance in zip(schools, chances, strict=True):
        for role in (Role.HEAD, Role.TEACHER):
            user = _staff(next(users), role, school)
            rows.add(user)
            rows.add(Membership(pk=next(memberships), user=user, role=role, school=school))
        classes = []
        for place, size in enumerate(sizes):
            classroom = _classroom(next(rooms), school, shape, place, chance)
            rows.add(classroom)
            rows.add(ClassroomTeacher(pk=next(teachings), classroom=classroom, teacher=user))
            one = SeededClass(classroom, user)
            pins = chance.sample(EVERY_PIN, size)
            for number, pin in enumerate(pins, 1):
                student = User(pk=next(users), kind=User.Kind.STUDENT, email=None, password=_no_password())
                rows.add(student)
                enrolment = _enrolment(next(enrolments), classroom, student, number, pin, shape)
                rows.add(enrolment)
                one.enrolments.append(enrolment)
            classes.append(one)
        made.append(classes)
    return made


def _no_password() -> str:
    """As Django writes one that opens nothing, without its forty calls for chance."""
    return f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_urlsafe(30)}"


def _staff(pk: int, role: Role, school: School) -> User:
    return User(
        pk=pk,
        kind=User.Kind.STAFF,
        email=f"{role}-{school.udise_code}@seeded.example",
        name=f"{role.label} of {school.name}"[:120],
        password=_no_password(),
    )


def _classroom(pk: int, school: School, shape: Shape, place: int, chance: Random) -> Classroom:
    """Classes of one level have sections; one class in five is taught in English."""
    level = shape.levels[place % len(shape.levels)]
    return Classroom(
        pk=pk,
        school=school,
        academic_year=shape.year,
        class_level=level,
        section=chr(ord("A") + place // len(shape.levels)),
        language="en" if chance.random() < 0.2 else school.mediums[0],
        join_code=join_codes.new_code(),
    )


def _enrolment(
    pk: int, classroom: Classroom, student: User, number: int, pin: pictures.Pin, shape: Shape
) -> Enrolment:
    return Enrolment(
        pk=pk,
        classroom=classroom,
        student=student,
        roll_number=number,
        alias=f"Kite {number}",
        pin=pictures.seal(pin),
        pin_digest=pictures.digest(classroom.pk, pin),
        joined_on=shape.joined_on,
    )
