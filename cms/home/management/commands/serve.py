"""Serves the site in the foreground: Granian for requests, and the worker for background tasks.

Ctrl-C stops both. When one of them dies, the other is stopped too, so that whoever watches notices.
There is no access log: nobody's visit to a help page may be recorded.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.home.processes import EndedByItselfError, run_together


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="server processes")
        parser.add_argument("--threads", type=int, default=4, help="threads of each server process")

    def handle(self, *args: Any, **options: Any) -> None:
        commands = {
            "server": server_command(
                **{name: options[name] for name in ("host", "port", "workers", "threads")}
            ),
            "task worker": [sys.executable, "manage.py", "db_worker", "--no-startup-delay"],
        }
        try:
            run_together(commands, folder=settings.BASE_DIR)
        except EndedByItselfError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Stopped.")


def server_command(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "cms.wsgi:application"],
        *["--host", host, "--port", str(port)],
        *["--workers", str(workers), "--blocking-threads", str(threads)],
        *["--no-access-log", "--log-level", "warning"],
    ]
