"""The curriculum's PO files: made from the YAML, checked against it, read for the loader.

One file a module and language, `locale/<lang>/curriculum/<module>.po`. An entry's `msgctxt` is the
sentence's path, its translator comment carries the review state (`review: machine-draft`,
`review: reviewed` or `review: approved`). A sentence whose English changed becomes fuzzy and
keeps its old translation until someone mends it.

    python -m curriculum.content_messages make hi finding-help
    python -m curriculum.content_messages check hi finding-help
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import polib

from curriculum.source.checks import ModuleSource
from curriculum.source.faults import ContentError, Fault
from curriculum.source.reader import CONTENT_DIR, module_folders, read_module
from curriculum.source.schema import PLACEHOLDER
from curriculum.source.sentences import sentences

LOCALE_DIR = CONTENT_DIR.parent.parent / "locale"
REVIEW_STATES = ("machine-draft", "reviewed", "approved")
"""From the least to the most reviewed. The last two need a person: a native reader, then safeguarding."""
_REVIEW = re.compile(r"^review: ([a-z-]+)$", re.MULTILINE)
_STRONG = re.compile(r"\*\*.+?\*\*")


@dataclass(frozen=True)
class Translated:
    """A sentence in another language and how far its review has come."""

    source: str
    text: str
    review: str
    is_stale: bool


def po_path(language: str, module_key: str, root: Path = LOCALE_DIR) -> Path:
    return root / language / "curriculum" / f"{module_key}.po"


def make(source: ModuleSource, language: str, root: Path = LOCALE_DIR) -> Path:
    """Write the module's PO file for `language`, keeping every translation that is there."""
    path = po_path(language, source.module.key, root)
    old = {entry.msgctxt: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=99)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for sentence_path, text in sentences(source):
        catalogue.append(_entry(sentence_path, text, old.get(sentence_path)))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return path


def _entry(path: str, text: str, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=path, msgid=text, tcomment="review: machine-draft")
    if old is not None:
        entry.msgstr = old.msgstr
        entry.tcomment = old.tcomment
        entry.flags = list(old.flags)
        entry.previous_msgid = old.previous_msgid
        if old.msgid != text and old.msgstr:
            entry.fuzzy = True
            entry.previous_msgid = old.msgid
    return entry


def read(module_key: str, language: str, root: Path = LOCALE_DIR) -> dict[str, Translated]:
    """The translations of a module by path; empty when there is no file for the language."""
    path = po_path(language, module_key, root)
    if not path.exists():
        return {}
    return {
        entry.msgctxt: Translated(entry.msgid, entry.msgstr.strip(), review_state(entry), entry.fuzzy)
        for entry in _parsed(path)
        if entry.msgstr and not entry.obsolete
    }


def _parsed(path: Path) -> polib.POFile:
    try:
        return polib.pofile(str(path))
    except OSError as error:
        line = re.search(r"\(line (\d+)\)", str(error))
        raise ContentError([Fault(path, int(line[1]) if line else 1, "not a valid catalogue")]) from error


def review_state(entry: polib.POEntry) -> str:
    """What the entry's comment says; anything unknown counts as a machine draft."""
    found = _REVIEW.search(entry.tcomment or "")
    return found[1] if found and found[1] in REVIEW_STATES else REVIEW_STATES[0]


def faults(source: ModuleSource, language: str, root: Path = LOCALE_DIR) -> list[str]:
    """What keeps the module from being complete and faithful in `language`, a sentence each."""
    translated = read(source.module.key, language, root)
    found = []
    for path, text in sentences(source):
        entry = translated.get(path)
        if entry is None:
            found.append(f"{path}: not translated")
        elif entry.source != text:
            found.append(f"{path}: the English changed; run make again")
        elif entry.is_stale:
            found.append(f"{path}: the English changed since this was translated")
        elif structure(entry.text) != structure(text):
            found.append(
                f"{path}: help lines, strong words, list items or paragraphs differ from the English"
            )
    return found


def structure(text: str) -> tuple[list[str], int, int, int]:
    """What a translation must share with its source: placeholders, strong words, items, paragraphs."""
    lines = text.split("\n")
    return (
        sorted(PLACEHOLDER.findall(text)),
        len(_STRONG.findall(text)),
        sum(line.lstrip().startswith("- ") for line in lines),
        len([part for part in re.split(r"\n\s*\n", text.strip()) if part]),
    )


def main(arguments: list[str]) -> int:
    """Make or check catalogues without a database, for a translator at work."""
    verb, language, *keys = arguments
    problems = 0
    for folder in module_folders():
        if keys and folder.name not in keys:
            continue
        source = read_module(folder)
        if verb == "make":
            sys.stdout.write(f"{make(source, language).name}\n")
        for fault in faults(source, language) if verb == "check" else ():
            problems += 1
            sys.stdout.write(f"{folder.name}: {fault}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
