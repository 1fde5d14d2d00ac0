"""Sentences for what is wrong with a sheet or a cell, in the language that is active."""

from typing import Any

from django.utils.translation import gettext as _

from schools.sheets.shapes import MOST_LETTERS


def refusal(reason: str, details: dict[str, Any]) -> str:
    """Why a whole file was not read, and what to do."""
    sentences = {
        "empty": _("The file is empty."),
        "large": _("The file is larger than %(megabytes)s MB. Please divide it into several files."),
        "old_excel": _(
            "This is an old Excel file (.xls), or one with a password. "
            "Open it in your spreadsheet program and save it as .xlsx or CSV, without a password."
        ),
        "no_sheet": _("This is not a table. Please save the list as .xlsx or CSV."),
        "macros": _("The file has macros (.xlsm). Please save it as .xlsx, without macros."),
        "open_document": _("Please save the list as .xlsx or CSV. This file is of another kind."),
        "no_workbook": _("This is not a spreadsheet that can be read. Please save the list as .xlsx or CSV."),
        "damaged": _("The file is damaged. Please save it once more and try again."),
        "locked": _("The file is locked with a password. Please save it without one."),
        "bomb": _("The file unpacks to far more than it should. It was not opened. Please save it as CSV."),
        "many_merged": _("The file has too many merged cells. Please unmerge them."),
        "many_columns": _("The file has more than %(most)s columns. Please keep only those of the list."),
        "many_rows": _("The file has more than %(most)s rows. Please divide it into several files."),
        "no_headings": _(
            "No heading is known. The first row must name the columns; an empty file to fill in shows how."
        ),
        "two_columns": _("Two columns say the same: “%(first)s” and “%(second)s”. Please keep one."),
        "missing_columns": _("These columns are missing: %(columns)s."),
        "quote_open": _(
            "From row %(row)s on, a quotation mark is never closed. Please take it out and try again."
        ),
    }
    shown = details | {"columns": ", ".join(details.get("columns", ()))}
    return sentences[reason] % shown


def reason(code: str, details: dict[str, Any]) -> str:
    """Why a cell or a row cannot be used. Raises `KeyError` for a code that is not the reader's own."""
    sentences = {
        "too_long": _("The cell has more than %(most)s letters."),
        "unreadable": _(
            "Some letters cannot be read. Please type the text again and save the file as UTF-8."
        ),
        "many_lines": _("The cell goes over many lines. Perhaps a quotation mark is never closed."),
        "merged": _("Merged cells. Please unmerge them and fill each cell."),
        "formula": _("A formula. Please put its value there."),
        "error_value": _("The spreadsheet shows an error here."),
        "date": _("The spreadsheet made this a date. Please format the column as text and type it again."),
        "scientific": _(
            "The spreadsheet shortened this number. Please format the column as text and type it again."
        ),
        "long_row": _("The row has more cells than there are headings. Perhaps a comma stands in a name."),
    }
    return sentences[code] % ({"most": MOST_LETTERS} | details)
