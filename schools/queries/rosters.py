"""Class lists from files: what the rows of one would do to the classes of a school, before anything is done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from quizzes.models import Attempt
from schools.models import Classroom, Enrolment, LessonProgress, School, SheetImport, SheetRow
from schools.queries.seats import Seats

ADD, CHANGE, CLOSE, SAME, FAULT = (
    SheetRow.Action[name] for name in ("ADD", "CHANGE", "CLOSE", "SAME", "FAULT")
)
ClassKey = tuple[int, str]


@dataclass(frozen=True)
class RosterRow:
    """A row that can be read. `alias` is empty where the file has none; `digest` marks a OneRoster row."""

    number: int
    class_level: int
    section: str
    roll_number: int | None
    alias: str = ""
    language: str = ""
    digest: str = ""

    @property
    def key(self) -> ClassKey:
        return self.class_level, self.section


@dataclass(frozen=True)
class Sitting:
    """A student as they are now in a class of the year."""

    enrolment_id: int
    key: ClassKey
    alias: str
    roll_number: int | None
    digest: str


@dataclass
class PlannedRow:
    """What one row does. `roll_number` and `alias` are those that the student has afterwards."""

    row: RosterRow
    sitting: Sitting | None = None
    roll_number: int | None = None
    alias: str = ""
    fault: dict[str, Any] | None = None

    @property
    def action(self) -> SheetRow.Action:
        if self.fault:
            return FAULT
        if self.sitting is None:
            return ADD
        was = (self.sitting.key, self.sitting.alias, self.sitting.roll_number)
        return SAME if was == (self.row.key, self.alias, self.roll_number) else CHANGE


@dataclass
class Comparison:
    """A list beside a school's classes of one year. `leaving` are filled only by a whole list."""

    planned: list[PlannedRow]
    rooms: dict[ClassKey, Classroom]
    leaving: list[Sitting] = field(default_factory=list)


def compare(
    *,
    school: School,
    academic_year: str,
    rows: Iterable[RosterRow],
    only: Classroom | None = None,
    is_whole_list: bool = False,
) -> Comparison:
    """Match rows with students by class, section and roll number, or by their mark; two queries.

    A row that would break a rule of its class (a number or an alias twice) becomes a fault.
    """
    rooms = _rooms(school, academic_year)
    sittings = _sittings([room for room in rooms.values() if room.archived_at is None])
    planned = [PlannedRow(row) for row in rows]
    _match(planned, sittings)
    _check_classes(planned, rooms)
    found = Comparison(planned, rooms)
    matched = {one.sitting.enrolment_id for one in planned if one.sitting}
    if is_whole_list:
        key = (only.class_level, only.section) if only else None
        found.leaving = [
            one for one in sittings if one.enrolment_id not in matched and key in (None, one.key)
        ]
    gone = {one.enrolment_id for one in found.leaving}
    _settle(planned, [one for one in sittings if one.enrolment_id not in gone])
    return found


def _rooms(school: School, academic_year: str) -> dict[ClassKey, Classroom]:
    rooms = Classroom.objects.filter(school=school, academic_year=academic_year)
    return {(room.class_level, room.section): room for room in rooms}


def _sittings(rooms: Collection[Classroom]) -> list[Sitting]:
    keys = {room.pk: (room.class_level, room.section) for room in rooms}
    rows = (
        Enrolment.objects.active()
        .filter(classroom__in=list(keys))
        .values_list("pk", "classroom", "alias", "roll_number", "source_digest")
        .order_by("classroom", "roll_number", "pk")
    )
    return [Sitting(pk, keys[room], alias, number, digest) for pk, room, alias, number, digest in rows]


def _match(planned: Sequence[PlannedRow], sittings: Sequence[Sitting]) -> None:
    """Find for each row the student that it means: by the mark, else by class, section and roll number.

    A number whose student has another mark, and a row of their own, is somebody new with that number.
    """
    by_digest = {one.digest: one for one in sittings if one.digest}
    by_number: dict[tuple[ClassKey, int | None], Sitting] = {
        (one.key, one.roll_number): one for one in sittings if one.roll_number is not None
    }
    for one in planned:
        row = one.row
        one.sitting = by_digest.get(row.digest) if row.digest else None
        there = by_number.get((row.key, row.roll_number))
        if one.sitting is None and there is not None and not (row.digest and there.digest):
            one.sitting = there
    seen: dict[Any, int] = {}
    for one in planned:
        row = one.row
        what: Any = one.sitting.enrolment_id if one.sitting else (row.key, row.roll_number)
        if one.sitting is None and row.roll_number is None:
            what = row.digest or (row.key, row.number)
        if what in seen:
            one.fault = _fault("roll", str(row.roll_number or ""), "number_twice", row=seen[what])
            one.sitting = None
        seen.setdefault(what, row.number)


def _check_classes(planned: Sequence[PlannedRow], rooms: dict[ClassKey, Classroom]) -> None:
    """No row for a closed class, and one language for each class that is to be made."""
    languages: dict[ClassKey, RosterRow] = {}
    for one in planned:
        room = rooms.get(one.row.key)
        if room is not None and room.archived_at is not None:
            one.fault = _fault("class", class_words(one.row.key), "class_closed")
        if room is None and one.row.language:
            first = languages.setdefault(one.row.key, one.row)
            if first.language != one.row.language:
                one.fault = _fault("language", one.row.language, "two_languages", row=first.number)


def _settle(planned: Sequence[PlannedRow], staying: Sequence[Sitting]) -> None:
    """Give each row its number and alias, and turn those into faults that would stand twice in a class.

    A fault leaves its student as they are, which may bring the next conflict: so until none is new.
    """
    while True:
        moved = {one.sitting.enrolment_id for one in planned if one.sitting and not one.fault}
        seats: dict[ClassKey, Seats] = defaultdict(Seats)
        for still in staying:
            if still.enrolment_id not in moved:
                seats[still.key].take(still.alias, still.roll_number)
        good = [one for one in planned if not one.fault]
        if not (_number(good, seats) + _name(good, seats)):
            return


def _number(good: Sequence[PlannedRow], seats: dict[ClassKey, Seats]) -> int:
    """Numbers that are said first, then the free ones in the order of the file; returns how many clash."""
    clashes = 0
    later = []
    for one in good:
        row, was = one.row, one.sitting
        said = row.roll_number
        if said is None and was is not None and was.key == row.key:
            said = was.roll_number
        if said is None:
            later.append(one)
            continue
        one.roll_number = said
        if said in seats[row.key].roll_numbers:
            one.fault = _fault("roll", str(said), "number_taken")
            clashes += 1
        seats[row.key].roll_numbers.add(said)
    for one in later:
        one.roll_number = seats[one.row.key].next_number()
        seats[one.row.key].roll_numbers.add(one.roll_number)
    return clashes


def _name(good: Sequence[PlannedRow], seats: dict[ClassKey, Seats]) -> int:
    """The alias that is said, or the one that is there, or the roll number; returns how many clash."""
    clashes = 0
    first: dict[tuple[ClassKey, str], int] = {}
    for one in good:
        if one.fault:
            continue
        row, was = one.row, one.sitting
        one.alias = row.alias or str(one.roll_number)
        if not row.alias and was is not None and was.alias != str(was.roll_number):
            one.alias = was.alias
        folded = one.alias.casefold()
        if (row.key, folded) in first:
            one.fault = _fault("alias", one.alias, "alias_twice", row=first[row.key, folded])
        elif folded in seats[row.key].aliases:
            one.fault = _fault("alias", one.alias, "alias_taken")
        clashes += bool(one.fault)
        first.setdefault((row.key, folded), row.number)
    return clashes


def _fault(column: str, value: str, reason: str, **details: Any) -> dict[str, Any]:
    return {"column": column, "value": value, "reason": reason, "details": details}


def class_words(key: ClassKey) -> str:
    return f"{key[0]} {key[1]}"


def lists_of(school: School, classroom: Classroom | None) -> list[SheetImport]:
    """The latest class lists that came in as files for a school, or for one of its classes."""
    found = SheetImport.objects.filter(kind=SheetImport.Kind.ROSTER, school=school, classroom=classroom)
    shown = found.exclude(status=SheetImport.Status.DISCARDED).select_related("asked_by", "applied_by")
    return list(shown.order_by("-asked_at")[:10])


def list_of(school: School, pk: int) -> SheetImport | None:
    """One class list of a school, by its number."""
    found = SheetImport.objects.filter(kind=SheetImport.Kind.ROSTER, school=school, pk=pk)
    return found.select_related("classroom__school", "school__category").first()


def have_begun(school_id: int, students: Collection[int]) -> bool:
    """Whether any of these students has opened a lesson or a quiz."""
    return (
        LessonProgress.objects.filter(school_id=school_id, student__in=students).exists()
        or Attempt.objects.filter(school_id=school_id, learner__in=students).exists()
    )


def faulty_rows(sheet: SheetImport) -> QuerySet[SheetRow]:
    return sheet.rows.filter(action=FAULT).order_by("number", "pk")


def rows_that_change(sheet: SheetImport) -> QuerySet[SheetRow]:
    """What would be added, changed and leave, leavers first."""
    return sheet.rows.filter(action__in=[ADD, CHANGE, CLOSE]).order_by("number", "pk")


def classes_to_make(sheet: SheetImport) -> list[str]:
    """The classes that a waiting list would make; none once it is applied."""
    if sheet.status != SheetImport.Status.READ:
        return []
    wanted = sheet.rows.filter(action__in=[ADD, CHANGE]).values_list("values__class", "values__section")
    there = Classroom.objects.filter(school=sheet.school_id, academic_year=sheet.academic_year)
    made = set(wanted.order_by().distinct()) - set(there.values_list("class_level", "section"))
    return [class_words(key) for key in sorted(made)]
