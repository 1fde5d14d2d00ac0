"""Rows in bulk that the database checks like any other. Keys are given out before, so rows can refer to each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models import Max

BATCH = 2000


@dataclass
class Rows:
    """Unsaved records, model by model in the order in which their first was added, and keys for them."""

    by_model: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    last_keys: dict[type[models.Model], int] = field(default_factory=dict)

    def add(self, row: models.Model) -> None:
        self.by_model.setdefault(type(row), []).append(row)

    def keys(self, model: type[models.Model], count: int) -> Iterator[int]:
        """`count` free keys. PostgreSQL's sequence gives them out, so that nobody else gets them.

        On SQLite nobody else writes until the transaction ends.
        """
        if connection.vendor == "postgresql":
            return _from_sequence(model, count)
        if model not in self.last_keys:
            self.last_keys[model] = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        first = self.last_keys[model] + 1
        self.last_keys[model] += count
        return iter(range(first, first + count))

    def write(self) -> None:
        """Insert all of them. PostgreSQL takes them by COPY."""
        for model, rows in self.by_model.items():
            if connection.vendor == "postgresql":
                _copy(model, rows)
            else:
                model._base_manager.bulk_create(rows, batch_size=BATCH)


def _from_sequence(model: type[models.Model], count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return iter([key for (key,) in cursor.fetchall()])


def _copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Every check, unique and foreign key holds for COPY as it does for INSERT."""
    fields = model._meta.concrete_fields
    # The driver writes all values as they are but for JSON.
    json = {place: one for place, one in enumerate(fields) if isinstance(one, models.JSONField)}
    values = attrgetter(*[one.attname for one in fields])
    names = ", ".join(connection.ops.quote_name(str(one.column)) for one in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            line: list[Any] = list(values(row))
            for place, one in json.items():
                line[place] = one.get_db_prep_save(line[place], connection)
            copy.write_row(line)
