"""Runs the task worker. Before it starts, it books the figures' heartbeat (`schools.tasks`) if nobody has."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from schools import tasks


class Command(db_worker.Command):
    help = __doc__

    def handle(self, **options: Any) -> None:
        tasks.start()
        super().handle(**options)
