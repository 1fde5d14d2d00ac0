"""XLSX: the first sheet that is not hidden, row by row. Formulas and merged cells are faults, never values."""

import re
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from schools.sheets import archive
from schools.sheets.shapes import (
    EMPTY,
    HEADING_ROWS,
    LAST_ROW,
    MOST_COLUMNS,
    MOST_LETTERS,
    RawCell,
    RawRow,
    Refused,
)

MOST_MERGED_CELLS = 500_000
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
PIECE = 1024 * 1024
OVERLAP = 300
"""No shorter than what `MERGED` can match, so that nothing is lost between two pieces."""
EXACT = 10**15
"""Beyond it a spreadsheet's number has lost digits."""


def rows(file: BinaryIO, score: Callable[[list[str]], int]) -> Iterator[RawRow]:
    """Every row, empty ones too, as wide as the headings and one cell more."""
    archive.check(file)
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield from _rows(file, score)
        except Refused:
            raise
        except Exception as error:
            raise Refused("damaged") from error


def _rows(file: BinaryIO, score: Callable[[list[str]], int]) -> Iterator[RawRow]:
    book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if not isinstance(sheet, ReadOnlyWorksheet):
            raise Refused("no_workbook")
        sheet.reset_dimensions()
        merged = _merged(sheet)
        width = _width(sheet, score)
        for number, cells in enumerate(sheet.iter_rows(max_col=width + 1), 1):
            if number > LAST_ROW:
                raise Refused("damaged")
            inside = merged.get(number, ())
            yield number, [_raw(cell, place in inside) for place, cell in enumerate(cells, 1)]
    finally:
        book.close()


def _width(sheet: Any, score: Callable[[list[str]], int]) -> int:
    """How far the headings reach. One more than is allowed where there are too many of them."""
    best, width, filled = 0, 1, 0
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS + 1):
        texts = ["" if cell.value is None else str(cell.value) for cell in cells]
        if not any(texts):
            continue
        filled += 1
        last = max(place for place, text in enumerate(texts, 1) if text)
        if (found := score(texts)) > best:
            best, width = found, last
        if filled >= HEADING_ROWS:
            break
    return width


def _merged(sheet: Any) -> dict[int, set[int]]:
    """The merged cells, by row. They stand behind the rows, so the part is read for them before."""
    found: dict[int, set[int]] = {}
    count = 0
    for ref in _ranges(sheet):
        left, top, right, bottom = (side or 1 for side in range_boundaries(ref))
        count += (right - left + 1) * (bottom - top + 1)
        if count > MOST_MERGED_CELLS:
            raise Refused("many_merged")
        for row in range(top, bottom + 1):
            found.setdefault(row, set()).update(range(left, min(right, MOST_COLUMNS + 1) + 1))
    return found


def _ranges(sheet: Any) -> set[str]:
    found: set[str] = set()
    with sheet._get_source() as part:
        kept = b""
        while piece := part.read(PIECE):
            found.update(ref.decode() for ref in MERGED.findall(kept + piece))
            kept = (kept + piece)[-OVERLAP:]
    return found


def _raw(cell: Any, is_merged: bool) -> RawCell:
    """A cell as text. Whole numbers lose what the spreadsheet put behind them."""
    value = cell.value
    if is_merged:
        return RawCell("" if value is None else str(value)[:MOST_LETTERS], "merged")
    if value is None:
        return EMPTY
    if cell.data_type == "f":
        return RawCell(str(value)[:MOST_LETTERS] if isinstance(value, str) else "=", "formula")
    if cell.data_type == "e":
        return RawCell(str(value)[:MOST_LETTERS], "error_value")
    if isinstance(value, (datetime, date, time, timedelta)):
        return RawCell(str(value), "date")
    if isinstance(value, float):
        return RawCell(str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value))
    text = str(value)
    if len(text) > MOST_LETTERS:
        return RawCell(text[:MOST_LETTERS], "too_long")
    return RawCell(text, "unreadable" if "\x00" in text or "\ufffd" in text else "")
