"""Runs the task worker. Before it starts, it books the figures' heartbeat (`schools.tasks`) if nobody has."""

import logging
from typing import Any

from django_tasks_db.management.commands import db_worker

from schools import tasks


class Command(db_worker.Command):
    help = __doc__

    def handle(self, **options: Any) -> None:
        tasks.start()
        super().handle(**options)

    def configure_logging(self, verbosity: int) -> None:
        """Tell of tasks that failed; of every single one only when asked to by `--verbosity 2`."""
        super().configure_logging(verbosity)
        if verbosity == 1:
            for logger in (logging.getLogger(db_worker.TASKS_LOGGER), db_worker.logger):
                logger.setLevel(logging.WARNING)
