"""Reads a class list that a teacher typed or pasted: one student a line, all faults in one pass.

`12 Blue Kite`, `12. Blue Kite`, `Blue Kite`, `12` and, where a tab, comma or semicolon stands between
them, also `Blue Kite, 12`. After a mere space a last number belongs to the alias, as in `Kite 7`.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_LINES = 100
ALIAS_LENGTH = 30
MOST_ROLL_NUMBER = 9999
DIGITS_OF_A_PHONE = 6
JOINERS = "\u200c\u200d"
"""They shape Indic scripts; every other invisible letter is dropped."""

BETWEEN_CELLS = re.compile(r"[\t,;]+")
NUMBER_FIRST = re.compile(r"(\d+)\s*[.):-]?\s+(.*)")
FREQUENT_SURNAMES = (
    "agarwal ahmed ali ansari banerjee begum bhat biswas bora chatterjee chaudhary choudhury das deka devi "
    "dey dutta ghosh gogoi gowda gupta hussain iyer jadhav jain jha joshi kapoor kaur khan khatun kumar "
    "kumari mehta menon mishra mondal mukherjee naidu nair nayak pandey patel patil paul pawar pillai prasad "
    "rai rao rathod reddy roy sah saikia shaikh sharma sheikh shetty shinde shukla singh sinha thakur tiwari "
    "varma verma yadav अली कुमार कुमारी कौर खान गुप्ता जोशी तिवारी दास देवी पटेल पांडे पाटील प्रसाद बेगम मिश्रा "
    "यादव राठौड़ राय राव रेड्डी वर्मा शर्मा शुक्ला शेख साह सिंह सिन्हा"
)
SURNAMES = frozenset(FREQUENT_SURNAMES.split())
"""Enough to ask once more whether a list holds full names; nobody is refused for it."""


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
        return [one for one in self.students if _is_like_a_full_name(one.alias)]


def parse(text: str, *, aliases: Collection[str] = (), roll_numbers: Collection[int] = ()) -> ClassList:
    """Read a class list. `aliases` and `roll_numbers` are those that the class has already."""
    found = ClassList()
    seen_aliases: dict[str, int] = {alias.casefold(): 0 for alias in aliases}
    seen_numbers: dict[int, int] = dict.fromkeys(roll_numbers, 0)
    filled = [(n, line) for n, raw in enumerate(_lines(text), 1) if (line := _clean(raw))]
    if len(filled) > MOST_LINES:
        too_many = _("At most %(most)d students at a time. Take the rest in a second list.")
        found.faults.append(
            Fault(filled[MOST_LINES][0], filled[MOST_LINES][1], too_many % {"most": MOST_LINES})
        )
    for number, line in filled[:MOST_LINES]:
        student = _read(number, line)
        messages = [*_faults_of(student), *_repeats(student, seen_aliases, seen_numbers)]
        found.faults += [Fault(number, line.replace("\t", " "), message) for message in messages]
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


def _read(number: int, line: str) -> Student:
    cells = [cell.strip() for cell in BETWEEN_CELLS.split(line) if cell.strip()]
    if len(cells) > 1:
        if (roll := _number(cells[0])) is not None:
            return Student(number, " ".join(cells[1:]), roll)
        if (roll := _number(cells[-1])) is not None:
            return Student(number, " ".join(cells[:-1]), roll)
    whole = " ".join(cells)
    if (roll := _number(whole)) is not None:
        return Student(number, str(roll), roll)
    if match := NUMBER_FIRST.fullmatch(whole):
        return Student(number, match[2].strip(), int(match[1]))
    return Student(number, whole, None)


def _number(text: str) -> int | None:
    """A whole number in the digits of any script, also as `12.`; else None."""
    digits = text.rstrip(".):")
    return int(digits) if digits.isdecimal() else None


def _faults_of(student: Student) -> list[str]:
    faults = []
    alias = student.alias
    if not any(unicodedata.category(letter)[0] in "LN" for letter in alias):
        faults.append(_("There is no alias in this line."))
    elif sum(letter.isdecimal() for letter in alias) >= DIGITS_OF_A_PHONE or "@" in alias:
        faults.append(_("This looks like a phone number or an e-mail address. Leave it out."))
    elif not all(unicodedata.category(letter)[0] in "LMN" or letter in " '’.-" + JOINERS for letter in alias):
        faults.append(_("Use only letters, numbers and spaces."))
    if len(alias) > ALIAS_LENGTH:
        faults.append(_("An alias has at most %(most)d letters.") % {"most": ALIAS_LENGTH})
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


def _is_like_a_full_name(alias: str) -> bool:
    words = alias.casefold().split()
    return len(words) > 1 and words[-1].strip(".") in SURNAMES
