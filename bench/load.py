"""Sends requests with wrk and reads how many were answered, and whether rightly."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "bench/load.lua"
CONNECTIONS = 16
GRACE_SECONDS = 30


class LoadError(Exception):
    """Answers that are not the page's: their number would be no measurement."""


class TooFewRequestsError(LoadError):
    """The machine is faster than expected: requests that may be sent once had to be sent again."""


@dataclass(frozen=True)
class Request:
    """One request as a browser behind the proxy sends it. Header values hold no tab, bar or line end."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""

    def line(self) -> str:
        fields = "|".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{self.method}\t{self.path}\t{fields}\t{self.body}\n"


@dataclass(frozen=True)
class Outcome:
    """What one run of wrk measured."""

    answered: int
    per_second: float
    median_ms: float
    p99_ms: float


def command(url: str, requests: Path, *, seconds: int, status: int, once: bool = False) -> list[str]:
    """The command line; what comes after `--` is for our script."""
    return [
        *["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"],
        *["--timeout", "10s", "--script", SCRIPT, url],
        *["--", str(requests), str(status), "1" if once else "0"],
    ]


def run(
    url: str, requests: Sequence[Request], *, folder: Path, seconds: int, status: int, once: bool = False
) -> Outcome:
    """Send `requests` in turn, over and over (unless `once`), for `seconds`.

    Raises `LoadError` when any answer has another status or is lost, or (`TooFewRequestsError`) when
    `once` and `requests` ran out.
    """
    path = folder / "requests.tsv"
    path.write_text("".join(request.line() for request in requests), encoding="utf-8")
    done = subprocess.run(  # noqa: S603
        command(url, path, seconds=seconds, status=status, once=once),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds + GRACE_SECONDS,
        check=True,
    )
    return read(done.stdout)


def read(output: str) -> Outcome:
    """The last line of wrk's output, which our script wrote."""
    found = json.loads(output.strip().splitlines()[-1])
    if found["wrong"] or found["broken"]:
        raise LoadError(
            f"{found['wrong']} of {found['answered']} answers had another status "
            f"(one: {found['first_wrong']}); {found['broken']} were lost"
        )
    if found["repeated"]:
        raise TooFewRequestsError(f"{found['repeated']} requests were sent again")
    if not found["answered"]:
        raise LoadError("nothing was answered")
    return Outcome(
        answered=found["answered"],
        per_second=found["answered"] / found["microseconds"] * 1_000_000,
        median_ms=found["median_us"] / 1000,
        p99_ms=found["p99_us"] / 1000,
    )
