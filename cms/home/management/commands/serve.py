"""Serves the site in the foreground: Granian for requests, and the worker for background tasks.

Ctrl-C stops both. When one of them dies, the other is stopped too, so that whoever watches notices.
There is no access log: nobody's visit to a help page may be recorded.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.home.processes import EndedByItselfError, is_port_free, run_together


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="server processes")
        parser.add_argument("--threads", type=int, default=4, help="threads of each server process")

    def handle(self, *args: Any, **options: Any) -> None:
        require_free_port(options["host"], options["port"])
        _require_database()
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


def require_free_port(host: str, port: int) -> None:
    if not is_port_free(host, port):
        raise CommandError(
            f"Something answers at {host}:{port} already, perhaps this site. Stop it first, "
            f"or choose another port: make demo PORT={port + 1}"
        )


def _require_database() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            "The database is not set up, or older than the code. `make demo` sets everything up with a "
            "demonstration state; docs/operations.md says how to do it without one, and how to upgrade."
        )


def server_command(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        *[sys.executable, "-m", "granian", "--interface", "wsgi", "cms.wsgi:application"],
        *["--host", host, "--port", str(port)],
        *["--workers", str(workers), "--blocking-threads", str(threads)],
        *["--no-access-log", "--log-level", "warning"],
    ]
