"""Counts schools again whose figures are behind their rows; with `--all`, every school."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from schools.actions.adoption import recompute_behind


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that seem up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{recompute_behind(every_school=options['all'])} schools counted")
