"""A class's table: students by lessons, those who need attention first.

A student whose family opted out stands in the columns of a module with how far they are in their own
work, lesson by lesson, so that nobody who glances at the table can tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from curriculum.queries import catalogue
from curriculum.queries.catalogue import ModuleInfo
from schools.models import Assignment, Enrolment, LessonProgress
from schools.presenters.teach import day_words
from schools.queries.classes import Done, module_of

TODO, GOING, DONE = "todo", "going", "done"
SYMBOLS = {TODO: "○", GOING: "◐", DONE: "✓"}
"""Letters and not drawings: a large class has hundreds of cells."""


@dataclass(frozen=True)
class Column:
    """A lesson, or the final quiz of a module. `group` is the module's title."""

    group: str
    title: str


@dataclass(frozen=True)
class Cell:
    kind: str
    words: str
    column: Column
    quiz_words: str = ""

    @property
    def symbol(self) -> str:
        return SYMBOLS[self.kind]


@dataclass(frozen=True)
class Row:
    enrolment: Enrolment
    cells: list[Cell]
    note: str
    is_locked: bool

    @property
    def finished(self) -> int:
        return sum(cell.kind == DONE for cell in self.cells)

    @property
    def words(self) -> str:
        return _("%(done)d of %(all)d done") % {"done": self.finished, "all": len(self.cells)}


@dataclass(frozen=True)
class Group:
    """A module at the head of the table."""

    assignment: Assignment
    module: ModuleInfo
    columns: list[Column]
    when: str


@dataclass(frozen=True)
class Table:
    groups: list[Group]
    rows: list[Row]
    leavers: list[Row]

    @property
    def columns(self) -> list[Column]:
        return [column for group in self.groups for column in group.columns]


def module_keys(assignments: Sequence[Assignment]) -> set[UUID]:
    """Every module that any student of a class may be working on."""
    others = {one.other_module_key for one in assignments if one.other_module_key}
    return {one.module_key for one in assignments} | others


def undone(assignments: Sequence[Assignment]) -> list[str]:
    """The modules that a class no longer has, each with the day on which it was taken back."""
    return [
        _("%(title)s, taken back on %(day)s")
        % {"title": module.title, "day": date_format(timezone.localtime(one.undone_at), "j F")}
        for one in assignments
        if (module := catalogue.module(one.module_key)) is not None
    ]


def table(assignments: Sequence[Assignment], enrolments: Sequence[Enrolment], done: Done) -> Table:
    groups = [group for one in assignments if (group := _group(one)) is not None]
    rows = [_row(enrolment, groups, done) for enrolment in enrolments]
    here = [row for row in rows if row.enrolment.left_on is None]
    here.sort(key=_need)
    return Table(groups, here, [row for row in rows if row.enrolment.left_on is not None])


def _need(row: Row) -> tuple:
    """Who needs attention comes first: who cannot sign in, who has begun nothing, who has done least."""
    begun = sum(cell.kind != TODO for cell in row.cells)
    number = row.enrolment.roll_number
    return (
        not row.is_locked,
        begun > 0,
        row.finished,
        begun,
        number is None,
        number or 0,
        row.enrolment.alias,
    )


def _group(assignment: Assignment) -> Group | None:
    module = catalogue.module(assignment.module_key)
    if module is None:
        return None
    columns = [Column(module.title, lesson.title) for lesson in module.lessons]
    if module.final_quiz_id is not None:
        columns.append(Column(module.title, _("Final quiz")))
    return Group(assignment, module, columns, _when(assignment))


def _when(assignment: Assignment) -> str:
    if assignment.opens_on > timezone.localdate():
        return _("opens on %(day)s") % {"day": date_format(assignment.opens_on, "j F")}
    return day_words(assignment.due_on)


def _row(enrolment: Enrolment, groups: Sequence[Group], done: Done) -> Row:
    cells = [cell for group in groups for cell in _cells(enrolment, group, done)]
    now = timezone.now()
    is_locked = enrolment.locked_until is not None and enrolment.locked_until > now
    first_day = max((group.assignment.opens_on for group in groups), default=None)
    return Row(enrolment, cells, _note(enrolment, first_day, is_locked=is_locked), is_locked)


def _note(enrolment: Enrolment, first_day: date | None, *, is_locked: bool) -> str:
    if enrolment.left_on is not None:
        return _("left on %(day)s") % {"day": date_format(enrolment.left_on, "j F")}
    if is_locked:
        return _("waits before another try")
    if first_day is not None and enrolment.joined_on > first_day:
        return _("joined on %(day)s") % {"day": date_format(enrolment.joined_on, "j F")}
    return ""


def _cells(enrolment: Enrolment, group: Group, done: Done) -> list[Cell]:
    key = module_of(group.assignment, hasattr(enrolment, "opt_out"))
    own = catalogue.module(key) if key else None
    statuses = _statuses(enrolment.student_id, own, done)
    statuses = statuses[: len(group.module.lessons)]
    rest = statuses[-1] if own is not None and len(own.lessons) < len(group.module.lessons) else (TODO, False)
    statuses += [rest] * (len(group.module.lessons) - len(statuses))
    cells = [
        Cell(kind, _words(kind), column, _("quiz taken") if has_quiz else "")
        for (kind, has_quiz), column in zip(statuses, group.columns, strict=False)
    ]
    if group.module.final_quiz_id is not None:
        is_taken = own is not None and (enrolment.student_id, own.final_quiz_id) in done.quizzes
        words = pgettext("a quiz", "Taken") if is_taken else pgettext("a quiz", "Not taken yet")
        cells.append(Cell(DONE if is_taken else TODO, words, group.columns[-1]))
    return cells


def _statuses(student_id: int, own: ModuleInfo | None, done: Done) -> list[tuple[str, bool]]:
    """For each lesson of a student's own work: how far, and whether its quiz is handed in."""
    kinds: dict[str | None, str] = {
        LessonProgress.Status.STARTED: GOING,
        LessonProgress.Status.FINISHED: DONE,
    }
    return [
        (
            kinds.get(done.lessons.get((student_id, lesson.key)), TODO),
            (student_id, lesson.practice_quiz_id) in done.quizzes,
        )
        for lesson in (own.lessons if own is not None else ())
    ]


def _words(kind: str) -> str:
    if kind == DONE:
        return pgettext("a lesson", "Finished")
    return pgettext("a lesson", "Started") if kind == GOING else pgettext("a lesson", "Not started")
