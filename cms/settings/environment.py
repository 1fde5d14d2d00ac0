"""The only door to the environment. A missing value says its name and where to look."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
TRUE = {"1", "true", "yes", "on"}


def read_dotenv(path: Path) -> None:
    """Take `NAME=value` lines of `path` into the environment; what is set already wins."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, mark, value = line.strip().partition("=")
        if mark and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment or in .env; .env.example explains it.")
    return value


def optional(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return value in TRUE if value else default


def listed(name: str) -> list[str]:
    """A comma-separated value as a list; empty when it is not set."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
