"""The interface's catalogues: sentences found in code and templates, and PO files compiled, by Babel alone.

Django's own `makemessages` and `compilemessages` call gettext's programs, which a fresh machine lacks.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

APPS = ("cms", "curriculum", "quizzes", "schools")
KEYWORDS: dict = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SOURCE_LANGUAGE = "en"
VALUE = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def languages() -> list[str]:
    """The languages that have a catalogue: all but English, whose sentences are in the code."""
    return [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def po_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def sentences() -> Catalog:
    """All sentences of the interface, with the files they stand in."""
    catalogue = Catalog(project="Sure Steps", charset="utf-8")
    for path in _sources():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, comments, context in _extracted(path):
            plural = message if isinstance(message, str) else tuple(part for part in message if part)
            catalogue.add(
                plural if isinstance(plural, str) or len(plural) > 1 else plural[0],
                None,
                [(name, 0)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def _sources() -> Iterator[Path]:
    for app in APPS:
        folder = settings.BASE_DIR / app
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
            if "migrations" not in path.parts:
                yield path


def _extracted(path: Path) -> Iterator[tuple]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is not a sentence becomes X; stripped of indentation, the rest reads as Python.
        text = re.sub(r"^[ \t]+", "", templatize(text, origin=str(path)), flags=re.MULTILINE)
    source = io.BytesIO(text.encode())
    return extract(
        "python", source, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    )


def read(language: str) -> Catalog:
    """The catalogue of a language as it is on disk; an empty one where there is none."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Sure Steps", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, template: Catalog) -> bytes:
    """The PO file that a language should have now; translations that are no longer used are dropped."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# {catalogue.locale.english_name} interface of Sure Steps."
    catalogue.fuzzy = False
    for message in catalogue:
        message.locations = [(name, 0) for name in sorted({name for name, _line in message.locations})]
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=99, sort_by_file=False, omit_header=False, include_lineno=False)
    return _without_dates(buffer.getvalue())


def _without_dates(text: bytes) -> bytes:
    """Dates of making would make every run a change."""
    return re.sub(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator):.*\n', b"", text, flags=re.M
    )


def compile_all() -> list[Path]:
    """Write the `.mo` file of every language; one without a catalogue gets an empty one, or it would answer 404."""
    made = []
    for language in languages():
        path = po_path(language).with_suffix(".mo")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, read(language))
        made.append(path)
    return made


def untranslated(language: str) -> list[str]:
    """The English of every sentence that `language` lacks."""
    missing = []
    for message in read(language):
        parts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        if message.id and (message.fuzzy or not all(parts)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def losing_values(language: str) -> list[str]:
    """The English of every sentence whose translation names other values, such as `%(count)s`, than it does."""
    losing = []
    for message in read(language):
        ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
        strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        allowed = [set(VALUE.findall(text)) for text in ids if text]
        used = [set(VALUE.findall(text)) for text in strings if text]
        if allowed and any(values not in allowed for values in used):
            losing.append(ids[0])
    return losing
