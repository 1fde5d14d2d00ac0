"""Class lists as files: tables, and OneRoster ZIPs with made-up people."""

import csv
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

GIVEN, FAMILY = "Ashwathama", "Vrikodarasen"
"""Names that no alias has, to be looked for where they must not be."""


def csv_of(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("students.csv", "\n".join(lines).encode(), content_type="text/csv")


def table(rows: list[list]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def tables(school, students, rooms=(("c1", "7 B", "07"),), **changes):
    """The tables of a OneRoster ZIP. `students` are (sourcedId, class's sourcedId, more columns by name)."""
    people = [
        {
            "sourcedId": one,
            "enabledUser": "true",
            "username": f"{GIVEN}.{one}",
            "givenName": GIVEN,
            "familyName": FAMILY,
        }
        | more
        for one, _room, more in students
    ]
    columns = list(dict.fromkeys(key for person in people for key in person)) or ["sourcedId"]
    files = {
        "manifest": [
            ["propertyName", "value"],
            ["manifest.version", "1.0"],
            ["oneroster.version", "1.2"],
            *[[f"file.{name}", "bulk"] for name in ("orgs", "classes", "users", "roles", "enrollments")],
        ],
        "orgs": [
            ["sourcedId", "status", "dateLastModified", "name", "type", "identifier"],
            ["o1", "", "", school.name, "school", school.udise_code],
        ],
        "academicSessions": [
            [
                "sourcedId",
                "status",
                "dateLastModified",
                "title",
                "type",
                "startDate",
                "endDate",
                "schoolYear",
            ],
            ["t1", "", "", "2026-27", "schoolYear", "2026-04-01", "2027-03-31", "2027"],
        ],
        "courses": [
            ["sourcedId", "status", "dateLastModified", "title", "orgSourcedId"],
            ["k1", "", "", "Homeroom", "o1"],
        ],
        "classes": [
            [
                *("sourcedId", "status", "dateLastModified", "title", "grades"),
                *("courseSourcedId", "classType", "schoolSourcedId", "termSourcedIds"),
            ],
            *[[one, "", "", title, grades, "k1", "homeroom", "o1", "t1"] for one, title, grades in rooms],
        ],
        "users": [columns, *[[person.get(key, "") for key in columns] for person in people]],
        "roles": [
            ["sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "orgSourcedId"],
            *[[f"r{one}", "", "", one, "primary", "student", "o1"] for one, _room, _more in students],
        ],
        "enrollments": [
            [
                *("sourcedId", "status", "dateLastModified", "classSourcedId"),
                *("schoolSourcedId", "userSourcedId", "role"),
            ],
            *[[f"e{one}", "active", "", room, "o1", one, "student"] for one, room, _more in students],
        ],
    }
    return files | changes


def zip_of(files, name="oneroster.zip", folder="") -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for one, rows in files.items():
            if rows is not None:
                packed.writestr(f"{folder}{one}.csv", rows if isinstance(rows, str) else table(rows))
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/zip")
