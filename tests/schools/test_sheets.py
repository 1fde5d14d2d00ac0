"""The reader of sheets: what offices send, and what nobody should."""

import io
import struct
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.sheets import Column, Refused, Row, read, words, writing
from schools.sheets.shapes import MOST_COLUMNS
from tests.schools.sheets_made import csv_bytes, xlsx_bytes

COLUMNS = (
    Column("code", ("UDISE code", "UDISE", "यूडाइस कोड"), is_required=True, is_code=True),
    Column("name", ("School name", "विद्यालय का नाम"), is_required=True),
    Column("note", ("Note",)),
)
HEAD = ("UDISE code", "School name", "Note")
ONE = ("00010100101", "Lotus Lake", "")


def rows_of(content: bytes, name: str = "list.csv") -> list[Row]:
    return list(read(io.BytesIO(content), name, COLUMNS).rows)


def cells(content: bytes, name: str = "list.csv") -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in rows_of(content, name)]


def faults(content: bytes, name: str = "list.csv") -> list[tuple[int, str, str]]:
    return [(row.number, one.column, one.reason) for row in rows_of(content, name) for one in row.faults]


def refusal(content: bytes, name: str = "list.csv") -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        rows_of(content, name)
    return words.refusal(refused.value.reason, refused.value.details)


def outcome(content: bytes, name: str = "list.csv") -> tuple[list[Row], str | None]:
    """The rows, or the sentence with which the file is refused."""
    try:
        return rows_of(content, name), None
    except Refused as refused:
        return [], words.refusal(refused.reason, refused.details)


def packed(**parts: bytes) -> bytes:
    """A ZIP with these parts; `__` in a name is a slash and `_DOT_` a dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), part)
    return content.getvalue()


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with some parts more, or others in their place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in parts:
                new.writestr(part.filename, old.read(part))
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_unicode_and_with_any_delimiter(encoding, delimiter):
    content = csv_bytes(
        HEAD, ("00010100101", "कमल, विद्यालय; एक", "x"), encoding=encoding, delimiter=delimiter
    )

    assert cells(content) == [("00010100101", "कमल, विद्यालय; एक", "x")]


def test_csv_in_utf_16_with_the_mark_of_the_other_order():
    assert cells(b"\xfe\xff" + csv_bytes(HEAD, ONE, encoding="utf-16-be")) == [ONE]


def test_csv_in_cp1252():
    assert cells(csv_bytes(HEAD, ("1", "École d’été", ""), encoding="cp1252")) == [("1", "École d’été", "")]


def test_mixed_encodings_are_faults_of_their_rows():
    content = csv_bytes(HEAD, ("1", "कमल", "")) + csv_bytes(("2", "Été", ""), encoding="cp1252")

    assert faults(content) == [(3, "name", "unreadable")]
    assert cells(content)[0] == ("1", "कमल", "")


def test_a_line_that_names_its_delimiter_is_no_row():
    assert [row.number for row in rows_of(b"sep=;\r\n" + csv_bytes(HEAD, ONE, delimiter=";"))] == [2]


def test_rows_have_the_numbers_that_a_spreadsheet_shows():
    content = csv_bytes(("List of 2026",), (), HEAD, ("1", "two\nlines", ""), (), ("2", "b", ""))

    assert [(row.number, row.cells["name"]) for row in rows_of(content)] == [(4, "two lines"), (6, "b")]


def test_headings_in_any_order_case_and_script_with_columns_that_are_not_known():
    sheet = read(
        io.BytesIO(csv_bytes(("Latitude", "विद्यालय का  नाम", "udise-CODE"), ("1", "a", "2"))), "", COLUMNS
    )

    assert sheet.headings == {"name": "विद्यालय का नाम", "code": "udise-CODE"}
    assert sheet.unknown == ["Latitude"]
    assert [row.cells for row in sheet.rows] == [{"code": "2", "name": "a", "note": ""}]


def test_text_has_one_form():
    decomposed = "क\u093cलम"

    assert cells(csv_bytes(HEAD, (" 0001\u200b ", f"  {decomposed}\u00a0  A\u200d ", ""))) == [
        ("0001", "क़लम A\u200d".replace("क़", "क\u093c"), "")
    ]


def test_a_short_row_has_empty_cells_and_a_long_one_is_at_fault():
    content = b"UDISE,School name,Note\n1\n2,b,c,d\n3,b,c,,\n"

    assert cells(content)[0] == ("1", "", "")
    assert faults(content) == [(3, "", "long_row")]


def test_a_cell_of_ten_megabytes_is_a_fault_of_its_row_only():
    content = csv_bytes(HEAD, ("1", "x" * 10_000_000, ""), ("2", "b", ""))

    assert [row for row in cells(content) if row[1] == "b"] == [("2", "b", "")]
    assert {(number, reason) for number, _column, reason in faults(content)} == {(2, "too_long")}


def test_a_quotation_mark_that_is_never_closed():
    short = b'UDISE,School name\n1,"open\n' + b"2,b\n" * 20
    long = b'UDISE,School name\n1,"open\n' + b"2,b\n" * 100_000

    assert faults(short) == [(2, "name", "many_lines")]
    assert "From row 2 on, a quotation mark is never closed." in refusal(long)


def test_nul_bytes_are_a_fault():
    assert faults(b"UDISE,School name\n1,a\x00b\n") == [(2, "name", "unreadable")]


def test_numbers_that_a_spreadsheet_made_of_codes():
    content = csv_bytes(HEAD, ("18010100101.0", "a", ""), ("1.80101E+10", "b", ""), ("1,8e10", "c", ""))

    assert cells(content)[0][0] == "18010100101"
    assert faults(content) == [(3, "code", "scientific"), (4, "code", "scientific")]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "The file is empty."),
        (b"\x00" * 100, "a.csv", "The file is empty."),
        (b"hello", "a.csv", "No heading is known."),
        (b"UDISE,x\n1,2\n", "a.csv", "These columns are missing: School name."),
        (b"UDISE,UDISE code,School name\n", "a.csv", "Two columns say the same: “UDISE” and “UDISE code”."),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "a.xls", "This is an old Excel file (.xls)"),
        (b"<html><table></table></html>", "a.xls", "This is not a table."),
        (b"%PDF-1.7", "a.csv", "This is not a table."),
        (b"PK\x03\x04junk", "a.xlsx", "The file is damaged."),
        (packed(a=b"b"), "a.xlsx", "This is not a spreadsheet that can be read."),
        (packed(content_DOT_xml=b"b"), "a.ods", "Please save the list as .xlsx or CSV."),
        (
            csv_bytes(["UDISE", "School name", *map(str, range(MOST_COLUMNS))]),
            "a.csv",
            "more than 200 columns",
        ),
        (csv_bytes(HEAD) + b" " * 26_300_000, "a.csv", "The file is larger than 25 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content, name, sentence):
    assert sentence in refusal(content, name)


def test_more_rows_than_a_state_has_are_refused():
    assert "more than 200000 rows" in refusal(b"UDISE,School name\n" + b"1,a\n" * 200_001)


def test_two_hundred_columns_are_read():
    content = csv_bytes([*HEAD, *(f"More {n}" for n in range(MOST_COLUMNS - 3))], ONE)

    assert cells(content) == [ONE]


def test_xlsx_with_a_title_numbers_and_empty_rows():
    content = xlsx_bytes(("List of 2026",), (), HEAD, (18010100101, "a", 1.5), (), ("00010100101", "b", True))

    assert [(row.number, *row.cells.values()) for row in rows_of(content)] == [
        (4, "18010100101", "a", "1.5"),
        (6, "00010100101", "b", "True"),
    ]


def test_the_first_sheet_that_is_not_hidden_is_read():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["old"])
    shown = book.create_sheet()
    for row in (HEAD, ONE):
        shown.append(row)
    content = io.BytesIO()
    book.save(content)

    assert cells(content.getvalue(), "a.xlsx") == [ONE]


def test_formulas_dates_and_merged_cells_are_faults():
    def merge(sheet):
        sheet.merge_cells("C4:C5")

    content = xlsx_bytes(
        HEAD, ("1", "=A1", ""), (date(2026, 1, 2), "b", ""), ("3", "c", "x"), ("4", "d", None), change=merge
    )

    assert faults(content) == [
        (2, "name", "formula"),
        (3, "code", "date"),
        (4, "note", "merged"),
        (5, "note", "merged"),
    ]


def test_a_merged_title_above_the_headings_is_no_fault():
    def merge(sheet):
        sheet.merge_cells("A1:C1")

    assert faults(xlsx_bytes(("List",), HEAD, ONE, change=merge)) == []


def test_macros_are_refused():
    content = xlsx_bytes(HEAD, ONE)

    assert "The file has macros" in refusal(content, "a.xlsm")
    assert "The file has macros" in refusal(with_parts(content, {"xl/vbaProject.bin": b"x"}), "a.xlsx")


def test_a_bomb_is_refused_before_it_is_opened():
    sheet = b"<worksheet>" + b" " * 60_000_000

    assert "unpacks to far more" in refusal(
        with_parts(xlsx_bytes(HEAD, ONE), {"xl/worksheets/sheet1.xml": sheet}), "a.xlsx"
    )
    assert "unpacks to far more" in refusal(
        with_parts(xlsx_bytes(HEAD), {f"xl/{n}.xml": b"" for n in range(1100)}), "a.xlsx"
    )


def test_a_part_that_lies_about_its_size_is_refused():
    content = bytearray(with_parts(xlsx_bytes(HEAD, ONE), {"xl/more.xml": b"a" * 5000}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)

    assert "The file is damaged." in refusal(bytes(content), "a.xlsx")


def test_entities_are_not_expanded():
    sheet = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )

    assert "The file is damaged." in refusal(
        with_parts(xlsx_bytes(HEAD, ONE), {"xl/worksheets/sheet1.xml": sheet}), "a.xlsx"
    )


@pytest.mark.parametrize(("write", "name"), [(writing.csv_file, "a.csv"), (writing.xlsx_file, "a.xlsx")])
def test_what_is_written_is_read_back_and_runs_no_formula(write, name):
    row = ("00010100101", "=cmd()", "+1 -2 @x")

    assert cells(write(HEAD, [row]), name) == [row]


def test_no_cell_of_a_written_workbook_is_a_formula():
    book = openpyxl.load_workbook(io.BytesIO(writing.xlsx_file(["=1+1"], [["=2+2"]])))

    assert [cell.data_type for row in book.active for cell in row] == ["s", "s"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"UDISE,School name\n", b"PK\x03\x04", b"\xff\xfe"]))
def test_no_bytes_make_the_reader_crash(content, start):
    found, sentence = outcome(start + content)

    assert sentence != ""
    for row in found:
        assert all("\x00" not in one.value for one in row.faults)
        assert all(words.reason(one.reason, one.details) for one in row.faults)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255))
def test_no_damage_to_a_workbook_makes_the_reader_crash(place, value):
    content = bytearray(xlsx_bytes(HEAD, ONE))
    content[place % len(content)] = value

    found, sentence = outcome(bytes(content), "a.xlsx")

    assert sentence != ""
    assert all(set(row.cells) == {"code", "name", "note"} for row in found)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.from_regex(r"[0-9]{11}", fullmatch=True), st.text("abकमलé ,;\"'", max_size=12)),
        max_size=8,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_an_office_writes_is_read_whatever_the_format(rows, encoding, delimiter):
    content = csv_bytes(HEAD[:2], *rows, encoding=encoding, delimiter=delimiter)

    assert [tuple(row.cells.values())[:2] for row in rows_of(content)] == [
        (code, " ".join(name.split())) for code, name in rows
    ]
