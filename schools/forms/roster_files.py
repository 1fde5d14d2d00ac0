"""Class lists from files: the form, and what each row says. All faults in one pass; nothing is stored here."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from schools import aliases, oneroster, pictures
from schools.actions.roster_files import ReadList
from schools.models import Classroom, School
from schools.presenters import rosters as words
from schools.queries.rosters import RosterRow
from schools.queries.school_year import YearNow, year_after
from schools.roster_words import (
    FIRST_CLASS,
    LAST_CLASS,
    read_class,
    read_language,
    read_level,
    read_number,
    read_section,
)
from schools.sheets import Column, Refused, Row, letters, read
from schools.sheets.shapes import MOST_BYTES

MOST_STUDENTS = 20_000
COLUMNS = (
    Column("class", ("class", "grade", "standard", "std", "कक्षा", "इयत्ता", "जमात", "جماعت")),
    Column("section", ("section", "sec", "division", "सेक्शन", "अनुभाग", "तुकडी", "سیکشن")),
    Column(
        "roll",
        (
            "roll number",
            "roll no",
            "roll",
            "roll no.",
            "रोल नंबर",
            "रोल नं",
            "अनुक्रमांक",
            "हजेरी क्रमांक",
            "رول نمبر",
        ),
        is_required=True,
        is_code=True,
    ),
    Column("alias", ("alias", "nickname", "निकनेम", "टोपणनाव", "عرفیت")),
    Column("language", ("language", "medium", "भाषा", "माध्यम", "زبان")),
)
"""The columns of a class list. Others, such as names, are read past."""


class RosterFileForm(forms.Form):
    """A file or a pasted table. What cannot be read is said beside the field; nothing is stored yet."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV or Excel (.xlsx), or a OneRoster 1.2 file (.zip). Names in it are not kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.zip"}),
    )
    text = forms.CharField(
        label=_("Or paste the table, with its headings"),
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(
            attrs={"class": "paste", "rows": 8, "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of new classes"),
        choices=settings.LANGUAGES,
        help_text=_("For classes that are made and have no language in the list."),
    )
    year = forms.ChoiceField(label=_("School year"))
    is_whole_list = forms.BooleanField(
        label=_("This is the whole list: whoever is not in it has left."), required=False
    )
    are_aliases = forms.BooleanField(
        label=_("These are not full names. Take the list as it is."), required=False
    )

    def __init__(
        self, school: School, classroom: Classroom | None, now: YearNow, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.school, self.classroom = school, classroom
        self.found = ReadList()
        self.like_full_names: list[RosterRow] = []
        years = [now.running, *([year_after(now.running)] if now.is_ending else [])]
        if classroom is not None or len(years) == 1:
            del self.fields["year"]
        else:
            self.fields["year"] = forms.ChoiceField(
                label=_("School year"), choices=[(one, one) for one in years]
            )
        self.academic_year = classroom.academic_year if classroom is not None else now.running
        if classroom is not None:
            del self.fields["language"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        upload, text = data.get("file"), data.get("text", "")
        self.academic_year = data.get("year") or self.academic_year
        if "file" in self.errors or "text" in self.errors:
            return data
        if not upload and not text.strip():
            self.add_error("file", _("Choose a file, or paste a table."))
            return data
        try:
            self.found = self._read(upload, text)
        except Refused as refusal:
            self.add_error("file" if upload else "text", words.refusal(refusal.reason, refusal.details))
            return data
        self._ask_about_names()
        return data

    def _read(self, upload: Any, text: str) -> ReadList:
        if upload and upload.size > MOST_BYTES:
            raise Refused("large", megabytes=MOST_BYTES // 1024 // 1024)
        file: BinaryIO = upload.file if upload else io.BytesIO(text.encode("utf-8", "replace"))
        if upload and oneroster.is_bundle(file):
            if self.classroom is not None:
                raise Refused("zip_of_a_school")
            return from_oneroster(oneroster.read_bundle(file, self.school.udise_code), self.school)
        name = upload.name if upload else "paste.csv"
        found = from_sheet(read(file, name, COLUMNS).rows, self.school, self.classroom)
        if not found.rows and not found.faults:
            raise Refused("empty")
        return found

    def _ask_about_names(self) -> None:
        """A list that looks like one of full names is not even looked at until somebody says that it is not."""
        said = [row for row in self.found.rows if row.alias]
        are_alike = aliases.like_full_names([row.alias for row in said])
        self.like_full_names = [row for row, is_alike in zip(said, are_alike, strict=True) if is_alike]
        if self.like_full_names and not self.cleaned_data.get("are_aliases"):
            sentence = _(
                "Some rows look like full names. Use aliases or leave the column out; "
                "or say that they are not names, and choose the file again."
            )
            self.add_error("are_aliases", sentence)

    @property
    def class_language(self) -> str:
        return self.cleaned_data.get("language") or (self.classroom.language if self.classroom else "en")

    @property
    def file_name(self) -> str:
        upload = self.cleaned_data.get("file")
        return letters.shown(upload.name) if upload else str(_("Pasted table"))


def from_sheet(rows: Iterator[Row], school: School, classroom: Classroom | None) -> ReadList:
    """Each row of a table, or what is wrong in it."""
    found = ReadList()
    for count, row in enumerate(rows, 1):
        if count > MOST_STUDENTS:
            raise Refused("many_rows", most=MOST_STUDENTS)
        faults = [
            {"column": one.column, "value": one.value, "reason": one.reason, "details": one.details}
            for one in row.faults
        ]
        read_row = _row(row, school, classroom, faults)
        if faults:
            found.faults.append((row.number, _shown(row, faults), faults))
        else:
            found.rows.append(read_row)
    return found


def _shown(row: Row, faults: list[dict[str, Any]]) -> dict[str, Any]:
    """A faulty row as it will be given back to mend: never a phone number or an address."""
    is_contact = any(one["reason"] == "contact" for one in faults)
    shown = {key: letters.shown(value) for key, value in row.cells.items()}
    return shown | ({"alias": ""} if is_contact else {})


def _row(row: Row, school: School, classroom: Classroom | None, faults: list[dict[str, Any]]) -> RosterRow:
    cells = row.cells
    level, section = _class(cells, school, classroom, faults)
    number = read_number(cells["roll"])
    if number is None and not _has_fault(faults, "roll"):
        _add(faults, "roll", cells["roll"], "roll_number")
    alias = cells["alias"]
    for code in aliases.faults_of(alias) if alias else ():
        _add(faults, "alias", "" if code == "contact" else alias, code)
    language = read_language(cells["language"])
    if cells["language"] and not language:
        _add(faults, "language", cells["language"], "language")
    return RosterRow(row.number, level, section, number, alias, language)


def _class(
    cells: dict[str, str], school: School, classroom: Classroom | None, faults: list[dict[str, Any]]
) -> tuple[int, str]:
    """The class and section of a row: in two columns, or both in the first; a class's own list may leave them out."""
    if classroom is not None and not cells["class"] and not cells["section"]:
        return classroom.class_level, classroom.section
    level, rest = read_level(cells["class"])
    section = read_section(cells["section"]) if cells["section"] else ""
    if level is not None and rest and not cells["section"]:
        level, section = read_class(cells["class"]) or (None, "")
        rest = ""
    if level is None and classroom is not None and not cells["class"]:
        level = classroom.class_level
    if level is None or rest:
        _add(faults, "class", cells["class"], "class_level")
        return 0, ""
    if not section:
        _add(faults, "section", cells["section"], "section")
    elif classroom is not None and (level, section) != (classroom.class_level, classroom.section):
        _add(faults, "class", f"{level} {section}", "other_class", name=str(classroom))
    _check_level(level, school, faults)
    return level, section


def _check_level(level: int, school: School, faults: list[dict[str, Any]]) -> None:
    lowest = school.category.lowest_class or FIRST_CLASS
    highest = school.category.highest_class or LAST_CLASS
    if not lowest <= level <= highest:
        _add(faults, "class", str(level), "class_of_school", lowest=lowest, highest=highest)


def _has_fault(faults: list[dict[str, Any]], column: str) -> bool:
    return any(one["column"] == column for one in faults)


def _add(faults: list[dict[str, Any]], column: str, value: str, reason: str, **details: Any) -> None:
    faults.append({"column": column, "value": letters.shown(value), "reason": reason, "details": details})


def from_oneroster(bundle: oneroster.Bundle, school: School) -> ReadList:
    """A school's students by the marks of their rows. What OneRoster calls them is not here any more."""
    found = ReadList()
    if len(bundle.learners) > MOST_STUDENTS:
        raise Refused("many_rows", most=MOST_STUDENTS)
    for one in bundle.problems:
        fault = {
            "column": one.column,
            "value": one.value,
            "reason": one.reason,
            "details": {"file": one.file},
        }
        found.faults.append((one.number, {}, [fault]))
    for learner in bundle.learners:
        faults: list[dict[str, Any]] = []
        _check_level(learner.class_level, school, faults)
        digest = pictures.source_digest(school.pk, learner.sourced_id)
        row = RosterRow(
            learner.number, learner.class_level, learner.section, learner.roll_number, digest=digest
        )
        if faults:
            found.faults.append(
                (learner.number, {"class": learner.class_level, "section": learner.section}, faults)
            )
        else:
            found.rows.append(row)
    if not found.rows and not found.faults:
        raise Refused("zip_nobody")
    return found
