"""The published help lines as plain values in one language, from the cache."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cms.core import content_version
from cms.help.loading import HELP_LINES, described
from cms.help.models import HelpLine

SOURCE_LANGUAGE = "en"
DRAFT = "machine-draft"


_last_known: dict[str, tuple["Line", ...]] = {}
_names_of_states: list[Callable[[set[str]], dict[str, str]]] = []


@dataclass(frozen=True)
class Words:
    """What is said about a line in one language."""

    language: str
    name: str
    what_for: str
    what_happens: str
    cost: str
    hours: str

    @property
    def mark(self) -> SafeString:
        """The attributes that say which language this is, where it is not the page's."""
        direction = "rtl" if self.language in settings.LANGUAGES_BIDI else "ltr"
        return format_html(' lang="{}" dir="{}"', self.language, direction)


@dataclass(frozen=True)
class Line:
    """A help line as pages show it. `states` is empty when it is for all of India.

    `original` holds the English words when `words` are a draft that no native reader has read.
    """

    key: str
    kind: str
    numbers: tuple[str, ...]
    url: str
    anonymous: str
    is_for_children: bool
    last_verified_on: date | None
    states: tuple[str, ...]
    words: Words
    original: Words | None

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Each number as it is read, and as a telephone dials it."""
        return tuple((number, "".join(filter(str.isdigit, number))) for number in self.numbers)


def published(language: str | None = None) -> tuple[Line, ...]:
    """Every line that the site shows, in `language` (the active one unless given): children's first.

    A state's own line is among them once somebody has called it.
    """
    language = language or get_language() or SOURCE_LANGUAGE
    key = f"help-lines:{language}:{content_version.current()}"
    lines = cache.get(key)
    if lines is None:
        lines = tuple(
            line_of(record, language)
            for record in HelpLine.objects.filter(live=True, is_published=True).order_by(
                "-is_for_children", "order", "key"
            )
            if not record.states or record.last_verified_on
        )
        cache.set(key, lines)
    _last_known[language] = lines
    return lines


def at_hand(language: str | None = None) -> tuple[Line, ...]:
    """The lines that this process saw last, else those that we ship: asks no database and no cache."""
    language = language or get_language() or SOURCE_LANGUAGE
    if language not in _last_known:
        shipped = [record for record in described(HELP_LINES) if record.is_published]
        _last_known[language] = tuple(line_of(record, language) for record in shipped)
    return _last_known[language]


def name_states_by(names: Callable[[set[str]], dict[str, str]]) -> None:
    """Let `names` say what states are called, by their codes: the app that holds places lies above this one."""
    _names_of_states[:] = [names]


def for_all(lines: Iterable[Line]) -> list[Line]:
    """The lines for all of India."""
    return [line for line in lines if not line.states]


def by_state(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of single states under each state's name, by name. Asks nothing when there are none."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        for code in line.states:
            found.setdefault(code, []).append(line)
    names = _names_of_states[0](set(found)) if found and _names_of_states else {}
    return sorted(((names.get(code, code), own) for code, own in found.items()), key=lambda group: group[0])


def by_key(language: str | None = None) -> dict[str, Line]:
    return {line.key: line for line in published(language)}


def line_of(record: HelpLine, language: str) -> Line:
    """The plain values of a record, saved or not."""
    english = _words(record, SOURCE_LANGUAGE)
    translated = _words(record, language)
    words = translated if translated.name and translated.what_for else english
    is_draft = words is not english and record.review_states.get(language, DRAFT) == DRAFT
    return Line(
        key=record.key,
        kind=record.kind,
        numbers=tuple(record.numbers),
        url=record.url,
        anonymous=record.anonymous,
        is_for_children=record.is_for_children,
        last_verified_on=record.last_verified_on,
        states=tuple(record.states),
        words=words,
        original=english if is_draft and language != SOURCE_LANGUAGE else None,
    )


def _words(record: HelpLine, language: str) -> Words:
    def text(field: str) -> str:
        return getattr(record, f"{field}_{language}", None) or ""

    return Words(language, *[text(field) for field in ("name", "what_for", "what_happens", "cost", "hours")])
