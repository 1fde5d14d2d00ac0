"""Files as offices send them, made for a test."""

import csv
import io
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

SCHOOL_HEAD = (
    "UDISE code",
    "School name",
    "District",
    "Block",
    "Category",
    "Management",
    "Mediums",
    "PIN code",
)
BLOCK_HEAD = ("District", "Block", "District code", "Block code")


def csv_bytes(*rows: Any, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*rows: Any, change: Any = None) -> bytes:
    """A workbook with these rows; `change` may do more to its sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change is not None:
        change(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(content: bytes, name: str = "schools.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def school(code: str, name: str = "Lotus Lake School", **cells: str) -> tuple[str, ...]:
    """A row of a list of schools in Lakeside, Lotus Block, unless it says otherwise."""
    kept = {"district": "Lakeside", "block": "Lotus Block", "category": "3", "management": "1"}
    kept |= {"mediums": "4;19", "pin": ""} | cells
    return (code, name, *kept.values())
