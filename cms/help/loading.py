"""Makes help lines of `cms/help/reference/helplines.yaml`, leaving alone what a person changed or checked."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from cms.help.models import HelpLine
from cms.help.shipped import HELP_LINES

TEXTS = ("name", "what_for", "what_happens", "cost", "hours")


@transaction.atomic
def load_help_lines(path: Path = HELP_LINES) -> int:
    """Create the lines that are missing; returns how many. A line that exists belongs to its editors."""
    present = set(HelpLine.objects.values_list("key", flat=True))
    new = [line for line in described(path) if line.key not in present]
    for line in new:
        line.full_clean(exclude=["verified_by"])
        line.save()
    return len(new)


def described(path: Path = HELP_LINES) -> list[HelpLine]:
    """The lines of the file as records that are not saved."""
    return [HelpLine(**_fields(row)) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    fields = {
        "key": row["id"],
        "kind": row["kind"],
        "order": row["order"],
        "numbers": [str(number) for number in row.get("numbers") or []],
        "url": row.get("url") or "",
        "anonymous": row.get("anonymous") or HelpLine.Anonymous.UNKNOWN,
        "audience": row.get("audience") or "",
        "states": row.get("states") or [],
        "is_published": row["published"],
        "is_for_children": row["published"] and row["for_children"],
        "source": row.get("source") or "",
        "confidence": row.get("confidence") or "",
        "to_verify": row.get("verify") or "",
        "review_states": row.get("review") or {},
    }
    for name in TEXTS:
        for code, _name in settings.LANGUAGES:
            fields[f"{name}_{code}"] = (row.get(name) or {}).get(code) or ""
    return fields
