"""Which languages the notice to families is translated into, and whether a native reader has read it.

Both are asked of the interface's catalogue: the sentences are those that it found in the notice's
template, and an entry's comment carries the review state as in the curriculum's catalogues
(`# review: machine-draft`, `# review: reviewed` or `# review: approved`).
"""

from functools import cache
from pathlib import Path

import polib
from django.utils.translation import gettext, override

from cms.core import catalogues, review_states
from schools.models import Classroom

SOURCE_LANGUAGE = catalogues.SOURCE_LANGUAGE
TEMPLATE = "schools/templates/schools/teach/_notice_words.html"


def language_for(classroom: Classroom) -> str:
    """The language in which a class's families get the notice: theirs, or English as long as it is not ready."""
    return classroom.language if is_translated(classroom.language) else SOURCE_LANGUAGE


def is_translated(language: str) -> bool:
    """Whether every sentence of the notice is shown in `language`, none in English for want of another."""
    if language == SOURCE_LANGUAGE:
        return True
    entries = _entries(catalogues.po_path(language))
    with override(language):
        return bool(entries) and all(gettext(one.msgid) != one.msgid for one in entries)


def is_draft(language: str) -> bool:
    """Whether a sentence of the notice is in `language` as a machine put it, read by no native reader."""
    if language == SOURCE_LANGUAGE:
        return False
    states = [review_states.in_comment(one.tcomment) for one in _entries(catalogues.po_path(language))]
    return review_states.UNREVIEWED in states


@cache
def _entries(path: Path) -> tuple[polib.POEntry, ...]:
    """The notice's sentences in a catalogue, which changes with a release only, as compiled catalogues do."""
    if not path.exists():
        return ()
    return tuple(one for one in polib.pofile(str(path)) if TEMPLATE in dict(one.occurrences))
