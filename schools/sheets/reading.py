"""From a file to rows: what kind of file it is, where its headings are, and each row in one form."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from schools.sheets import letters, text, workbook
from schools.sheets.shapes import (
    HEADING_ROWS,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Column,
    Fault,
    RawCell,
    RawRow,
    Refused,
    Row,
)

Score = Callable[[list[str]], int]
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
WHOLE = re.compile(r"(\d+)[.,]0+")
"""A whole number as a program for statistics writes it: 18010100101.0"""


@dataclass(frozen=True)
class Sheet:
    """A file whose headings were found. `headings` are the file's own words by key."""

    headings: dict[str, str]
    unknown: list[str]
    rows: Iterator[Row]


def read(file: BinaryIO, name: str, columns: Sequence[Column]) -> Sheet:
    """Find the headings of `columns` in the file, and give its rows one by one. Raises `Refused`."""
    known = {letters.key(one): column.key for column in columns for one in column.names}

    def score(cells: list[str]) -> int:
        return len({known[key] for cell in cells if (key := letters.key(cell[:200])) in known})

    raw = _reader_of(file, name)(file, score)
    heading, rest = _heading(raw, score)
    texts = [letters.clean(cell.text) for cell in heading]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MOST_COLUMNS:
        raise Refused("many_columns", most=MOST_COLUMNS)
    places = _places(texts, known, columns)
    unknown = [letters.shown(one) for one in texts if one and letters.key(one) not in known]
    headings = {key: letters.shown(texts[place]) for key, place in places.items()}
    return Sheet(headings, unknown, _rows(rest, columns, places, len(texts)))


def _reader_of(file: BinaryIO, name: str) -> Callable[[BinaryIO, Score], Iterator[RawRow]]:
    """By what the file holds, whatever its name says; but one that is named as having macros is believed."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(0)
    head = file.read(1024)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty")
    if length > MOST_BYTES:
        raise Refused("large", megabytes=MOST_BYTES // 1024 // 1024)
    if head.startswith(OLE):
        raise Refused("old_excel")
    if head.startswith(PDF) or MARKUP.match(head):
        raise Refused("no_sheet")
    if not head.startswith(ZIP):
        return text.rows
    if name.lower().endswith((".xlsm", ".xlam", ".xltm")):
        raise Refused("macros")
    return workbook.rows


def _heading(raw: Iterator[RawRow], score: Score) -> tuple[list[RawCell], Iterator[RawRow]]:
    """The row that names most columns, of the first few; and the rows behind it."""
    filled = (row for row in raw if any(cell.text.strip() for cell in row[1]))
    first = list(islice(filled, HEADING_ROWS))
    if not first:
        raise Refused("empty")
    scores = [score([cell.text for cell in cells]) for _number, cells in first]
    best = max(scores)
    if best == 0:
        raise Refused("no_headings")
    place = scores.index(best)
    return first[place][1], chain(first[place + 1 :], filled)


def _places(texts: list[str], known: dict[str, str], columns: Sequence[Column]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, one in enumerate(texts):
        key = known.get(letters.key(one))
        if key is None:
            continue
        if key in places:
            raise Refused("two_columns", first=letters.shown(texts[places[key]]), second=letters.shown(one))
        places[key] = place
    missing = [column.names[0] for column in columns if column.is_required and column.key not in places]
    if missing:
        raise Refused("missing_columns", columns=missing)
    return places


def _rows(
    raw: Iterator[RawRow], columns: Sequence[Column], places: dict[str, int], width: int
) -> Iterator[Row]:
    for count, (number, cells) in enumerate(raw, 1):
        if count > MOST_ROWS:
            raise Refused("many_rows", most=MOST_ROWS)
        row = Row(number, dict.fromkeys((column.key for column in columns), ""), [])
        for column in columns:
            place = places.get(column.key)
            if place is not None and place < len(cells):
                _take(row, column, cells[place])
        if any(cell.text.strip() for cell in cells[width:]):
            row.faults.append(Fault("", letters.shown(cells[width].text), "long_row"))
        if len(cells) < width and any(cell.fault == "too_long" for cell in cells) and not row.faults:
            row.faults.append(Fault("", letters.shown(cells[0].text), "too_long"))
        yield row


def _take(row: Row, column: Column, cell: RawCell) -> None:
    value = letters.clean(cell.text)
    if column.is_code and (whole := WHOLE.fullmatch(value)):
        value = whole[1]
    row.cells[column.key] = value
    if cell.fault:
        row.faults.append(Fault(column.key, letters.shown(cell.text), cell.fault))
    elif column.is_code and SCIENTIFIC.fullmatch(value):
        row.faults.append(Fault(column.key, letters.shown(value), "scientific"))
