"""Whether an XLSX, which is a ZIP, is safe to unpack: asked before any program for spreadsheets sees it."""

import zipfile
import zlib
from typing import BinaryIO

from schools.sheets.shapes import Refused

MOST_PARTS = 1000
MOST_UNPACKED = 400 * 1024 * 1024
MOST_OF_A_PART = 24 * 1024 * 1024
MOST_STRINGS = 96 * 1024 * 1024
"""All texts of a sheet, which the library keeps in memory at once."""
MOST_RATIO = 150
SMALL = 1024 * 1024
"""Below this a part may be packed as tightly as it likes."""
PIECE = 1024 * 1024
STRINGS = "xl/sharedstrings.xml"
SHEETS = "xl/worksheets/"


def check(file: BinaryIO) -> None:
    """Raise `Refused` unless every part is of the size that it claims, and all of a size that can be held."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            _check_claims(parts, length)
            _check_kind({part.filename.lower() for part in parts})
            _check_truth(packed, parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise Refused("damaged") from error
    except (NotImplementedError, RuntimeError) as error:  # a way of packing that is unknown, or a password
        raise Refused("locked") from error


def _check_claims(parts: list[zipfile.ZipInfo], length: int) -> None:
    if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
        raise Refused("bomb")
    if sum(part.compress_size for part in parts) > length:
        raise Refused("bomb")  # parts that lie over one another
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")
    for part in parts:
        if part.file_size > _most_of(part.filename):
            raise Refused("bomb")
        if part.file_size > max(SMALL, MOST_RATIO * part.compress_size):
            raise Refused("bomb")


def _most_of(name: str) -> int:
    if name.lower() == STRINGS:
        return MOST_STRINGS
    return MOST_UNPACKED if name.lower().startswith(SHEETS) else MOST_OF_A_PART


def _check_kind(names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if "content.xml" in names:
        raise Refused("open_document")
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused("no_workbook")


def _check_truth(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack every part piece by piece: what is longer or shorter than it claims does not pass its checksum."""
    for part in parts:
        with packed.open(part) as content:
            length = 0
            while piece := content.read(PIECE):
                length += len(piece)
                if length > part.file_size:
                    raise Refused("bomb")
