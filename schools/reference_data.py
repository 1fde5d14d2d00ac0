"""Makes places' reference data of the files in `schools/reference/`; see `docs/reference-data.md`."""

import csv
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from schools.models import Management, SchoolCategory, State

REFERENCE = Path(__file__).resolve().parent / "reference"


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Create or update all states, school categories and managements; returns how many of each there are."""
    for row in _rows("states.csv"):
        State.objects.update_or_create(code=row["iso_3166_2"], defaults=_state(row))
    for row in _rows("school_categories.csv"):
        SchoolCategory.objects.update_or_create(code=int(row["code"]), defaults=_category(row))
    for row in _rows("managements.csv"):
        defaults = {"group": row["group"], "to_verify": row["verify"], **_names(row)}
        Management.objects.update_or_create(code=int(row["code"]), defaults=defaults)
    return {model.__name__: model.objects.count() for model in (State, SchoolCategory, Management)}


def mediums() -> list[tuple[str, str, str]]:
    """The languages of teaching of UDISE+: its number, the language's code, its English name."""
    return [(row["code"], row["bcp47"], row["name_en"]) for row in _rows("mediums.csv")]


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(row: dict[str, str]) -> dict[str, str]:
    return {
        f"name_{code}": row[f"name_{code}"] for code, _name in settings.LANGUAGES if row.get(f"name_{code}")
    }


def _split(value: str) -> list[str]:
    return [part for part in value.split(";") if part]


def _state(row: dict[str, str]) -> dict[str, Any]:
    return {
        "aliases": _split(row["aliases"]),
        "kind": row["kind"],
        "lgd_code": row["lgd_code"],
        "udise_prefixes": _split(row["udise_prefix"]),
        "official_languages": _split(row["official_languages"]),
        "to_verify": row["verify"],
        **_names(row),
    }


def _category(row: dict[str, str]) -> dict[str, Any]:
    return {
        "lowest_class": int(row["lowest_class"] or 0) or None,
        "highest_class": int(row["highest_class"] or 0) or None,
        **_names(row),
    }
