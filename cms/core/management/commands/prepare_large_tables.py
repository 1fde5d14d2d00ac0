"""`manage.py prepare_large_tables`: what a state's size wants of PostgreSQL."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from cms.core import large_tables


class Command(BaseCommand):
    help = (
        "Split the tables that grow with students by school, and let a role see only the schools that a "
        "request names. PostgreSQL only; run it as the owner of the tables."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partitions", type=int, default=large_tables.PARTITIONS)
        parser.add_argument("--role", help="the role that the site connects as; it must not own the tables")

    def handle(self, *, partitions: int, role: str | None, **options: Any) -> None:
        try:
            split = large_tables.partition(connection, partitions)
            secured = large_tables.secure(connection, role) if role else []
        except large_tables.NotPostgreSQLError:
            raise CommandError("This database is not PostgreSQL.") from None
        self.stdout.write(f"Split: {', '.join(split) or 'nothing, all were'}")
        if role:
            self.stdout.write(f"{role} sees the named schools only in: {', '.join(secured)}")
