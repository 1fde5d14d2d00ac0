"""The names that a file may use for what stands elsewhere: help lines, drawings, addresses."""

import re
from collections.abc import Iterable

from cms.core.templatetags import pictures
from cms.help import shipped

BRACES = re.compile(r"\{[^{}\s]*\}?|\}")
FAMILY = "family"


def unknown_help_lines(text: str, known: Iterable[str]) -> list[str]:
    """What stands in braces in `text`, or with one brace, and is not the key of a help line."""
    return sorted(set(BRACES.findall(text)) - {f"{{{key}}}" for key in known})


def only_help_lines_in_braces(text: str) -> str:
    """Return `text`, or raise `ValueError`: a page would leave a number out in silence."""
    unknown = unknown_help_lines(text, shipped.published_keys())
    if unknown:
        raise ValueError(f"no help line is called {', '.join(unknown)}; {_known(shipped.published_keys())}")
    return text


def is_help_line(key: str) -> str:
    if key not in shipped.published_keys():
        raise ValueError(f"no help line is called {key}; {_known(shipped.published_keys())}")
    return key


def is_drawing(name: str) -> str:
    if name not in pictures.names():
        raise ValueError(f"no drawing is called {name}; {_known(pictures.names())}")
    return name


def is_free_address(key: str) -> str:
    if key == FAMILY:
        raise ValueError(f"{FAMILY} is the address of the module's note to families; choose another key")
    return key


def _known(names: Iterable[str]) -> str:
    return f"there are {', '.join(sorted(names))}"
