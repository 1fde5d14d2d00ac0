"""What passes between the parts of the reader, and the limits that hold for every sheet."""

from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 25 * 1024 * 1024
MOST_ROWS = 200_000
"""Rows with something in them."""
LAST_ROW = 1_048_576
"""No spreadsheet has more."""
MOST_COLUMNS = 200
MOST_LETTERS = 1000
"""In one cell."""
MOST_LINES_OF_A_CELL = 3
SHOWN_OF_A_VALUE = 80
HEADING_ROWS = 20
"""The headings stand in one of the first filled rows; a title may come before them."""


@dataclass(frozen=True)
class Column:
    """A column that is looked for. `names` are what its heading may be; case, spaces and signs do not count.

    `is_code`: digits that a spreadsheet may have made into a number, or into a date.
    """

    key: str
    names: tuple[str, ...]
    is_required: bool = False
    is_code: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell (`column` is a key, or "" for the whole row). `reason` is a code for `words`."""

    column: str
    value: str
    reason: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row with something in it. `number` is the one that the spreadsheet shows."""

    number: int
    cells: dict[str, str]
    faults: list[Fault]


@dataclass(frozen=True)
class RawCell:
    """A cell as it was found. `fault` is a reason, where the cell has no text that could be trusted."""

    text: str
    fault: str = ""


RawRow = tuple[int, list[RawCell]]
EMPTY = RawCell("")


class Refused(Exception):
    """The file cannot be read at all. `reason` is a code for `words.refusal`, `details` fill its sentence."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details
