"""Serves the site in the foreground: Granian for requests, and the worker for background tasks.

Ctrl-C stops both. When one of them dies, the other is stopped too, so that whoever watches notices.
There is no access log: nobody's visit to a help page may be recorded.
"""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

STOP_SECONDS = 10


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="server processes")
        parser.add_argument("--threads", type=int, default=4, help="threads of each server process")

    def handle(self, *args: Any, **options: Any) -> None:
        commands = {
            "server": self._server(options),
            "task worker": [sys.executable, "manage.py", "db_worker", "--no-startup-delay"],
        }
        signal.signal(signal.SIGTERM, self._stop)
        children = {name: subprocess.Popen(command) for name, command in commands.items()}  # noqa: S603
        try:
            self._watch(children)
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            self._end(children)

    def _server(self, options: dict[str, Any]) -> list[str]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
        return [
            *[sys.executable, "-m", "granian", "--interface", "wsgi", "cms.wsgi:application"],
            *["--host", options["host"], "--port", str(options["port"])],
            *["--workers", str(options["workers"]), "--blocking-threads", str(options["threads"])],
            *["--no-access-log", "--log-level", "warning"],
        ]

    def _stop(self, *_signal: Any) -> None:
        raise KeyboardInterrupt

    def _watch(self, children: dict[str, subprocess.Popen]) -> None:
        while True:
            for name, child in children.items():
                if child.poll() is not None:
                    raise CommandError(f"The {name} stopped by itself (exit code {child.returncode}).")
            time.sleep(0.5)

    def _end(self, children: dict[str, subprocess.Popen]) -> None:
        """Ask each child to stop; end the one that does not within ten seconds."""
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
