"""Reads the students of a school out of a OneRoster 1.2 bulk ZIP. Names in it are read past and never kept.

What is taken: classes (title, grades), which class each student is in, and a roll number where the file has
one (`metadata.rollNumber`, `metadata.roll_number`, or an `identifier` of one to four digits). A class's title
must say class and section, such as `7 B`, `VII-B` or `Class 7 B`; or the title is the section and `grades`
the class. Where the file has homeroom classes, only those count. Rows to be deleted are passed over.
"""

import io
import stat
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from schools.roster_words import read_class, read_number
from schools.sheets import Column, Refused, Row, read

MOST_PARTS = 60
MOST_OF_A_PART = 24 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
PIECE = 1024 * 1024
VERSION = "1.2"
NEEDED = ("manifest", "orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments")
ID, STATUS = Column("id", ("sourcedId",), is_required=True), Column("status", ("status",))
COLUMNS = {
    "manifest": (
        Column("name", ("propertyName",), is_required=True),
        Column("value", ("value",), is_required=True),
    ),
    "orgs": (ID, STATUS, Column("type", ("type",)), Column("identifier", ("identifier",))),
    "classes": (
        ID,
        STATUS,
        Column("title", ("title",), is_required=True),
        Column("grades", ("grades",)),
        Column("kind", ("classType",)),
        Column("school", ("schoolSourcedId",)),
    ),
    "users": (
        ID,
        STATUS,
        Column("enabled", ("enabledUser",)),
        Column("identifier", ("identifier",), is_code=True),
        Column("roll", ("metadata.rollNumber",), is_code=True),
    ),
    "enrollments": (
        ID,
        STATUS,
        Column("class", ("classSourcedId",), is_required=True),
        Column("user", ("userSourcedId",), is_required=True),
        Column("role", ("role",), is_required=True),
    ),
}


@dataclass(frozen=True)
class Learner:
    """A student of a class. `number` is the row in users.csv."""

    number: int
    sourced_id: str
    class_level: int
    section: str
    roll_number: int | None


@dataclass(frozen=True)
class Problem:
    """What cannot be used: in which file and row, which column, and why. Holds no value from users.csv."""

    file: str
    number: int
    column: str
    value: str
    reason: str


@dataclass
class Bundle:
    """What a ZIP says about the students of a school."""

    learners: list[Learner] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def is_bundle(file: BinaryIO) -> bool:
    """Whether a file is a ZIP that holds tables and not a spreadsheet."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            names = {part.filename.lower() for part in packed.infolist()[: MOST_PARTS + 1]}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, EOFError):
        return False
    finally:
        file.seek(0)
    return "[content_types].xml" not in names and any(name.endswith(".csv") for name in names)


def read_bundle(file: BinaryIO, udise_code: str) -> Bundle:
    """The students of the school in the file. Raises `Refused` with a reason that `presenters.rosters` words."""
    try:
        with zipfile.ZipFile(file) as packed:
            _check(packed.infolist())
            parts = {part.filename: part for part in packed.infolist()}
            _check_manifest(packed, parts)
            return _Reader(packed, parts, udise_code).bundle()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, OSError) as error:
        raise Refused("damaged") from error
    except (NotImplementedError, RuntimeError) as error:  # a way of packing that is unknown, or a password
        raise Refused("locked") from error


def _check(parts: Collection[zipfile.ZipInfo]) -> None:
    """Before anything is unpacked: no bomb, no link, nothing outside, no folder."""
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise Refused("bomb")
    if any(part.file_size > MOST_OF_A_PART for part in parts):
        raise Refused("bomb")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")
    for part in parts:
        if stat.S_ISLNK(part.external_attr >> 16) or ".." in part.filename.replace("\\", "/").split("/"):
            raise Refused("zip_link")
        if "/" in part.filename or "\\" in part.filename or ":" in part.filename:
            raise Refused("zip_folder")


def _rows(packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> Iterator[Row]:
    part = parts.get(f"{name}.csv")
    if part is None:
        raise Refused("zip_missing", file=f"{name}.csv")
    try:
        yield from read(io.BytesIO(_unpacked(packed, part)), f"{name}.csv", COLUMNS[name]).rows
    except Refused as refusal:
        if refusal.reason == "empty":
            raise Refused("zip_missing", file=f"{name}.csv") from refusal
        raise


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part, piece by piece, since it may be longer than it claims."""
    content = io.BytesIO()
    with packed.open(part) as file:
        while piece := file.read(PIECE):
            content.write(piece)
            if content.tell() > MOST_OF_A_PART:
                raise Refused("bomb")
    return content.getvalue()


def _check_manifest(packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> None:
    said = {row.cells["name"]: row.cells["value"].lower() for row in _rows(packed, parts, "manifest")}
    if said.get("oneroster.version") != VERSION:
        raise Refused("zip_version", version=VERSION)
    if any(name.startswith("file.") and value == "delta" for name, value in said.items()):
        raise Refused("zip_delta")
    for name in NEEDED[1:]:
        if f"{name}.csv" not in parts:
            raise Refused("zip_missing", file=f"{name}.csv")


class _Reader:
    """Goes through the files in the order in which one needs the other."""

    def __init__(self, packed: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], udise_code: str) -> None:
        self.packed, self.parts, self.udise_code = packed, parts, udise_code
        self.found = Bundle()

    def rows(self, name: str) -> Iterator[Row]:
        """The rows that count. One that cannot be read is a problem, told without its values."""
        for row in _rows(self.packed, self.parts, name):
            if row.faults:
                first = row.faults[0]
                self.found.problems.append(Problem(f"{name}.csv", row.number, "", "", first.reason))
            elif row.cells["status"].lower() != "tobedeleted":
                yield row

    def bundle(self) -> Bundle:
        school = self._school()
        rooms = self._rooms(school)
        places = self._places(rooms)
        self._learners(rooms, places)
        return self.found

    def _school(self) -> str:
        """The sourcedId of the one school, or of the one with this UDISE code among several; else empty."""
        schools = [row.cells for row in self.rows("orgs") if row.cells["type"].lower() == "school"]
        own = [one["id"] for one in schools if self.udise_code in (one["identifier"], one["id"])]
        if not own and len(schools) > 1:
            raise Refused("zip_schools")
        return own[0] if own else schools[0]["id"] if schools else ""

    def _rooms(self, school: str) -> dict[str, tuple[int, str] | None]:
        """Class and section by sourcedId; None for a class that counts and cannot be read."""
        rows = [row for row in self.rows("classes") if not school or row.cells["school"] in ("", school)]
        homerooms = [row for row in rows if row.cells["kind"].lower() == "homeroom"]
        rooms: dict[str, tuple[int, str] | None] = {}
        for row in homerooms or rows:
            cells: dict[str, Any] = row.cells
            rooms[cells["id"]] = key = read_class(cells["title"], grades=cells["grades"])
            if key is None:
                problem = Problem("classes.csv", row.number, "title", cells["title"][:80], "class_unread")
                self.found.problems.append(problem)
        return rooms

    def _places(self, rooms: dict[str, tuple[int, str] | None]) -> dict[str, set[str]]:
        """By a student's sourcedId, the classes that count."""
        places: dict[str, set[str]] = {}
        for row in self.rows("enrollments"):
            if row.cells["role"].lower() == "student" and row.cells["class"] in rooms:
                places.setdefault(row.cells["user"], set()).add(row.cells["class"])
        return places

    def _learners(self, rooms: dict[str, tuple[int, str] | None], places: dict[str, set[str]]) -> None:
        seen: set[str] = set()
        for row in self.rows("users"):
            cells = row.cells
            own = {key for one in places.get(cells["id"], ()) if (key := rooms[one]) is not None}
            if not own or cells["enabled"].lower() == "false":
                continue
            if len(own) > 1 or cells["id"] in seen:
                reason = "two_classes" if len(own) > 1 else "user_twice"
                self.found.problems.append(Problem("users.csv", row.number, "", "", reason))
                continue
            seen.add(cells["id"])
            ((level, section),) = own
            number = read_number(cells["roll"]) or read_number(cells["identifier"])
            self.found.learners.append(Learner(row.number, cells["id"], level, section, number))
