"""One form of each text: what a cell means, whatever program wrote it."""

import re
import unicodedata

from cms.core.sheets_out import FORMULA_STARTS
from schools.sheets.shapes import SHOWN_OF_A_VALUE

JOINERS = "\u200c\u200d"
"""They shape Indic scripts; every other invisible letter is dropped."""
UNREADABLE = "\ufffd"
NUKTA = "\u093c"
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")
GUARDED = re.compile(f"'[{re.escape(''.join(FORMULA_STARTS))}]")
"""An apostrophe that keeps a spreadsheet from running the text behind it: `writing` puts it there."""


def clean(text: str) -> str:
    """NFC, trimmed, one space where there were several, nothing invisible."""
    if GUARDED.match(text):
        text = text[1:]
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(
        one for one in spaced if one in JOINERS or unicodedata.category(one) not in INVISIBLE
    ).strip()


def key(text: str) -> str:
    """What two headings or names have in common: letters, marks and digits, without case, nukta and joiners."""
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(one for one in folded if one != NUKTA and unicodedata.category(one)[0] in "LMN")


def shown(text: str) -> str:
    """As much of a value as it takes to find it, fit for every database and page."""
    start = "".join(
        UNREADABLE if unicodedata.category(one) in ("Cc", "Cs") else one for one in text[:SHOWN_OF_A_VALUE]
    )
    return start if len(text) <= SHOWN_OF_A_VALUE else f"{start}…"
