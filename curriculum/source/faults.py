"""What is wrong with a module's files, where a person will find it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong. `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """A module that cannot be loaded: `faults` lists all that is wrong, `loaded` the modules written before it."""

    loaded: Sequence[str] = ()

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def line_with(path: Path, word: str) -> int:
    """The first line of a file where `word` stands whole; 1 if none does."""
    return _line_matching(path, rf"(?<![\w-]){re.escape(word)}(?![\w-])")


def line_of_key(path: Path, key: str) -> int:
    """The first line of a file that gives a thing this `key`, or this `code`; 1 if none does."""
    return _line_matching(path, rf"\b(key|code): *[\"']?{re.escape(key)}(?![\w-])")


def _line_matching(path: Path, pattern: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if re.search(pattern, line)), 1)
