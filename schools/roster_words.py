"""What a class list writes for a class, a section, a roll number and a language."""

import re
import unicodedata
from functools import cache

from django.conf import settings
from django.utils.translation import get_language_info

from schools.sheets import letters

FIRST_CLASS, LAST_CLASS = 1, 12
SECTION_LENGTH = 10
DIGITS_OF_A_ROLL_NUMBER = 4
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
CLASS_WORDS = r"(?:class|grade|std|standard|कक्षा|कक्ष|वर्ग|इयत्ता|শ্রেণী|শ্রেণি|తరగతి|ತರಗತಿ|ക്ലാസ്|ਜਮਾਤ|جماعت)"
SECTION_WORDS = r"(?:section|sec|division|div|सेक्शन|अनुभाग|तुकड़ी|तुकडी|विभाग)"
LEVEL = re.compile(
    rf"(?:{CLASS_WORDS}[\s.:\-–]*)?(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)?|(?P<roman>[ivx]+)(?![^\W\d_]))"
    rf"[\s.,:\-–/]*(?P<rest>.*)",
    re.IGNORECASE,
)
SECTION = re.compile(rf"(?:{SECTION_WORDS}[\s.:\-–]*)?(?P<name>.*)", re.IGNORECASE)


def read_class(text: str, *, grades: str = "") -> tuple[int, str] | None:
    """Class and section, as in `7 B`, `07-B`, `VII-B`, `7th B` or `Class 7, Section B`.

    With `grades`, a text without a class is the section; where both name a class, they must agree.
    """
    level, rest = read_level(text)
    graded, more = read_level(grades)
    if level is None:
        level, rest = (graded, text) if graded is not None and not more else (None, "")
    elif graded is not None and not more and graded != level:
        return None
    section = read_section(rest)
    return (level, section) if level is not None and section else None


def read_level(text: str) -> tuple[int | None, str]:
    """The class that a text begins with, and what stands behind it."""
    match = LEVEL.fullmatch(_plain_digits(text).strip())
    if match is None:
        return None, text
    if match["digits"]:
        level = int(match["digits"])
    else:
        level = ROMAN.index(match["roman"].lower()) + 1 if match["roman"].lower() in ROMAN else 0
    return (level, match["rest"]) if FIRST_CLASS <= level <= LAST_CLASS else (None, text)


def read_section(text: str) -> str:
    """A section as classes have it; empty where there is none, or it is too long."""
    match = SECTION.fullmatch(text.strip())
    section = " ".join((match["name"] if match else "").split()).strip(" ,.-–/").upper()
    is_plain = all(
        unicodedata.category(one)[0] in "LMN" or one in " -'." + letters.JOINERS for one in section
    )
    return section if len(section) <= SECTION_LENGTH and is_plain else ""


def read_number(text: str) -> int | None:
    """A roll number of one to four digits of any script."""
    digits = text.strip().rstrip(".)")
    if not digits.isdecimal() or len(digits) > DIGITS_OF_A_ROLL_NUMBER:
        return None
    return int(digits) or None


def read_language(text: str) -> str:
    """The code of a language by its code or its name, in itself or in English; empty where none is known."""
    return _languages().get(letters.key(text), "")


@cache
def _languages() -> dict[str, str]:
    names = {}
    for code, name in settings.LANGUAGES:
        info = get_language_info(code)
        for one in (code, str(name), info["name"], info["name_local"]):
            names[letters.key(one)] = code
    return names


def _plain_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
