"""The only door to the environment. A missing value says its name and where to look."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
TRUE = {"1", "true", "yes", "on"}
SECRET_LENGTH, SECRET_LETTERS = 50, 5
"""As Django's own check of a secret key has it."""


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


def secret(name: str, *, other_than: str = "") -> str:
    """A secret that nobody can guess, and that is not another one's copy."""
    value = required(name)
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_LETTERS:
        raise ImproperlyConfigured(
            f"{name} is too easy to guess: set at least {SECRET_LENGTH} random characters; "
            ".env.example says how to make them."
        )
    if value == other_than:
        raise ImproperlyConfigured(f"{name} must be a secret of its own; .env.example says how to make it.")
    return value


def hosts(name: str) -> list[str]:
    """The names that a site answers to. Any name at all (`*`) would let a stranger choose it."""
    found = listed(name) or [required(name)]
    if "*" in found:
        raise ImproperlyConfigured(f"{name} must name the site's hosts; * would answer to any.")
    return found


def optional(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    return value in TRUE if value else default


def listed(name: str) -> list[str]:
    """A comma-separated value as a list; empty when it is not set."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
