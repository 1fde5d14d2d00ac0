"""Files for spreadsheets: no cell is a formula, every script can be read."""

import csv
import io

import openpyxl
import pytest

from cms.core import sheets_out


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_looks_like_a_formula_is_made_words(start):
    assert sheets_out.safe(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["School", "00123456789", "", 7, -7, None])
def test_all_else_stays_as_it_is(cell):
    assert sheets_out.safe(cell) == cell


def test_a_file_comes_line_by_line_and_reads_back():
    lines = sheets_out.csv_lines([["नाम", "Code"], ["=A1", 'a "b", c']])

    content = "".join(lines)

    assert content.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    assert rows == [["नाम", "Code"], ["'=A1", 'a "b", c']]


def test_a_workbook_reads_back_with_its_sheets_and_without_a_formula():
    file = sheets_out.workbook([("Schools: all/none", [["नाम", 7], ["=A1", "a\x01b"]]), ("Empty", [])])

    book = openpyxl.load_workbook(file)

    assert book.sheetnames == ["Schools  all none", "Empty"]
    assert list(book["Schools  all none"].values) == [("नाम", 7), ("'=A1", "ab")]
    assert {cell.data_type for row in book.worksheets[0] for cell in row} == {"s", "n"}
