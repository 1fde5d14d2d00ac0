"""Loads states, school categories, managements and help lines. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.help.loading import load_help_lines
from schools.reference_data import load_reference


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in load_reference().items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"new help lines: {load_help_lines()}")
