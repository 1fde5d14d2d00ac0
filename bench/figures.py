"""From what was measured to a table: medians, shares of the bare view, targets met or missed."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.load import Outcome
    from bench.pages import Page

HEAD = ("Page", "requests/s", "÷ bare", "at least", "aim", "median", "99 %", "")


@dataclass(frozen=True)
class Figure:
    """One page's speed. `ratio` is its share of the bare view's; times are milliseconds under full load."""

    name: str
    per_second: float
    ratio: float
    median_ms: float
    p99_ms: float
    target: float | None
    aim: float | None

    @property
    def is_missed(self) -> bool:
        return self.target is not None and self.ratio < self.target

    @property
    def verdict(self) -> str:
        if self.target is None:
            return ""
        if self.is_missed:
            return "missed"
        return "met" if self.aim is None or self.ratio >= self.aim else "met, not the aim"

    def row(self) -> list[str]:
        return [
            self.name,
            f"{self.per_second:,.0f}",
            f"{self.ratio:.3f}",
            _share(self.target),
            _share(self.aim),
            f"{self.median_ms:.1f} ms",
            f"{self.p99_ms:.1f} ms",
            self.verdict,
        ]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def figure(page: "Page", outcomes: Sequence["Outcome"], bare: Sequence["Outcome"]) -> Figure:
    """The median of each value over the rounds."""
    per_second = median(one.per_second for one in outcomes)
    return Figure(
        name=page.name,
        per_second=per_second,
        ratio=per_second / median(one.per_second for one in bare),
        median_ms=median(one.median_ms for one in outcomes),
        p99_ms=median(one.p99_ms for one in outcomes),
        target=page.target,
        aim=page.aim,
    )


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose columns line up, so that it reads well in a terminal, too. All but the first align right."""
    table = [list(head), *[list(row) for row in rows]]
    widths = [max(3, *(len(row[place]) for row in table)) for place in range(len(head))]
    lines = [_line(row, widths) for row in table]
    rule = [f":{'-' * (widths[0] - 1)}", *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    return "\n".join([lines[0], f"| {' | '.join(rule)} |", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        row[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
    ]
    return f"| {' | '.join(cells)} |"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
