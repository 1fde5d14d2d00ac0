"""Reads a class list that a teacher typed or pasted: one student a line, all faults in one pass.

`12 Blue Kite`, `12. Blue Kite`, `12-Blue Kite`, `Blue Kite`, `12` and, where a tab, comma or semicolon
stands between them, also `Blue Kite, 12`. After a mere space a last number belongs to the alias, as in
`Kite 7`.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from schools.aliases import ALIAS_LENGTH, DIGITS_OF_A_PHONE, JOINERS, faults_of, like_full_names

MOST_LINES = 100
MOST_ROLL_NUMBER = 9999
SHOWN_OF_A_LINE = 60

BETWEEN_CELLS = re.compile(r"[\t,;]+")
NUMBER_FIRST = re.compile(r"(\d+)(?:\s*[.):-]\s*|\s+)(.*)")


@dataclass(frozen=True)
class Student:
    line: int
    alias: str
    roll_number: int | None


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line, by the number that the teacher counts from the top."""

    line: int
    text: str
    message: str


@dataclass
class ClassList:
    """What a text says. Only a list without faults may be saved."""

    students: list[Student] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def like_full_names(self) -> list[Student]:
        """Those with a frequent surname; and all that could be names, when these are a large part of the list."""
        are_alike = like_full_names([one.alias for one in self.students])
        return [one for one, is_alike in zip(self.students, are_alike, strict=True) if is_alike]


def parse(text: str, *, aliases: Collection[str] = (), roll_numbers: Collection[int] = ()) -> ClassList:
    """Read a class list. `aliases` and `roll_numbers` are those that the class has already."""
    found = ClassList()
    seen_aliases: dict[str, int] = {alias.casefold(): 0 for alias in aliases}
    seen_numbers: dict[int, int] = dict.fromkeys(roll_numbers, 0)
    filled = [(n, line) for n, raw in enumerate(_lines(text), 1) if (line := _clean(raw))]
    if len(filled) > MOST_LINES:
        too_many = _("At most %(most)d students at a time. Take the rest in a second list.")
        found.faults.append(
            Fault(filled[MOST_LINES][0], _short(filled[MOST_LINES][1]), too_many % {"most": MOST_LINES})
        )
    has_heading = _has_heading([line for _number, line in filled[:2]])
    for place, (number, line) in enumerate(filled[:MOST_LINES]):
        student = _read(number, line)
        if has_heading and place == 0:
            found.faults.append(Fault(number, _short(line), _("This looks like a heading. Leave it out.")))
            continue
        messages = [*_faults_of(student), *_repeats(student, seen_aliases, seen_numbers)]
        found.faults += [Fault(number, _short(line), message) for message in messages]
        seen_aliases.setdefault(student.alias.casefold(), number)
        if student.roll_number is not None:
            seen_numbers.setdefault(student.roll_number, number)
        if not messages:
            found.students.append(student)
    return found


def _lines(text: str) -> list[str]:
    """Lines as an editor counts them."""
    return re.split(r"\r\n|\r|\n", text)


def _clean(line: str) -> str:
    """One form of each letter; nothing invisible; one space where there were several; tabs kept."""
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", line)
        if letter in JOINERS
        or letter == "\t"
        or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return re.sub(r"[^\S\t]+", " ", kept).strip()


def _short(line: str) -> str:
    """As much of a line as it takes to find it."""
    shown = line.replace("\t", " ")
    return shown if len(shown) <= SHOWN_OF_A_LINE else f"{shown[:SHOWN_OF_A_LINE]}…"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in BETWEEN_CELLS.split(line) if cell.strip()]


def _has_heading(lines: list[str]) -> bool:
    """Whether the first line names columns: several cells without a number, and a number in the next line."""
    if len(lines) < 2 or len(_cells(lines[0])) < 2 or any(letter.isdecimal() for letter in lines[0]):
        return False
    return _read(0, lines[1]).roll_number is not None


def _read(number: int, line: str) -> Student:
    cells = _cells(line)
    if len(cells) > 1:
        if (roll := _number(cells[0])) is not None:
            return Student(number, " ".join(cells[1:]), roll)
        if (roll := _number(cells[-1])) is not None:
            return Student(number, " ".join(cells[:-1]), roll)
    whole = " ".join(cells)
    if (roll := _number(whole)) is not None:
        return Student(number, str(roll), roll)
    match = NUMBER_FIRST.fullmatch(whole)
    if match is not None and (roll := _number(match[1])) is not None:
        return Student(number, match[2].strip(), roll)
    return Student(number, whole, None)


def _number(text: str) -> int | None:
    """A whole number in the digits of any script, also as `12.`; else None, as for a phone number."""
    digits = text.rstrip(".):")
    return int(digits) if digits.isdecimal() and len(digits) < DIGITS_OF_A_PHONE else None


def _faults_of(student: Student) -> list[str]:
    sentences = {
        "no_alias": _("There is no alias in this line."),
        "contact": _("This looks like a phone number or an e-mail address. Leave it out."),
        "letters": _("Use only letters, numbers and spaces."),
        "long_alias": _("An alias has at most %(most)d letters.") % {"most": ALIAS_LENGTH},
    }
    faults = [sentences[code] for code in faults_of(student.alias)]
    if student.roll_number is not None and not 1 <= student.roll_number <= MOST_ROLL_NUMBER:
        faults.append(_("A roll number lies between 1 and %(most)d.") % {"most": MOST_ROLL_NUMBER})
    return faults


def _repeats(student: Student, aliases: dict[str, int], roll_numbers: dict[int, int]) -> list[str]:
    """What this line repeats: of the class (kept as line 0), or of a line before it."""
    repeats = []
    before = aliases.get(student.alias.casefold())
    if before == 0:
        repeats.append(_("“%(alias)s” is in the class already.") % {"alias": student.alias})
    elif before is not None:
        repeats.append(_("The same alias as in line %(line)d.") % {"line": before})
    before = roll_numbers.get(student.roll_number) if student.roll_number is not None else None
    if before == 0:
        repeats.append(_("Roll number %(number)d is in the class already.") % {"number": student.roll_number})
    elif before is not None:
        repeats.append(_("The same roll number as in line %(line)d.") % {"line": before})
    return repeats
