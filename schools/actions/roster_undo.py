"""Taking back a class list from a file, as long as nobody of it has begun and nothing else has changed."""

from collections.abc import Collection, Iterator
from itertools import batched
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.users.models import User
from schools.actions.roster_writing import rename
from schools.actions.seating import BATCH
from schools.models import Classroom, Enrolment, OptOut, SheetImport, SheetRow
from schools.queries.rosters import ADD, CHANGE, CLOSE, have_begun

BEGUN = _("A student of this list has begun to work, or a family has answered. It can no longer be undone.")
CHANGED_SINCE = _(
    "The classes were changed since. This list can no longer be undone; change the students one by one."
)


def check_undo(sheet: SheetImport) -> None:
    """Raise `ValidationError` unless all is as the list left it, and nobody who came by it has begun."""
    if (
        sheet.rows.exclude(action="fault").count()
        != sheet.added + sheet.changed + sheet.closed + sheet.unchanged
    ):
        raise ValidationError(CHANGED_SINCE)
    for rows in _batches(sheet, ADD):
        places = _places(rows)
        if not all(_is_as_left(row, places) for row in rows):
            raise ValidationError(CHANGED_SINCE)
        students = [one.student_id for one in places.values()]
        if (
            have_begun(cast(int, sheet.school_id), students)
            or OptOut.objects.filter(enrolment__in=places).exists()
        ):
            raise ValidationError(BEGUN)
    for rows in _batches(sheet, CHANGE):
        places = _places(rows)
        if not all(_is_as_left(row, places) for row in rows):
            raise ValidationError(CHANGED_SINCE)
    for rows in _batches(sheet, CLOSE):
        gone = Enrolment.objects.filter(pk__in=[row.record_id for row in rows], left_on__isnull=False)
        if gone.count() != len(rows):
            raise ValidationError(CHANGED_SINCE)


def take_back(sheet: SheetImport) -> None:
    for rows in _batches(sheet, ADD):
        _remove([cast(int, row.record_id) for row in rows])
    back: list[int] = []
    renamed: dict[int, tuple[str, int | None]] = {}
    for rows in _batches(sheet, CHANGE):
        for row in rows:
            if "moved_from" in row.before:
                Enrolment.objects.filter(pk=cast(int, row.record_id)).delete()
                back.append(row.before["moved_from"])
            elif row.record_id is not None:
                renamed[row.record_id] = (row.before["alias"], row.before["roll"])
    rename(renamed)
    for rows in _batches(sheet, CLOSE):
        back += [row.record_id for row in rows if row.record_id is not None]
    for some in batched(back, BATCH):
        Enrolment.objects.filter(pk__in=some).update(left_on=None, left_for="")
    made = Classroom.objects.filter(pk__in=sheet.made_classes)
    made.filter(enrolments__isnull=True, assignments__isnull=True).delete()


def _batches(sheet: SheetImport, action: str) -> Iterator[tuple[SheetRow, ...]]:
    return batched(list(sheet.rows.filter(action=action).order_by("pk")), BATCH)


def _places(rows: Collection[SheetRow]) -> dict[int, Enrolment]:
    return Enrolment.objects.active().select_related("classroom").in_bulk([row.record_id for row in rows])


def _is_as_left(row: SheetRow, places: dict[int, Enrolment]) -> bool:
    place = places.get(row.record_id) if row.record_id is not None else None
    if place is None or place.classroom.archived_at is not None:
        return False
    return (place.alias, place.roll_number) == (row.values["new_alias"], row.values["new_roll"])


def _remove(enrolments: Collection[int]) -> None:
    students = list(Enrolment.objects.filter(pk__in=enrolments).values_list("student", flat=True))
    Enrolment.objects.filter(pk__in=enrolments).delete()
    User.students.filter(pk__in=students).delete()
