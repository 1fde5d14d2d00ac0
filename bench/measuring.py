"""One database's measurement, on a site that is prepared: its figures, and how they were taken.

Imports the site's records, so Django must be set up before.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, sync_playwright

from bench import load, machine, weight
from bench.browser import chromium
from bench.crowd import Crowd
from bench.pages import all_pages
from bench.rounds import measure
from bench.site import Site


def speed(site: Site, crowd: Crowd, *, rounds: int, seconds: int) -> dict[str, Any]:
    pages = all_pages(site.url, crowd)
    figures = measure(site.url, pages, folder=site.folder, rounds=rounds, seconds=seconds)
    example = load.command(site.url, Path("requests.tsv"), seconds=seconds, status=200)
    return {
        "database": machine.database(),
        "day": datetime.now(UTC).date().isoformat(),
        "machine": machine.describe(),
        "versions": machine.versions(),
        "rounds": rounds,
        "seconds": seconds,
        "students": len(crowd.students),
        "commands": [" ".join(["python", *site.command]), " ".join(example)],
        "figures": [one.as_json() for one in figures],
    }


def weigh(site: Site, crowd: Crowd) -> dict[str, Any]:
    """A public lesson, and the same lesson for a student."""
    cookie = {"name": "sessionid", "value": crowd.students[0].session, "url": site.url}

    with sync_playwright() as playwright, chromium(playwright) as browser:

        def visitor() -> BrowserContext:
            return weight.context_of(browser)

        def student() -> BrowserContext:
            context = visitor()
            context.add_cookies([cookie])
            return context

        weights = [
            weight.weigh("Public lesson", site.url + crowd.lesson.url, visitor),
            weight.weigh("Student's lesson", f"{site.url}/class/lessons/{crowd.lesson.key}/", student),
        ]
        return {"browser": browser.version, "weights": [one.as_json() for one in weights]}
