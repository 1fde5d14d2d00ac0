"""How far people have looked at words in a language other than English; from least to most."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

UNREVIEWED = "machine-draft"
"""Nobody vouches for the words. It is also where words fall back to that a person changed."""
REVIEWED = "reviewed"
APPROVED = "approved"
ORDER = (UNREVIEWED, REVIEWED, APPROVED)

_IN_A_COMMENT = re.compile(r"^review:\s*(\S+)", re.MULTILINE)

Words = Mapping[str, tuple[Any, ...]]
"""By language, a record's words in a fixed order."""


def changed_languages(before: Words, after: Words, *, source: str = "en") -> list[str]:
    """The languages whose words differ, the source left out: it needs no review of its own."""
    return [code for code in after if code != source and after[code] != before.get(code)]


def marked(states: Mapping[str, str], languages: Iterable[str], state: str, words: Words) -> dict[str, str]:
    """`states` with `languages` set to `state`; a language without any words has no state."""
    changed = {**states, **dict.fromkeys(languages, state)}
    return {code: kept for code, kept in changed.items() if code not in words or any(words[code])}


def in_comment(comment: str) -> str:
    """What the comment of a catalogue's entry says (`review: reviewed`); anything unknown counts as unreviewed."""
    found = _IN_A_COMMENT.search(comment or "")
    return found[1] if found and found[1] in ORDER else UNREVIEWED
