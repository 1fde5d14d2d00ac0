"""Reads that run at every tap. Django writes their SQL once for each thread instead of for each request,
which takes many times as long as running it; and PostgreSQL plans it once for each connection, which for
a join of seven tables takes longer than reading one row.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Field, QuerySet, Value


class Given(Value):
    """Stands in a filter for a value that each run of a prepared query gives."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(name, output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Prepared:
    """A `values_list` queryset whose filters compare with `Given` values. `build` makes it, without running it."""

    def __init__(self, build: Callable[[], QuerySet]) -> None:
        self.build = build
        self.local = threading.local()

    def rows(self, **given: Any) -> list[tuple]:
        """Run the query; the values are those that its `Given`s name."""
        written = self._written()
        found = written.run(given)
        return [tuple(row) for row in written.compiler.apply_converters(found, written.converters)]

    def _written(self) -> "_Written":
        """The query as SQL; for each thread, since each has a connection of its own."""
        if not hasattr(self.local, "written"):
            self.local.written = _Written(self.build().query.get_compiler(connection=connections["default"]))
        return self.local.written


class _Written:
    """A query as its database wants it, and what turns the database's values into Python's."""

    def __init__(self, compiler: Any) -> None:
        self.compiler = compiler
        self.sql, self.params = compiler.as_sql()
        self.converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])

    def run(self, given: dict[str, Any]) -> list[tuple]:
        connection = self.compiler.connection
        params = [
            one.output_field.get_db_prep_value(given[one.value], connection)
            if isinstance(one, Given)
            else one
            for one in self.params
        ]
        with _cursor(connection) as cursor:
            cursor.execute(self.sql, params)
            return cursor.fetchall()


@contextmanager
def _cursor(connection: Any) -> Iterator[Any]:
    """Django's cursor, which counts and translates errors; on PostgreSQL around one that keeps the plan."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and settings.DATABASE_PREPARES:
            # Django switches prepared statements off; its own cursors put values into the SQL and keep none.
            connection.connection.prepare_threshold = 0
            cursor.cursor.close()
            cursor.cursor = _planning_once()(connection.connection)
        yield cursor


@cache
def _planning_once() -> type:
    """Made when it is needed: the driver may be missing where PostgreSQL is not used."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    class PlanningOnce(ServerBindingCursor):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            return super().execute(query, params, prepare=True, **options)  # type: ignore[misc]  # a mixin's

    return PlanningOnce
