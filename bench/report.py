"""The report: printed, and kept in `docs/benchmarks.md` in place of the last one."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import HEAD, Figure, markdown
from bench.weight import HEAD as WEIGHT_HEAD
from bench.weight import Weight

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def speed(result: dict[str, Any]) -> str:
    """One database's figures with how they were taken."""
    figures = [Figure(**one) for one in result["figures"]]
    versions = ", ".join(f"{name} {number}" for name, number in result["versions"].items())
    return "\n\n".join(
        [
            f"### On {result['database']}",
            markdown(HEAD, [one.row() for one in figures]),
            f"{result['day']}; {result['machine']}; {versions}. {result['students']} students; median of "
            f"{result['rounds']} rounds of {result['seconds']} s each, after a warm-up; the load came from "
            "the same cores.",
            "```\n" + "\n".join(result["commands"]) + "\n```",
        ]
    )


def weight(result: dict[str, Any]) -> str:
    """The pages' weight with how it was taken."""
    rows = [Weight(**one).row() for one in result["weights"]]
    return "\n\n".join(
        [markdown(WEIGHT_HEAD, rows), f"{result['day']}; Chromium {result['browser']}, window 360×640."]
    )


def keep(section: str, text: str, document: Path = DOCUMENT) -> None:
    """Put `text` between the marks of `section`."""
    start, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    old = document.read_text(encoding="utf-8")
    new, count = re.subn(f"{start}.*?{end}", lambda _found: f"{start}\n{text}\n{end}", old, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{document.name} has no place for {section}")
    document.write_text(new, encoding="utf-8")


def missed(results: Sequence[dict[str, Any]]) -> list[str]:
    """Every target that was not reached, by database, page or budget."""
    slow = [
        f"{result['database']}: {one['name']}"
        for result in results
        for one in result.get("figures", [])
        if Figure(**one).is_missed
    ]
    heavy = [
        one["name"] for result in results for one in result.get("weights", []) if Weight(**one).is_missed
    ]
    return slow + heavy
