"""`python -m bench.imports`: how long a state's list of schools takes, and how much memory.

Works on the database that `DATABASE_URL` names, or on a SQLite file of its own. Each step runs in a process of
its own, as it does in the worker of tasks, which then says what it took. Schools are made up; codes start
with 00.
"""

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SCHOOLS = 110_000
DISTRICTS, BLOCKS = 36, 10
STATE_CODE = "IN-ZZ"
HEAD = ("UDISE code", "School name", "District", "Block", "Category", "Management", "Mediums", "PIN code")


def rows(number: int, *, suffix: str = "") -> Iterator[tuple[str, ...]]:
    """Made-up schools, spread over the districts and blocks of `prepare`."""
    for place in range(number):
        district, block = place % DISTRICTS, place // DISTRICTS % BLOCKS
        name = f"प्राथमिक विद्यालय Lotus {place}{suffix}"
        place_names = (f"District {district}", f"Block {district}-{block}")
        yield (f"00{place:09d}", name, *place_names, "3", "Department of Education", "4;19", "600001")


def csv_list(number: int, *, suffix: str = "") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows(rows(number, suffix=suffix))
    return text.getvalue().encode("utf-8-sig")


def list_of(number: int, form: str, *, suffix: str = "") -> bytes:
    """A file of `number` schools, as CSV or XLSX."""
    if form == "csv":
        return csv_list(number, suffix=suffix)
    from schools.sheets import writing

    return writing.xlsx_file(HEAD, rows(number, suffix=suffix))


def prepare() -> None:
    """The reference data, and a state with districts and blocks but without schools."""
    from schools.models import Block, District, State
    from schools.reference_data import load_reference

    load_reference()
    names = {"name_en": "Demonstration State", "kind": "demo", "lgd_code": "00", "udise_prefixes": ["00"]}
    state, _is_new = State.objects.get_or_create(code=STATE_CODE, defaults=names)
    for district in range(DISTRICTS):
        place, _is_new = District.objects.get_or_create(state=state, name=f"District {district}")
        for block in range(BLOCKS):
            Block.objects.get_or_create(district=place, name=f"Block {district}-{block}")


def send(content: bytes, form: str) -> int:
    """A list as the page keeps it, waiting to be read."""
    from cms.users.models import User
    from schools.models import SheetFile, SheetImport, State

    person, _is_new = User.objects.get_or_create(email="bench@example.org", defaults={"name": "Bench"})
    state = State.objects.get(code=STATE_CODE)
    sheet = SheetImport.objects.create(
        kind="schools",
        state=state,
        file_name=f"schools.{form}",
        asked_by=person,
        applied_by=person,
        undone_by=person,
    )
    SheetFile.objects.create(sheet=sheet, content=content)
    return sheet.pk


def step(sheet_id: int, status: str) -> dict[str, Any]:
    """Do one step of a list here and now; seconds, the most memory in MB, and what the list says then."""
    from schools.actions.import_tasks import run_step
    from schools.models import SheetImport

    SheetImport.objects.filter(pk=sheet_id).update(status=status)
    Path("/proc/self/clear_refs").write_text(
        "5", encoding="ascii"
    )  # forgets the peak so far, the parent's too
    before = _megabytes()
    start = time.perf_counter()
    run_step.call(sheet_id)
    seconds = time.perf_counter() - start
    sheet = SheetImport.objects.get(pk=sheet_id)
    names = ("status", "failure", "added", "changed", "unchanged", "faulty")
    return {
        "seconds": round(seconds, 1),
        "megabytes_before": before,
        "megabytes": _megabytes(),
        **{name: getattr(sheet, name) for name in names},
    }


def _megabytes() -> int:
    """The most memory that this process has held since the mark was cleared, as Linux counts it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) // 1024


def _in_a_process(sheet_id: int, status: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.imports", "--step", status, "--sheet", str(sheet_id)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def measure(number: int, form: str) -> dict[str, dict[str, Any]]:
    """Every step of a list's life, with as many schools."""
    found = {}
    prepare()
    first = send(list_of(number, form), form)
    found["read"] = _in_a_process(first, "waiting")
    found["apply"] = _in_a_process(first, "applying")
    found["same again"] = _in_a_process(send(list_of(number, form), form), "waiting")
    second = send(list_of(number, form, suffix=" A"), form)
    found["change"] = _in_a_process(second, "waiting")
    found["apply changes"] = _in_a_process(second, "applying")
    found["undo changes"] = _in_a_process(second, "undoing")
    found["undo"] = _in_a_process(first, "undoing")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.imports")
    parser.add_argument("--schools", type=int, default=SCHOOLS)
    parser.add_argument("--form", choices=("csv", "xlsx"), default="csv")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--sheet", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench.") as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        if options.step:
            sys.stdout.write(json.dumps(step(options.sheet, options.step)) + "\n")
            return 0
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        for name, found in measure(options.schools, options.form).items():
            sys.stdout.write(f"{name}: {json.dumps(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
