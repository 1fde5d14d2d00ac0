"""On what the figures were taken: programs and processor. No name of a machine or a person."""

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from django.db import connection

PACKAGES = ("Django", "Wagtail", "Granian")


def versions() -> dict[str, str]:
    """Each program's version, the database's by its own word."""
    found = {"Python": platform.python_version()}
    found |= {name: version(name) for name in PACKAGES}
    return found | {database(): _database_version(), "wrk": _wrk_version()}


def describe() -> str:
    return f"{os.cpu_count()} cores, {_processor()}, {platform.system()} {platform.machine()}"


def database() -> str:
    """The name of the database that Django speaks to."""
    return {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]


def _database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return cursor.fetchone()[0]


def _wrk_version() -> str:
    """What wrk says of itself; it ends with a failure whenever it only says that."""
    said = subprocess.run(["wrk", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
    found = re.search(r"wrk (?:debian/)?(\S+)", said.stdout + said.stderr)
    return found.group(1) if found else "unknown"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", path.read_text(), re.MULTILINE) if path.exists() else None
    return found.group(1) if found else platform.processor() or "unknown processor"
