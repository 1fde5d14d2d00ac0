"""The measuring itself: a warm-up of every page, then rounds that go through all pages in turn.

So each page is measured next to the bare view, and what else the machine does weighs on both.
"""

import math
import sys
from collections.abc import Sequence
from pathlib import Path

from bench import load
from bench.figures import Figure, figure
from bench.load import CONNECTIONS, LoadError, Outcome, TooFewRequestsError
from bench.pages import BARE, Page

WARM_SECONDS = 2
WARM_REQUESTS = 4_000
MOST_REQUESTS = 100_000
SPARE = 1.4
"""How much faster than in its warm-up a page may turn out before the prepared requests run short."""


def measure(url: str, pages: Sequence[Page], *, folder: Path, rounds: int, seconds: int) -> list[Figure]:
    """Each page's median over the rounds, and its share of the bare view's."""
    warm = {page.key: _run(url, page, WARM_REQUESTS, folder, WARM_SECONDS) for page in pages}
    outcomes: dict[str, list[Outcome]] = {page.key: [] for page in pages}
    for number in range(1, rounds + 1):
        for page in pages:
            count = math.ceil(warm[page.key].per_second * seconds * SPARE)
            outcome = _run(url, page, count, folder, seconds)
            outcomes[page.key].append(outcome)
            sys.stderr.write(f"  round {number}: {page.name}: {outcome.per_second:,.0f}/s\n")
    return [figure(page, outcomes[page.key], outcomes[BARE]) for page in pages]


def _run(url: str, page: Page, count: int, folder: Path, seconds: int) -> Outcome:
    """Ask for `page` for so many seconds; with twice as many requests when the prepared ones ran out."""
    while True:
        requests = page.requests(count)
        before = page.done() if page.done else 0
        try:
            outcome = load.run(
                url, requests, folder=folder, seconds=seconds, status=page.status, once=page.once
            )
        except TooFewRequestsError:
            count *= 2
            if count > MOST_REQUESTS:
                raise
            continue
        except LoadError as error:
            raise LoadError(f"{page.name}: {error}") from error
        if page.done:
            check_work(page.name, outcome.answered, page.done() - before)
        return outcome


def check_work(name: str, answered: int, done: int) -> None:
    """What the database shows must be what was answered, but for requests that the end of the run cut off."""
    if not answered <= done <= answered + CONNECTIONS:
        raise LoadError(f"{name}: {answered} answers, but {done} done")
