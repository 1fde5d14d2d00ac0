"""Deletes the audit log's oldest events: those of more than so many whole years ago, and never less than one.

The law makes us keep records of processing for a year; states may ask for more. On PostgreSQL it runs as
the owner of the tables. That it ran, and how many it deleted, is itself noted.
"""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.core import audit

DAYS_A_YEAR = 366


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("years", type=int, help="keep the events of so many years, at least 1")

    def handle(self, *args: Any, years: int, **options: Any) -> None:
        if years < 1:
            raise CommandError("Events are kept for at least 1 year.")
        number = audit.forget_before(timezone.now() - timedelta(days=DAYS_A_YEAR * years))
        self.stdout.write(f"{number} events deleted")
