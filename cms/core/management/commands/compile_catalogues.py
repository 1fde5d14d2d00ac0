"""Compiles the interface's catalogues, which a running site reads."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.core import catalogues


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{len(catalogues.compile_all())} catalogues")
