"""Finds what a cell means among what a state has: its blocks, and the lists of UDISE+."""

import difflib
import re
from functools import lru_cache
from typing import Any

from babel import Locale
from django.conf import settings

from schools.models import Block, Management, SchoolCategory, State
from schools.reference_data import mediums
from schools.sheets import Fault
from schools.sheets.letters import key

BETWEEN_MEDIUMS = re.compile(r"[;/,|]")
REMEMBERED = 20_000
"""Names that nobody knows, with the nearest that is known: a list may have the same one in every row."""


class PlaceFinder:
    """The blocks of one state by district, as its loaded list has them."""

    def __init__(self, state: State) -> None:
        self.districts: dict[str, tuple[int, str]] = {}
        self.blocks: dict[tuple[int, str], int] = {}
        self.district_of: dict[int, int] = {}
        self.homes: dict[str, str] = {}
        self.names: dict[int, dict[str, str]] = {}
        found = Block.objects.filter(district__state=state).select_related("district").order_by("pk")
        for block in found.iterator(chunk_size=2000):
            self._add(block)
        self.nearest = lru_cache(REMEMBERED)(self._nearest)

    def _add(self, block: Block) -> None:
        district = block.district
        for text in (district.code, district.name):
            if text:
                self.districts[key(text)] = (district.pk, district.name)
        for text in (block.code, block.name):
            if text:
                self.blocks[(district.pk, key(text))] = block.pk
        self.district_of[block.pk] = district.pk
        self.homes[key(block.name)] = district.name
        self.names.setdefault(district.pk, {})[key(block.name)] = block.name

    def find(self, district: str, block: str) -> tuple[int | None, list[Fault]]:
        """The key of the block, or what is wrong."""
        at = self.districts.get(key(district))
        if at is None:
            return None, [
                Fault("district", district, "district_unknown", {"nearest": self.nearest(None, district)})
            ]
        found = self.blocks.get((at[0], key(block)))
        if found is not None:
            return found, []
        nearest = self.nearest(at[0], block)
        details = {"district": at[1], "nearest": nearest}
        if not nearest and (home := self.homes.get(key(block))):
            return None, [Fault("block", block, "block_elsewhere", details | {"home": home})]
        return None, [Fault("block", block, "block_unknown", details)]

    def _nearest(self, district_id: int | None, name: str) -> str:
        known = (
            {one: label for one, (_pk, label) in self.districts.items()}
            if district_id is None
            else self.names.get(district_id, {})
        )
        close = difflib.get_close_matches(key(name), known, n=1, cutoff=0.6)
        return known[close[0]] if close else ""


class CodeFinder:
    """Categories, managements and mediums by number or by name in any language of the site."""

    def __init__(self) -> None:
        self.categories = _by_name(SchoolCategory)
        self.managements = _by_name(Management)
        self.mediums = _medium_names()

    def category(self, text: str) -> tuple[int | None, list[Fault]]:
        found = self.categories.get(key(text))
        return found, [] if found is not None else [Fault("category", text, "category_unknown")]

    def management(self, text: str) -> tuple[int | None, list[Fault]]:
        found = self.managements.get(key(text))
        return found, [] if found is not None else [Fault("management", text, "management_unknown")]

    def languages(self, text: str) -> tuple[list[str], list[Fault]]:
        parts = [part.strip() for part in BETWEEN_MEDIUMS.split(text) if part.strip()]
        unknown = [part for part in parts if key(part) not in self.mediums]
        faults = [Fault("mediums", part, "medium_unknown") for part in unknown]
        return ([] if faults else list(dict.fromkeys(self.mediums[key(part)] for part in parts))), faults


def _by_name(model: type[SchoolCategory] | type[Management]) -> dict[str, int]:
    """Numbers by number and by every name; a number written as 03 is 3."""
    fields = [f"name_{code}" for code, _name in settings.LANGUAGES]
    found: dict[str, int] = {}
    for row in model.objects.values("code", *fields):
        code = row.pop("code")
        found |= {key(name): code for name in row.values() if name}
        found |= {str(code): code, f"{code:02d}": code, f"{code:03d}": code}
    return found


def _medium_names() -> dict[str, str]:
    """Codes of languages by the number of UDISE+, by the code itself, and by name in any language of the site."""
    found: dict[str, str] = {}
    locales: list[Any] = [Locale.parse(code) for code, _name in settings.LANGUAGES]
    for number, code, name in mediums():
        found |= {number: code, f"{int(number):02d}": code, key(code): code, key(name): code}
        found |= {key(label): code for one in locales if (label := one.languages.get(code))}
    return found
