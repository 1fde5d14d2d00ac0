"""How far a step has come, and that it is alive: written outside the step's own transaction."""

import logging
import time
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection
from django.utils import timezone

from schools.models import SheetImport

EVERY_SECONDS = 1.0
logger = logging.getLogger(__name__)


class Progress:
    """Writes how many rows are done, once a second at most, through a connection of its own.

    SQLite lets nobody else write while a transaction does, so there a step tells nothing until it is over.
    """

    def __init__(self, sheet: SheetImport) -> None:
        self.sheet_id = sheet.pk
        self.is_possible = connection.vendor == "postgresql"
        self.connection = connection.copy() if self.is_possible else None
        self.last = time.monotonic()
        self.done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.connection is not None:
            self.connection.close()

    def add(self, number: int) -> None:
        self.done += number
        if self.connection is None or time.monotonic() - self.last < EVERY_SECONDS:
            return
        self.last = time.monotonic()
        table = connection.ops.quote_name(SheetImport._meta.db_table)
        try:
            with self.connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
                cursor.execute(
                    f"UPDATE {table} SET done = %s, beat_at = %s WHERE id = %s",  # noqa: S608  (our own table)
                    [self.done, timezone.now(), self.sheet_id],
                )
        except DatabaseError:
            logger.warning("The progress of list %s could not be written.", self.sheet_id)
