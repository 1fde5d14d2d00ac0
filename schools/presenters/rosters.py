"""Class lists from files in words: what one would do, what is wrong in it, and the rows to mend."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from schools.aliases import ALIAS_LENGTH
from schools.models import Classroom, School, SheetImport, SheetRow
from schools.presenters import teach
from schools.sheets import words as sheet_words

DONE = {SheetImport.Status.APPLIED: "done", SheetImport.Status.READ: "todo"}


@dataclass(frozen=True)
class Line:
    """A row of a list: where it stands in the file, whom it means, and what it would do."""

    number: str
    class_name: str
    roll_number: Any
    alias: str
    words: str


@dataclass(frozen=True)
class FaultLine:
    """One fault: row, column and value as the file shows them, and the reason in words."""

    where: str
    column: str
    value: str
    reason: str


def refusal(reason: str, details: dict[str, Any]) -> str:
    """Why a whole file was not read, and what to do."""
    sentences = {
        "zip_link": _("The ZIP holds a link or a path that leads out of it. It was not opened."),
        "zip_folder": _(
            "The ZIP holds folders. In a OneRoster file the tables lie in the ZIP itself: "
            "mark the CSV files, not their folder, and pack them again."
        ),
        "zip_missing": _("The ZIP is not a whole OneRoster file: %(file)s is missing or empty."),
        "zip_version": _("The manifest does not say OneRoster %(version)s. Please export that version."),
        "zip_delta": _("The ZIP holds only changes (delta). Please export the whole list (bulk)."),
        "zip_schools": _(
            "The ZIP holds several schools, and none has this school's UDISE code as its identifier."
        ),
        "zip_nobody": _("The ZIP holds no student of a class."),
        "zip_of_a_school": _("A OneRoster file is for the whole school. Your school head can bring it in."),
    }
    if reason in sentences:
        return sentences[reason] % details
    return sheet_words.refusal(reason, details)


def reason(code: str, details: dict[str, Any]) -> str:
    """Why a cell or a row cannot be used."""
    sentences = {
        "class_level": _("Write the class as a number from 1 to 12, or in Roman numerals."),
        "class_of_school": _("This school has classes %(lowest)s to %(highest)s."),
        "class_unread": _("The title does not say class and section, such as “7 B”."),
        "class_closed": _("This class is closed."),
        "other_class": _("This is the list of class %(name)s."),
        "section": _("Write the section, with at most 10 letters, such as A, B or Rose."),
        "roll_number": _("Write a roll number from 1 to 9999."),
        "number_twice": _("The same student as in row %(row)s."),
        "number_taken": _("Another student of the class has this roll number."),
        "no_alias": _("There is no letter in this alias."),
        "contact": _("This looks like a phone number or an e-mail address. Leave it out."),
        "letters": _("Use only letters, numbers and spaces."),
        "long_alias": _("An alias has at most %(most)d letters.") % {"most": ALIAS_LENGTH},
        "alias_twice": _("The same alias as in row %(row)s of this class."),
        "alias_taken": _("Another student of the class has this alias."),
        "language": _("This language is not known here. Write its name, such as Hindi."),
        "two_languages": _("The class has another language in row %(row)s."),
        "two_classes": _("This student is in two classes of the file."),
        "user_twice": _("This student stands in the file twice."),
    }
    if code in sentences:
        return sentences[code] % details
    return sheet_words.reason(code, details)


def column_words() -> dict[str, str]:
    return {
        "class": _("Class"),
        "section": pgettext("section of a class", "Section"),
        "roll": _("Roll number"),
        "alias": _("Alias"),
        "language": _("Language"),
        "title": "title",
    }


def summary(sheet: SheetImport, classes_to_make: Collection[str]) -> list[str]:
    """What the list would do, or did, one sentence a kind."""
    kinds = [
        (ngettext("%(n)d student is new.", "%(n)d students are new.", sheet.added), sheet.added),
        (ngettext("%(n)d student changes.", "%(n)d students change.", sheet.changed), sheet.changed),
        (
            ngettext("%(n)d student leaves the class.", "%(n)d students leave their classes.", sheet.closed),
            sheet.closed,
        ),
        (
            ngettext("%(n)d student stays as they are.", "%(n)d students stay as they are.", sheet.unchanged),
            sheet.unchanged,
        ),
        (
            ngettext("%(n)d row has to be mended.", "%(n)d rows have to be mended.", sheet.faulty),
            sheet.faulty,
        ),
    ]
    sentences = [words % {"n": number} for words, number in kinds if number]
    if classes_to_make:
        words = ngettext("A class is made: %(names)s.", "Classes are made: %(names)s.", len(classes_to_make))
        sentences.append(words % {"names": teach.listed(list(classes_to_make))})
    return sentences


def lines(rows: Iterable[SheetRow]) -> list[Line]:
    return [_line(row) for row in rows]


def _line(row: SheetRow) -> Line:
    said, before = row.values, row.before
    is_leaving = row.action == SheetRow.Action.CLOSE
    source = before if is_leaving else said
    alias = source["alias"] if is_leaving else said.get("new_alias", "")
    number = source["roll"] if is_leaving else said.get("new_roll")
    words = str(SheetRow.Action(row.action).label)
    if is_leaving:
        words = _("Leaves")
    elif row.action == SheetRow.Action.CHANGE:
        words = _("Was: class %(class)s %(section)s, roll number %(roll)s, alias “%(alias)s”") % before
    name = _("Class %(level)d %(section)s") % {"level": source["class"], "section": source["section"]}
    return Line(str(row.number or "–"), name, number, alias, words)


def faults(rows: Iterable[SheetRow]) -> list[FaultLine]:
    columns = column_words()
    return [
        FaultLine(_where(row, fault), columns.get(fault["column"], "–"), fault["value"], reason_of(fault))
        for row in rows
        for fault in row.faults
    ]


def reason_of(fault: dict[str, Any]) -> str:
    return reason(fault["reason"], fault.get("details", {}))


def _where(row: SheetRow, fault: dict[str, Any]) -> str:
    """The row, and in a OneRoster ZIP the table."""
    file = fault.get("details", {}).get("file")
    return f"{file}: {row.number}" if file else str(row.number)


def rejected(rows: Iterable[SheetRow]) -> tuple[list[str], list[list[Any]]]:
    """The faulty rows as a table to mend: the columns of a class list, then what is wrong."""
    names = column_words()
    keys = ["class", "section", "roll", "alias", "language"]
    head = [*(str(names[key]) for key in keys), _("Row"), _("What is wrong")]
    table = [
        [
            *(row.values.get(key) or "" for key in keys),
            row.number,
            "; ".join(reason_of(fault) for fault in row.faults),
        ]
        for row in rows
    ]
    return head, table


def empty_table() -> list[str]:
    names = column_words()
    return [str(names[key]) for key in ("class", "section", "roll", "alias", "language")]


def list_rows(sheets: Iterable[SheetImport], base: str) -> list[dict[str, str]]:
    """The latest lists, with where they stand."""
    return [
        {
            "name": sheet.file_name,
            "url": f"{base}{sheet.pk}/",
            "day": date_format(sheet.asked_at, "j F Y"),
            "who": str(sheet.asked_by),
            "status": DONE.get(SheetImport.Status(sheet.status), "closed"),
            "words": str(SheetImport.Status(sheet.status).label),
        }
        for sheet in sheets
    ]


def crumbs(school: School, classroom: Classroom | None, *last: str) -> list[dict[str, str]]:
    if classroom is not None:
        links = teach.crumbs(classroom)
        links.append({"label": _("Students"), "url": reverse("teach:roster", args=[classroom.pk])})
        address = reverse("rosters:class_lists", args=[school.udise_code, classroom.pk])
    else:
        links = [{"label": school.name, "url": reverse("school:school", args=[school.udise_code])}]
        address = reverse("rosters:lists", args=[school.udise_code])
    links.append({"label": _("Class lists from files"), "url": address if last else ""})
    return links + [{"label": label, "url": ""} for label in last]
