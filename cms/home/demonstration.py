"""What `manage.py demo` does before it serves, and which of it a second start may leave out."""

import hashlib
import io
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from allauth.mfa.app_settings import TOTP_PERIOD
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from cms.core import catalogues
from schools.demo.people import People
from schools.demo.seed import is_seeded, seed

EDITORS = {
    "editor": ("Lesson Editor", "Editors"),
    "subject-reviewer": ("Subject Reviewer", "Subject reviewers"),
    "safeguarding-reviewer": ("Safeguarding Reviewer", "Safeguarding reviewers"),
    "translator-hi": ("Hindi Translator", "Translators: Hindi"),
}


class PasswordsGoneError(Exception):
    """The database holds the demonstration, but not the file that says who may sign in with what."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is gone: it held the passwords of this demonstration. To have a new one, delete the "
            "database and start again. To serve what is there: make run."
        )


class Preparation:
    """The steps, each left out when what it is made from has not changed since it was last done."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.stamps_path = settings.VAR_DIR / "stamps.json"
        self.stamps = _read_json(self.stamps_path)

    def run(self) -> dict[str, Any]:
        """Prepare the site; returns who may sign in with what."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Making the database")
            call_command("migrate", verbosity=0)
        if not is_seeded():
            self.stamps = {}
        self._make_files()
        self._load_records()
        return self._demonstration()

    def _make_files(self) -> None:
        base = settings.BASE_DIR
        compiled = [catalogues.po_path(code).with_suffix(".mo") for code in catalogues.languages()]
        self._step("catalogues", _files(base / "locale", "django.po"), "compile_catalogues", made=compiled)
        static = [*_files(base / "cms" / "static", "*"), *_files(base / "requirements", "base.txt")]
        self._step("static files", static, "collectstatic", made=[settings.STATIC_ROOT], interactive=False)

    def _load_records(self) -> None:
        base = settings.BASE_DIR
        reference = _files(base / "schools" / "reference", "*.csv") + _files(base / "cms" / "help", "*.yaml")
        self._step("reference data", reference, "load_reference")
        content = _files(base / "curriculum" / "content", "*.yaml")
        content += _files(base / "locale", "*/curriculum/*.po")
        self._step("curriculum", content, "load_curriculum")
        self._step("editors' groups", _files(base / "cms" / "home" / "editorial", "*.py"), "setup_editors")

    def _step(
        self, name: str, files: Iterable[Path], command: str, made: Iterable[Path] = (), **options: Any
    ) -> None:
        """Run `command` unless `files` are as they were and all that it `made` is there."""
        stamp = _stamp(files)
        if self.stamps.get(name) == stamp and all(path.exists() for path in made):
            return
        self.say(f"Preparing: {name}")
        call_command(command, verbosity=0, stdout=io.StringIO(), **options)
        self.stamps[name] = stamp
        _write_json(self.stamps_path, self.stamps)

    def _demonstration(self) -> dict[str, Any]:
        path = settings.VAR_DIR / "demo.json"
        if is_seeded():
            if not path.exists():
                raise PasswordsGoneError(path)
            return _read_json(path)
        self.say("Making the demonstration state")
        with transaction.atomic():
            demo = _seed()
            _write_json(path, demo)
        return demo


def codes_now(demo: dict[str, Any]) -> dict[str, str]:
    """By label, the six digits that the authenticator app of each official and the operator would show now."""
    counter = int(time.time()) // TOTP_PERIOD
    return {
        label: format_hotp_value(hotp_value(person["totp_secret"], counter))
        for label, person in demo["staff"].items()
        if "totp_secret" in person
    }


def _seed() -> dict[str, Any]:
    people = People()
    classroom = seed(people)
    for label, (name, group) in EDITORS.items():
        people.add(label, name).groups.add(Group.objects.get(name=group))
    operator = people.add("operator", "Operator", is_staff=True, is_superuser=True)
    people.give_second_factor("operator", operator)
    return {"staff": people.staff, "classroom": classroom}


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


def _stamp(files: Iterable[Path]) -> str:
    """Changes with any file's name, size or time."""
    parts = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write_json(path: Path, data: dict[str, Any]) -> None:
    """Only the one who runs the site may read it: it holds passwords."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
