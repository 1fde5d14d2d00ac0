"""Sheets to take away: CSV and XLSX in which no text is run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cms.core.sheets_out import CSV_TYPE, XLSX_TYPE, safe

__all__ = ["CSV_TYPE", "XLSX_TYPE", "csv_file", "guarded", "xlsx_file"]

AS_TEXT = "@"
WIDTH = 22


def guarded(value: object) -> str:
    """Text that a spreadsheet shows and never runs. The reader takes the apostrophe off again."""
    return str(safe(str(value)))


def csv_file(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(one) for one in head])
    writer.writerows([guarded(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_file(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Every cell is text, so that no code loses its leading zero."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for place in range(len(head)):
        letter = chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
        sheet.column_dimensions[letter].width = WIDTH
        sheet.column_dimensions[letter].number_format = AS_TEXT
    for row in (head, *rows):
        sheet.append([_text_cell(sheet, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text_cell(sheet: Any, value: object) -> Any:
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell
