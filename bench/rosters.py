"""How long a class list of 10,000 students takes, dry run and apply, and how much memory it needs.

`python -m bench.rosters [STUDENTS]` measures a CSV and a OneRoster ZIP on the database of DATABASE_URL,
which must be a fresh one: it makes a school and leaves it there.
"""

import csv
import io
import os
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

STUDENTS, A_CLASS = 10_000, 45
SECONDS, MEGABYTES = 30, 100
LEVELS = range(6, 13)


def seats(students: int) -> Iterator[tuple[int, str, int]]:
    """Class, section and roll number of each."""
    for number in range(students):
        room, roll = divmod(number, A_CLASS)
        section, level = divmod(room, len(LEVELS))
        yield LEVELS[level], f"S{section}", roll + 1


def table(rows: list[tuple]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def sheet(students: int) -> bytes:
    rows = [(level, section, roll, f"Kite {roll}", "hi") for level, section, roll in seats(students)]
    return table([("class", "section", "roll number", "alias", "language"), *rows]).encode()


def bundle(students: int, udise_code: str) -> bytes:
    """A OneRoster ZIP with names, as the format demands them."""
    places = list(seats(students))
    rooms = sorted({(level, section) for level, section, _roll in places})
    made_up = [
        (f"u{n}", "true", f"user{n}", f"Given{n}", f"Family{n}", roll) for n, (*_, roll) in enumerate(places)
    ]
    files: dict[str, list[tuple]] = {
        "manifest": [("propertyName", "value"), ("oneroster.version", "1.2"), ("file.users", "bulk")],
        "orgs": [("sourcedId", "name", "type", "identifier"), ("o", "School", "school", udise_code)],
        "academicSessions": [("sourcedId", "title"), ("t", "2026-27")],
        "courses": [("sourcedId", "title"), ("k", "Homeroom")],
        "classes": [
            ("sourcedId", "title", "grades", "classType", "schoolSourcedId"),
            *(
                (f"{level}{section}", f"{level} {section}", f"{level:02}", "homeroom", "o")
                for level, section in rooms
            ),
        ],
        "users": [
            ("sourcedId", "enabledUser", "username", "givenName", "familyName", "metadata.rollNumber"),
            *made_up,
        ],
        "roles": [
            ("sourcedId", "userSourcedId", "role"),
            *((f"r{n}", f"u{n}", "student") for n in range(students)),
        ],
        "enrollments": [
            ("sourcedId", "classSourcedId", "userSourcedId", "role"),
            *(
                (f"e{n}", f"{level}{section}", f"u{n}", "student")
                for n, (level, section, _) in enumerate(places)
            ),
        ],
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows in files.items():
            packed.writestr(f"{name}.csv", table(rows))
    return content.getvalue()


def memory(line: str) -> float:
    """Of this process, in MB: `VmRSS`, what it has now, or `VmHWM`, the most since `forget_peak`."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(one.split()[1]) for one in status.splitlines() if one.startswith(line)) / 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")


def measure(name: str, content: bytes, school: Any, head: Any) -> dict[str, float]:
    """Seconds of the dry run, of the apply, and by how much the peak of memory grew."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from schools.actions import roster_files
    from schools.forms.roster_files import RosterFileForm
    from schools.queries.school_year import year_now

    forget_peak()
    before, start = memory("VmRSS"), time.perf_counter()
    upload = SimpleUploadedFile(name, content)
    form = RosterFileForm(school, None, year_now(school), {"language": "en"}, {"file": upload})
    if not form.is_valid():
        raise SystemExit(str(form.errors))
    found = roster_files.rehearse(
        school=school,
        classroom=None,
        academic_year=form.academic_year,
        found=form.found,
        file_name=name,
        is_whole_list=False,
        language="en",
        by=head,
    )
    read = time.perf_counter()
    roster_files.apply(sheet=found, by=head)
    done = time.perf_counter()
    return {"dry run": read - start, "apply": done - read, "megabytes": memory("VmHWM") - before}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    from django.core.management import call_command

    from tests.factories import SchoolFactory
    from tests.schools.staff import head_of

    call_command("migrate", verbosity=0)
    students = int(sys.argv[1]) if len(sys.argv) > 1 else STUDENTS
    is_missed = False
    for name in ("students.csv", "students.zip"):
        school = SchoolFactory()
        content = sheet(students) if name.endswith(".csv") else bundle(students, str(school.udise_code))
        got = measure(name, content, school, head_of(school))
        seconds = got["dry run"] + got["apply"]
        is_missed = is_missed or seconds > SECONDS or got["megabytes"] > MEGABYTES
        sys.stdout.write(
            f"{name}: {students} students in {seconds:.1f} s (dry run {got['dry run']:.1f} s), "
            f"peak of memory +{got['megabytes']:.0f} MB\n"
        )
    return 1 if is_missed else 0


if __name__ == "__main__":
    sys.exit(main())
