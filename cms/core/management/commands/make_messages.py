"""Brings the interface's catalogues up to date; with `--check`, says what is out of date and changes nothing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.core import catalogues

COMPLETE = ("hi",)
"""Languages whose interface must be complete."""


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether anything is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        template = catalogues.sentences()
        faults = []
        for language in catalogues.languages():
            path = catalogues.po_path(language)
            wanted = catalogues.updated(language, template)
            is_same = path.exists() and path.read_bytes() == wanted
            if options["check"] and not is_same:
                faults.append(f"{language}: out of date, run make messages")
            elif not is_same:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(wanted)
                self.stdout.write(f"{language}: updated")
        if options["check"]:
            faults += _faulty_translations()
        if faults:
            raise CommandError("\n".join(faults))


def _faulty_translations() -> list[str]:
    faults = []
    for language in COMPLETE:
        faults += [f"{language}: not translated: {text}" for text in catalogues.untranslated(language)]
    for language in catalogues.languages():
        faults += [
            f"{language}: other values in the translation: {text}"
            for text in catalogues.losing_values(language)
        ]
    return faults
