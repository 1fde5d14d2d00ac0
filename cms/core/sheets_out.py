"""Files for spreadsheets, written row by row: readable in every script, and no cell is ever a formula."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet reads the Indian scripts as something else."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"); numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file in UTF-8, one at a time, every cell safe."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def workbook(sheets: Iterable[tuple[str, Iterable[Iterable[object]]]]) -> IO[bytes]:
    """A workbook of titled sheets, every cell safe, as a file that is gone once it is closed.

    Rows pass through to the disk one by one, so a sheet of any length needs no more memory than a short one.
    """
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(_NOT_IN_A_TITLE.sub(" ", title)[:LONGEST_TITLE])
        for row in rows:
            sheet.append([_in_a_book(cell) for cell in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file


LONGEST_TITLE = 31
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def _in_a_book(cell: object) -> object:
    return safe(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell


class _Line:
    """What csv writes into: it hands each line back."""

    def write(self, line: str) -> str:
        return line
