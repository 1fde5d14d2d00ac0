"""An official who wants to know a number that is not shown, and solves the inequalities.

He has all that officials of every level can get: shown numbers, exact numbers of classes and schools at every
step down to a school's class levels, and the rules. It does not use the code that decides what is shown.
He narrows down for each number the fewest and the most that it can be, until nothing gets narrower.
"""

from collections.abc import Iterable
from math import inf
from uuid import UUID

from schools.queries.adoption import ANY_CLASS, ANY_MODULE

Cell = tuple[tuple[str, int], int, UUID, str]
"""A place, a class level, a module (any, for pupils enrolled), and what is counted."""


class Attacker:
    """`is_common_sense`: he takes for granted that every class has pupils."""

    def __init__(self, public, tree, *, is_common_sense: bool):
        self.public = public
        self.low: dict[Cell, float] = {}
        self.high: dict[Cell, float] = {}
        self.sums: list[tuple[Cell, list[Cell]]] = []
        self.is_common_sense = is_common_sense
        self.levels = sorted({level for _place, level, _module in public.counts} - {ANY_CLASS})
        self.modules = sorted({module for _place, _level, module in public.counts} - {ANY_MODULE})
        self._note_cells()
        self._note_sums(tree)

    def _note_cells(self) -> None:
        """What the counts of classes say, and the shown numbers, which are rounded by at most 2."""
        for (place, level, module), counts in self.public.counts.items():
            if module == ANY_MODULE:
                self._note((place, level, module, "pupils"), counts["classes"] * self.is_common_sense, counts)
            else:
                for name in ("completed", "assessed"):
                    cell = (place, level, module, f"pupils_{name}")
                    self._note(cell, counts[f"classes_{name}"], counts)
                    if not counts["classes_assigned"]:
                        self.high[cell] = 0
        for place, level, module, name in self.public.shown:
            cell = (place, level, ANY_MODULE if name == "pupils" else module, name)
            if cell in self.low:
                shown = self.public.shown[place, level, module, name]
                self.low[cell] = max(self.low[cell], shown - 2)
                self.high[cell] = min(self.high[cell], shown + 2)

    def _note(self, cell: Cell, least: int, counts: dict[str, int]) -> None:
        self.low[cell], self.high[cell] = least, inf if counts["classes"] else 0

    def _note_sums(self, tree: dict[tuple[str, int], list[tuple[str, int]]]) -> None:
        names = [(ANY_MODULE, "pupils")]
        names += [(module, f"pupils_{name}") for module in self.modules for name in ("completed", "assessed")]
        places = {place for place, _level, _module in self.public.counts}
        for number in names:
            for whole, parts in tree.items():
                for level in (ANY_CLASS, *self.levels):
                    self._sum((whole, level, *number), [(part, level, *number) for part in parts])
            for place in places:
                self._sum((place, ANY_CLASS, *number), [(place, level, *number) for level in self.levels])

    def _sum(self, whole: Cell, parts: Iterable[Cell]) -> None:
        there = [part for part in parts if part in self.low]
        if whole in self.low and there:
            self.sums.append((whole, there))

    def solve(self) -> None:
        while self._narrow():
            pass

    def _narrow(self) -> bool:
        before = sum(self.low.values()), sum(one for one in self.high.values() if one < inf)
        unknown = sum(one == inf for one in self.high.values())
        for whole, parts in self.sums:
            self._narrow_sum(whole, parts)
        for cell in self.low:
            if cell[3] != "pupils":
                self._narrow_share(cell)
        now = sum(self.low.values()), sum(one for one in self.high.values() if one < inf)
        return (before, unknown) != (now, sum(one == inf for one in self.high.values()))

    def _narrow_sum(self, whole: Cell, parts: list[Cell]) -> None:
        low, high = self.low, self.high
        least = sum(low[part] for part in parts)
        open_parts = [part for part in parts if high[part] == inf]
        most = sum(high[part] for part in parts if high[part] < inf)
        low[whole] = max(low[whole], least)
        if not open_parts:
            high[whole] = min(high[whole], most)
        for part in parts:
            high[part] = min(high[part], high[whole] - (least - low[part]))
            if not open_parts:
                low[part] = max(low[part], low[whole] - (most - high[part]))
            elif open_parts == [part]:
                low[part] = max(low[part], low[whole] - most)
            # The sums above stay true while single parts get narrower; the next round has the new ones.
            open_parts = open_parts if high[part] == inf else [one for one in open_parts if one != part]
            least = sum(low[one] for one in parts)
            most = sum(high[one] for one in parts if high[one] < inf)

    def _narrow_share(self, cell: Cell) -> None:
        """Nobody is through who is not enrolled; a class without its share has fewer than that."""
        place, level, module, name = cell
        base = (place, level, ANY_MODULE, "pupils")
        counts = self.public.counts[place, level, module]
        reached = counts[name.replace("pupils", "classes")]
        others = (counts["classes"] - reached) * self.is_common_sense
        percent = self.public.rules.completion_percent
        self.low[base] = max(self.low[base], self.low[cell] + others)
        most = self.high[base] - others
        if not reached and most < inf:
            most = max(0, -(-self.high[base] * percent // 100) - 1)
        self.high[cell] = min(self.high[cell], most)
        if not reached and self.low[cell] > 0:
            self.low[base] = max(self.low[base], 100 * self.low[cell] // percent + 1)

    def learned(self) -> list[Cell]:
        """The cells that are not shown of which fewer than five values are left."""
        return [cell for cell in self.not_shown() if self.high[cell] - self.low[cell] < 4]

    def not_shown(self) -> list[Cell]:
        """Where the counts of classes alone say that there is no pupil, there is nothing to learn."""
        seen = {
            (place, level, ANY_MODULE if name == "pupils" else module, name)
            for place, level, module, name in self.public.shown
        }
        return [cell for cell in self.low if cell not in seen and not self._is_empty(cell)]

    def _is_empty(self, cell: Cell) -> bool:
        place, level, module, name = cell
        counts = self.public.counts[place, level, module]
        return not counts["classes" if name == "pupils" else "classes_assigned"]
