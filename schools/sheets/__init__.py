"""Reads any sheet that an office has: CSV in every encoding that programs write, and XLSX. Writes both.

    COLUMNS = (
        Column("udise", ("UDISE code", "UDISE", "यूडाइस कोड"), is_required=True, is_code=True),
        Column("name", ("school name", "name"), is_required=True),
    )
    try:
        sheet = read(file, "schools.xlsx", COLUMNS)     # file: binary and seekable; stays open while rows are read
        for row in sheet.rows:                          # streams; Refused may still come here
            row.number, row.cells["udise"], row.faults  # the spreadsheet's number, clean text, what is wrong
    except Refused as refusal:
        words.refusal(refusal.reason, refusal.details)  # a sentence in the language that is active

`row.cells` has every key of `columns`, with "" where the cell or its column is not there. A fault of a
row (`Fault`: column key, value as shown, reason as a code, details) is worded by
`words.reason(fault.reason, fault.details)`; a row with faults must not be used. `sheet.headings` are the
file's own headings by key, `sheet.unknown` those that nothing was made of. No Django model is used here.

`writing.csv_file(head, rows)` and `writing.xlsx_file(head, rows)` give bytes that no spreadsheet runs as a formula.
"""

from schools.sheets.reading import Sheet, read
from schools.sheets.shapes import Column, Fault, Refused, Row

__all__ = ["Column", "Fault", "Refused", "Row", "Sheet", "read"]
