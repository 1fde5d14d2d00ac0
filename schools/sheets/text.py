"""CSV: UTF-8, UTF-16 and cp1252; comma, semicolon or tab; rows numbered as a spreadsheet shows them."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from schools.sheets.letters import UNREADABLE
from schools.sheets.shapes import MOST_COLUMNS, MOST_LETTERS, MOST_LINES_OF_A_CELL, RawCell, RawRow, Refused

MOST_OF_A_LINE = MOST_COLUMNS * (MOST_LETTERS + 50)
"""Whatever stands beyond it in a line cannot make it a good row: one of its cells is too long already."""
HEAD = 64 * 1024
DELIMITERS = ",;\t"
SAYS_DELIMITER = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
NULS_OF_UTF_16 = 0.2
"""From this share of every second byte on, the file is UTF-16 without a mark."""


def rows(file: BinaryIO, score: Callable[[list[str]], int]) -> Iterator[RawRow]:
    """Every row, empty ones too. `score` says how many of the cells are headings that are known."""
    encoding, skipped = _encoding(file)
    delimiter = _delimiter(file, encoding, skipped, score)
    for number, cells in _records(file, encoding, skipped, delimiter):
        yield number, [_raw(cell) for cell in cells]


def _encoding(file: BinaryIO) -> tuple[str, int]:
    """The encoding, and the length of the mark before the text."""
    file.seek(0)
    head = file.read(HEAD)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if head.startswith(mark):
            return name, len(mark)
    if len(head) > 1:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > NULS_OF_UTF_16 * len(head) / 2 and min(even, odd) < max(even, odd) / 4:
            return ("utf-16-be" if even > odd else "utf-16-le"), 0
    return ("cp1252" if _is_cp1252(file) else "utf-8"), 0


def _is_cp1252(file: BinaryIO) -> bool:
    """Whether bytes above ASCII are there and none of their lines is UTF-8. Where some are, the rest is at fault."""
    file.seek(0)
    has_other = False
    while line := file.readline(MOST_OF_A_LINE):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            has_other = True
        else:
            return False
    return has_other


def _text(file: BinaryIO, encoding: str, skipped: int) -> io.TextIOWrapper:
    file.seek(skipped)
    raw: Any = _Unclosed(file)
    return io.TextIOWrapper(io.BufferedReader(raw), encoding=encoding, errors="replace", newline="")


class _Unclosed(io.RawIOBase):
    """Gives a file to a reader of text that would close it at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        part = self.file.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines, each cut where it is too long to be of use."""
    while line := text.readline(MOST_OF_A_LINE):
        rest = line
        while rest and rest[-1] not in "\r\n":
            rest = text.readline(MOST_OF_A_LINE)
        yield line


def _delimiter(file: BinaryIO, encoding: str, skipped: int, score: Callable[[list[str]], int]) -> str:
    """The one that the file names, or the one with which most headings are known, or most cells are there."""
    start = list(_head(file, encoding, skipped))
    if start and (said := SAYS_DELIMITER.fullmatch(start[0])):
        return said[1]

    def fit(delimiter: str) -> tuple[int, int]:
        cells = [line.replace('"', "").split(delimiter) for line in start]
        return max(map(score, cells), default=0), max(map(len, cells), default=0)

    return max(DELIMITERS, key=fit)


def _head(file: BinaryIO, encoding: str, skipped: int) -> Iterator[str]:
    lines = _lines(_text(file, encoding, skipped))
    for line, _place in zip(lines, range(40), strict=False):
        yield line


def _records(file: BinaryIO, encoding: str, skipped: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    lines = _lines(_text(file, encoding, skipped))
    reader = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        before = reader.line_num
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            if reader.line_num - before > 1:
                raise Refused("quote_open", row=number) from error
            record = ["x" * (MOST_LETTERS + 1)]
        else:
            if number == 0 and before == 0 and SAYS_DELIMITER.fullmatch(delimiter.join(record)):
                continue
            number += 1
        yield number, record[: MOST_COLUMNS + 1]  # one more than is allowed tells that there were too many


def _raw(cell: str) -> RawCell:
    if len(cell) > MOST_LETTERS:
        return RawCell(cell[:MOST_LETTERS], "too_long")
    if "\x00" in cell or UNREADABLE in cell:
        return RawCell(cell, "unreadable")
    if cell.count("\n") >= MOST_LINES_OF_A_CELL:
        return RawCell(cell, "many_lines")
    return RawCell(cell)
