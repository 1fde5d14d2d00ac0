"""`python -m bench measure OUT` measures on the database of DATABASE_URL; `report FILES` says what was found."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import django
from django.db import connection

from bench import report, site

ROUNDS = 3
SECONDS = 6


def main() -> int:
    options = _parser().parse_args()
    if options.command == "measure":
        result = measure(rounds=options.rounds, seconds=options.seconds, is_weighed=options.weigh)
        options.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
        return 0
    return show([json.loads(path.read_text(encoding="utf-8")) for path in options.results])


def measure(*, rounds: int, seconds: int, is_weighed: bool) -> dict[str, Any]:
    """Set a site up, load it, and take it away again."""
    with site.prepared() as folder:
        django.setup()
        from bench import crowd, measuring  # they need Django, and Django needs the prepared environment

        students = crowd.gather()
        with site.served(folder) as served:
            result = measuring.speed(served, students, rounds=rounds, seconds=seconds)
            if is_weighed:
                result |= measuring.weigh(served, students)
        connection.close()
    return result


def show(results: list[dict[str, Any]]) -> int:
    """Print and keep the results; 1 when a target was missed."""
    speed = "\n\n".join(report.speed(result) for result in results)
    weight = "\n\n".join(report.weight(result) for result in results if "weights" in result)
    sys.stdout.write(f"\n{speed}\n\n{weight}\n")
    report.keep("speed", speed)
    if weight:
        report.keep("weight", weight)
    missed = report.missed(results)
    if missed:
        sys.stdout.write(f"\nMissed: {'; '.join(missed)}\n")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench")
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("measure", help="measure, and write the result to a file")
    measuring.add_argument("out", type=Path)
    measuring.add_argument("--rounds", type=int, default=ROUNDS)
    measuring.add_argument("--seconds", type=int, default=SECONDS, help="of each page in each round")
    measuring.add_argument("--weigh", action="store_true", help="the pages' weight, too")
    reporting = commands.add_parser("report", help="print results, and keep them in docs/benchmarks.md")
    reporting.add_argument("results", type=Path, nargs="+")
    return parser


if __name__ == "__main__":
    sys.exit(main())
