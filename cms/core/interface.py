"""How far the interface's own words are translated into a language, and whether anyone has read them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib

from cms.core import catalogues, review_states

ENOUGH = 0.9
"""The share of sentences from which a language counts as translated; the rest shows in English."""


@dataclass(frozen=True)
class Interface:
    is_translated: bool
    is_draft: bool


OWN = Interface(is_translated=True, is_draft=False)


def of(language: str | None) -> Interface:
    """The state of the interface in `language`; of English, whose sentences are the source, there is none to tell."""
    if language is None or language == catalogues.SOURCE_LANGUAGE:
        return OWN
    return _read(catalogues.po_path(language))


@cache
def _read(path: Path) -> Interface:
    """From the catalogue, which changes with a release only, as what is compiled from it does."""
    if not path.exists():
        return Interface(is_translated=False, is_draft=False)
    entries = [one for one in polib.pofile(str(path)) if not one.obsolete]
    done = [one for one in entries if one.translated()]
    return Interface(
        is_translated=len(done) >= ENOUGH * len(entries),
        is_draft=any(review_states.in_comment(one.tcomment) == review_states.UNREVIEWED for one in done),
    )
