"""The words and numbers of the pages on which a state brings its lists in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from schools.models import SheetImport, SheetRow, State
from schools.presenters import import_words
from schools.queries import imports as queries
from schools.queries.import_columns import COLUMNS

Action, Kind, Status = SheetRow.Action, SheetImport.Kind, SheetImport.Status
KINDS_OF_STATUS: dict[str, str] = {
    Status.WAITING: "going",
    Status.READING: "going",
    Status.READ: "todo",
    Status.APPLYING: "going",
    Status.APPLIED: "done",
    Status.UNDOING: "going",
    Status.UNDONE: "closed",
    Status.DISCARDED: "closed",
    Status.FAILED: "care",
}
SHOWN_FIRST = (Action.FAULT, Action.CLOSE, Action.CHANGE, Action.ADD)
"""What needs a person's eye comes first."""


@dataclass(frozen=True)
class Tab:
    label: str
    number: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Line:
    """A row of the list: its number in the file (none for a school that is missing there), and what it says."""

    number: str
    title: str
    details: list[str]


def crumbs(state: State, *last: str) -> list[dict[str, str]]:
    links = [
        {
            "label": _("Lists of %(state)s") % {"state": state},
            "url": reverse("imports:state", args=[state.code]),
        }
    ]
    return [*links, *({"label": label, "url": ""} for label in last)]


def status(sheet: SheetImport) -> dict[str, str]:
    if queries.is_stopped(sheet):
        return {"kind": "care", "label": _("Stopped")}
    return {"kind": KINDS_OF_STATUS[sheet.status], "label": str(sheet.get_status_display())}


def listed(sheets: Iterable[SheetImport]) -> list[dict[str, Any]]:
    """The lists of a state, the newest first."""
    return [
        {
            "name": sheet.file_name,
            "url": reverse("imports:sheet", args=[sheet.state.code, sheet.pk]),
            "kind": sheet.get_kind_display(),
            "status": status(sheet),
            "by": sheet.asked_by,
            "at": sheet.asked_at,
        }
        for sheet in sheets
    ]


def counts(sheet: SheetImport) -> list[tuple[str, str]]:
    """What the list would do, or did."""
    rows = [
        (pgettext("rows of a list", "To add"), sheet.added),
        (pgettext("rows of a list", "To change"), sheet.changed),
        (pgettext("rows of a list", "Unchanged"), sheet.unchanged),
        (pgettext("rows of a list", "To mend, left out"), sheet.faulty),
    ]
    if sheet.is_whole_list:
        rows.insert(2, (pgettext("rows of a list", "To close"), sheet.closed))
    return [(label, _number(value)) for label, value in rows]


def sentence(sheet: SheetImport) -> str:
    """What stands at the top of a list's page."""
    if sheet.status in queries.RUNNING:
        return _running(sheet)
    if sheet.status == Status.READ and not sheet.added + sheet.changed + sheet.closed:
        return _("The list changes nothing: all that could be read is here already.")
    sentences = {
        Status.READ: _("Nothing is changed yet. Look at what the list would do, then apply it."),
        Status.APPLIED: _("The list was applied."),
        Status.UNDONE: _("The list was undone. Everything is as it was before."),
        Status.DISCARDED: _("The list was thrown away. Nothing was changed."),
        Status.FAILED: _("The file could not be read. Nothing was changed."),
    }
    return sentences[Status(sheet.status)]


def _running(sheet: SheetImport) -> str:
    sentences = {
        Status.WAITING: _("The file is waiting to be read. You can close this page and come back."),
        Status.READING: _("The file is being read. You can close this page and come back."),
        Status.APPLYING: _("The list is being applied. You can close this page and come back."),
        Status.UNDOING: _("The list is being undone. You can close this page and come back."),
    }
    return sentences[Status(sheet.status)]


def progress(sheet: SheetImport) -> dict[str, Any]:
    """How far a step has come. A file's rows are not known before it has been read."""
    if sheet.status in (Status.APPLYING, Status.UNDOING):
        whole = sheet.added + sheet.changed + sheet.closed
        words = _("%(done)s of %(all)s rows") % {"done": _number(sheet.done), "all": _number(whole)}
        return {"value": sheet.done, "of": whole or 1, "label": words}
    words = ngettext("%(n)s row so far", "%(n)s rows so far", sheet.done)
    return {"label": words % {"n": _number(sheet.done)}}


def notes(sheet: SheetImport) -> list[str]:
    """What else a person should know before applying."""
    found = []
    if sheet.is_whole_list and sheet.has_unread_codes:
        found.append(
            _("Some rows do not say which school they mean. So no school is closed. Mend those rows first.")
        )
    if unknown := sheet.columns.get("unknown"):
        found.append(_("These columns are not used: %(columns)s.") % {"columns": ", ".join(unknown[:20])})
    if sheet.status == Status.READ and queries.version(sheet.state) != sheet.version:
        found.append(import_words.failure({"reason": "list_changed"}))
    return found


def tabs(sheet: SheetImport, current: str) -> list[Tab]:
    numbers = {
        Action.FAULT: (pgettext("rows of a list", "To mend"), sheet.faulty),
        Action.CLOSE: (pgettext("rows of a list", "Close"), sheet.closed),
        Action.CHANGE: (pgettext("rows of a list", "Change"), sheet.changed),
        Action.ADD: (pgettext("rows of a list", "Add"), sheet.added),
    }
    return [
        Tab(numbers[one][0], _number(numbers[one][1]), f"?show={one.value}#rows", one == current)
        for one in SHOWN_FIRST
        if numbers[one][1]
    ]


def shown_action(sheet: SheetImport, asked: str | None) -> str:
    """The tab to show: the one asked for, or the first that has rows."""
    numbers = {
        Action.FAULT: sheet.faulty,
        Action.CLOSE: sheet.closed,
        Action.CHANGE: sheet.changed,
        Action.ADD: sheet.added,
    }
    there = [one for one in SHOWN_FIRST if numbers[one]]
    return next((one for one in there if one == asked), there[0] if there else Action.FAULT)


def lines(sheet: SheetImport, rows: Iterable[SheetRow]) -> list[Line]:
    rows = list(rows)
    names = queries.names_of(rows)
    return [
        Line(_number(row.number) if row.number else "–", _title(sheet, row), list(_details(row, names)))
        for row in rows
    ]


def _title(sheet: SheetImport, row: SheetRow) -> str:
    parts = ("udise_code", "name") if sheet.kind == Kind.SCHOOLS else ("block", "district")
    return ", ".join(str(row.values[name]) for name in parts if row.values.get(name))


def _details(row: SheetRow, names: dict[str, dict[int, str]]) -> Iterator[str]:
    labels = import_words.labels()
    if row.action == Action.FAULT:
        for one in row.faults:
            parts = {
                "column": labels[one["column"]],
                "value": one["value"],
                "reason": import_words.fault(one),
            }
            words = _("%(column)s, “%(value)s”: %(reason)s") if one["value"] else _("%(column)s: %(reason)s")
            yield words % parts
    elif row.action == Action.CHANGE or row.before:
        for name, before in row.before.items():
            parts = {"column": labels[name], "before": _value(name, before, names)}
            parts["after"] = _value(name, row.values.get(name), names)
            yield _("%(column)s: %(before)s → %(after)s") % parts
    else:
        for name, value in row.values.items():
            if name in labels and name not in ("udise_code", "name") and value:
                yield _("%(column)s: %(value)s") % {
                    "column": labels[name],
                    "value": _value(name, value, names),
                }


def _value(name: str, value: Any, names: dict[str, dict[int, str]]) -> str:
    if isinstance(value, int) and name in names:
        return names[name].get(value, str(value))
    if name == "mediums" and value:
        known = Locale.parse(get_language() or settings.LANGUAGE_CODE).languages
        return ", ".join(known.get(code, code) for code in value)
    if name == "closed_on":
        return (
            date_format(date.fromisoformat(value))
            if value
            else pgettext("a school that has no closing day", "open")
        )
    return str(value) if value else pgettext("what a cell held", "nothing")


def closing_question(sheet: SheetImport) -> str:
    words = ngettext(
        "This list closes %(n)s school, more than a tenth of those that are open. Is that right?",
        "This list closes %(n)s schools, more than a tenth of those that are open. Is that right?",
        sheet.closed,
    )
    return words % {"n": _number(sheet.closed)}


def rejected(sheet: SheetImport, rows: Iterable[SheetRow]) -> tuple[list[str], Iterator[list[str]]]:
    """The rows to mend as a sheet: their own columns, under headings that the reader knows, and why."""
    columns = COLUMNS[sheet.kind]
    head = [column.names[0] for column in columns] + [_("What to mend"), _("Row in the first file")]
    labels = import_words.labels()

    def line(row: SheetRow) -> list[str]:
        reasons = [f"{labels[one['column']]}: {import_words.fault(one)}" for one in row.faults]
        cells = [str(row.values.get(column.key, "")) for column in columns]
        return [*cells, " ".join(reasons), str(row.number)]

    return head, (line(row) for row in rows)


def columns(kind: str) -> list[dict[str, Any]]:
    """What each column of a list holds, for the page that explains them."""
    if kind == Kind.BLOCKS:
        words = {
            "district": _("The district's name, as your department writes it."),
            "block": _(
                "The education block's name. It is the block of your department, not the one of the revenue."
            ),
            "district_code": _("Your own code of the district, if you have one."),
            "block_code": _("Your own code of the block, if you have one."),
        }
    else:
        words = {
            "udise_code": _("11 digits, as text. Leading zeros must be there."),
            "name": _("The school's name."),
            "district": _("As in the list of blocks, by name or by your own code."),
            "block": _("As in the list of blocks, by name or by your own code."),
            "category": _("The number or the name of UDISE+, such as 3 or “Primary to higher secondary”."),
            "management": _("The number or the name of UDISE+, such as 1 or “Department of Education”."),
            "mediums": _("The languages of teaching, by number, name or code. Write ; or / between several."),
            "pin_code": _("6 digits."),
        }
    return [
        {"heading": one.names[0], "words": words[one.key], "is_required": one.is_required}
        for one in COLUMNS[kind]
    ]


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
