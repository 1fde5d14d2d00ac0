"""The file of help lines that we ship; read here without Django, since a translator's tools are too."""

from functools import cache
from pathlib import Path

import yaml

HELP_LINES = Path(__file__).resolve().parent / "reference" / "helplines.yaml"


@cache
def published_keys() -> frozenset[str]:
    """The keys of the lines that the site shows, as the file has them."""
    rows = yaml.safe_load(HELP_LINES.read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in rows if row["published"])
