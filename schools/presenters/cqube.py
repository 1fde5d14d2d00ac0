"""The adoption of schools in the shape that cQube and the states' VSK read (FACTS 6.6; docs/exports.md).

Each event is a file of data with one count, beside a grammar that says what its columns are; the schools are
a dimension, from which the places of each row can be read. Numbers of classes only, never of pupils.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from django.utils import timezone

from schools.models import Block, District
from schools.presenters.adoption_files import Wanted
from schools.queries import file_rows
from schools.queries.published import CLASSES

EVENTS = ("classestotal", "classesassigned", "classesdelivered", "classescompleted", "classesassessed")
"""An event a count of classes, in the order of `CLASSES`."""
DIMENSION = (
    *("school_id", "school_name", "schoolcategory_id", "cluster_id", "block_id", "block_name"),
    *("district_id", "district_name", "udise_code"),
)
PARTS = ("district", "block", "cluster", "school", "schoolcategory", "grade")
KEYS = ("district_id", "block_id", "cluster_id", "school_id", "schoolcategory_id", "grade")
CHUNK = 1 << 16


def entries(wanted: Wanted, held: IO[str]) -> Iterator[tuple[str, Iterable[str]]]:
    """The name and the lines of each file. `held` keeps the counts of all events while the first is written."""
    yield "school-dimension.grammar.csv", dimension_grammar()
    yield "school-dimension.data.csv", _dimension(wanted)
    held.writelines(_counts(wanted))
    for place, event in enumerate(EVENTS):
        yield f"{event}-event.grammar.csv", event_grammar(CLASSES[place])
        yield f"{event}-event.data.csv", _event(held, place)


def dimension_grammar() -> list[str]:
    """Which column is the key and which is looked up, the type of each, its name."""
    kinds = ["PK", "Index", *[""] * (len(DIMENSION) - 2)]
    return [_line(kinds), _line(["string"] * len(DIMENSION)), _line(DIMENSION)]


def event_grammar(count: str) -> list[str]:
    """The dimension of each column and its key there, the column's type, name and part in the event."""
    return [
        _line(["", *PARTS, ""]),
        _line(["", *KEYS, ""]),
        _line(["date", *["string"] * len(KEYS), "integer"]),
        _line(["date", *KEYS, count]),
        _line(["timeDimension", *["dimension"] * len(KEYS), "metric"]),
    ]


def _dimension(wanted: Wanted) -> Iterator[str]:
    yield _line(DIMENSION)
    for one in file_rows.open_schools(wanted.place):
        block, district = one.block, one.district
        places = [key_of(block), block.name, key_of(district), district.name]
        yield _line([one.udise_code, one.name, one.category_id, "", *places, one.udise_code])


def _counts(wanted: Wanted) -> Iterator[str]:
    """A row a school and class, with the counts of all events at its end."""
    if wanted.release is None:
        return
    day = timezone.localtime(wanted.release.as_of).strftime("%d/%m/%y")
    only = wanted.question.class_level
    for school, classes in file_rows.schools_by_class(wanted.place, wanted.question, wanted.release):
        places = [key_of(school.district), key_of(school.block), "", school.udise_code, school.category_id]
        for level, figures in classes.items():
            if only in (0, level):
                yield _line([day, *places, level, *(figures.classes[name] for name in CLASSES)])


def _event(held: IO[str], place: int) -> Iterator[str]:
    yield _line(["date", *KEYS, CLASSES[place]])
    held.seek(0)
    for line in held:
        *row, counts = line.rstrip("\n").split(",", 1 + len(KEYS))
        yield _line([*row, counts.split(",")[place]])


def key_of(place: District | Block) -> str:
    """The state's own code, which is the same in all of its systems; where it gave none, our number."""
    return place.code or str(place.pk)


def _line(cells: Iterable[object]) -> str:
    return ",".join(plain(cell) for cell in cells) + "\n"


def plain(cell: object) -> str:
    """What the reader there takes without quotes: no comma, quote or line break, and no formula either."""
    text = " ".join(re.sub("[\"'‘’“”]", "", str(cell)).replace(",", " ").split())
    return text.lstrip("=+-@＝＋－＠ ")


def zipped(files: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """A ZIP of text files, packed while it is sent."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, lines in files:
            with archive.open(name, "w") as entry:
                for line in lines:
                    entry.write(line.encode())
                    if sink.size > CHUNK:
                        yield sink.take()
    yield sink.take()


class _Sink:
    """What the archive writes into; it cannot be gone back in, so the archive puts its sizes behind."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self.waiting)
        self.waiting, self.size = [], 0
        return taken


def archive(wanted: Wanted) -> Iterator[bytes]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as held:
        yield from zipped(entries(wanted, held))
