"""The writes of a class list from a file, in bulk and within the rules of the tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import cast

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from cms.users.models import User
from schools import join_codes
from schools.actions.seating import BATCH, Place, seat, seat_again, unseat
from schools.models import Classroom, Enrolment, School, SheetImport
from schools.queries.rosters import ADD, CHANGE, ClassKey, Comparison, PlannedRow

NOBODYS = "~"
"""An alias that starts so is given to nobody: it keeps a place while aliases are exchanged."""


@dataclass
class Writing:
    """What was written: the classes that were made, and each new enrolment by the number of its row."""

    made: list[int] = field(default_factory=list)
    seated: dict[int, int] = field(default_factory=dict)


def write(sheet: SheetImport, found: Comparison) -> Writing:
    """Leavers first, then those who change in their class, then those who come to one."""
    changed = [one for one in found.planned if one.action == CHANGE and one.sitting]
    moved = [one for one in changed if one.sitting and one.sitting.key != one.row.key]
    in_place = [one for one in changed if one.sitting and one.sitting.key == one.row.key]
    old_places = _enrolments([one.sitting.enrolment_id for one in moved if one.sitting])
    unseat(_enrolments_like(found), Enrolment.LeftFor.LEFT)
    unseat(list(old_places.values()), Enrolment.LeftFor.TRANSFERRED)
    rename({one.sitting.enrolment_id: (one.alias, one.roll_number) for one in in_place if one.sitting})
    _mark(found.planned)
    coming = [one for one in found.planned if one.action == ADD] + moved
    done = Writing([room.pk for room in _make_classes(sheet, found, coming)])
    by_class: dict[ClassKey, list[PlannedRow]] = defaultdict(list)
    for one in coming:
        by_class[one.row.key].append(one)
    for key, rows in by_class.items():
        done.seated |= _seat(found.rooms[key], rows, old_places)
    return done


def _enrolments(ids: Sequence[int]) -> dict[int, Enrolment]:
    found: dict[int, Enrolment] = {}
    for some in batched(ids, BATCH):
        found |= Enrolment.objects.in_bulk(some)
    return found


def _enrolments_like(found: Comparison) -> list[Enrolment]:
    return [Enrolment(pk=one.enrolment_id) for one in found.leaving]


def rename(names: dict[int, tuple[str, int | None]]) -> None:
    """Give enrolments another alias and roll number, also where two of a class exchange theirs."""
    for some in batched(names, BATCH):
        Enrolment.objects.filter(pk__in=some).update(
            alias=Concat(Value(NOBODYS), Cast(F("pk"), CharField())), roll_number=None
        )
    for pairs in batched(names.items(), BATCH):
        Enrolment.objects.bulk_update(
            [Enrolment(pk=pk, alias=alias, roll_number=number) for pk, (alias, number) in pairs],
            ["alias", "roll_number"],
        )


def _mark(planned: Sequence[PlannedRow]) -> None:
    """Students who were there before their first OneRoster file get its mark, to be found by it from now on."""
    marks = [
        Enrolment(pk=one.sitting.enrolment_id, source_digest=one.row.digest)
        for one in planned
        if one.sitting and not one.fault and one.row.digest and one.sitting.digest != one.row.digest
    ]
    Enrolment.objects.bulk_update(marks, ["source_digest"], batch_size=BATCH)


def _make_classes(sheet: SheetImport, found: Comparison, coming: Sequence[PlannedRow]) -> list[Classroom]:
    """The classes that are not there yet, each in the language that a row of it says."""
    languages: dict[ClassKey, str] = {}
    for one in coming:
        if one.row.key not in found.rooms:
            languages[one.row.key] = languages.get(one.row.key) or one.row.language
    made = Classroom.objects.bulk_create(
        [
            Classroom(
                school=cast(School, sheet.school),
                academic_year=sheet.academic_year,
                class_level=level,
                section=section,
                language=language or sheet.language,
                join_code=join_codes.new_code(),
            )
            for (level, section), language in languages.items()
        ],
        batch_size=BATCH,
    )
    found.rooms |= {(room.class_level, room.section): room for room in made}
    return made


def _seat(room: Classroom, rows: Sequence[PlannedRow], old_places: dict[int, Enrolment]) -> dict[int, int]:
    """Seat new students and those who come from another class; returns enrolments by row."""
    new = [one for one in rows if one.sitting is None]
    people = User.objects.bulk_create([User.students.new() for _one in new], batch_size=BATCH)
    places = [
        (one, Place(person.pk, one.alias, one.roll_number, one.row.digest))
        for one, person in zip(new, people, strict=True)
    ]
    for one in rows:
        if one.sitting is not None:
            old = old_places[one.sitting.enrolment_id]
            digest = one.row.digest or old.source_digest
            places.append((one, Place(old.student_id, one.alias, one.roll_number, digest, comes_from=old)))
    return _seat_places(room, places)


def _seat_places(room: Classroom, places: Sequence[tuple[PlannedRow, Place]]) -> dict[int, int]:
    coming_back = {
        one.student_id: one
        for one in Enrolment.objects.filter(
            classroom=room, student__in=[place.student_id for _row, place in places if place.comes_from]
        ).select_related("classroom")
    }
    first = [(row, place) for row, place in places if place.student_id not in coming_back]
    seated = seat(room, [place for _row, place in first])
    found = {row.row.number: one.pk for (row, _place), one in zip(first, seated, strict=True)}
    for row, place in places:
        if place.student_id in coming_back:
            found[row.row.number] = seat_again(coming_back[place.student_id], place).pk
    return found
