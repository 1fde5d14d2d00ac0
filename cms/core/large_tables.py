"""The tables that grow with students (DESIGN 5), as one state's size wants them on PostgreSQL.

They are split by a hash of the school, so that an index stays small and a vacuum short; and a policy on
their rows is a second fence behind `visible_to`: whoever connects sees the rows of the schools that
`cms.core.row_security` named, and none when it named none. The owner of a table passes every policy, so
the site connects as another role.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import models, transaction
from psycopg import sql

from cms.core.models import AuditEvent
from cms.core.row_security import SETTING

PARTITIONS = 16
POLICY = "only_named_schools"


class NotPostgreSQLError(Exception):
    """Another database has neither partitions nor policies on rows."""


def large_models() -> list[type[models.Model]]:
    """The models whose key begins with the school."""
    return [model for model in apps.get_models() if _key(model)[:1] == ("school_id",)]


def _key(model: type[models.Model]) -> tuple[str, ...]:
    key = model._meta.pk
    return tuple(key.field_names) if isinstance(key, models.CompositePrimaryKey) else ()


def partition(connection: Any, partitions: int = PARTITIONS) -> list[str]:
    """Split every large table that is not split yet; returns their names.

    The rows are copied in one transaction, during which the tables are locked: do it before a state begins.
    """
    _require_postgresql(connection)
    split = []
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model in large_models():
            table = model._meta.db_table
            if not _is_partitioned(cursor, table):
                _split(cursor, table, partitions)
                split.append(table)
    return split


def _is_partitioned(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT relkind = 'p' FROM pg_class WHERE oid = %s::regclass", [table])
    return bool(cursor.fetchone()[0])


def _split(cursor: Any, table: str, partitions: int) -> None:
    """A table of the same columns, constraints and indexes under the same names takes the old one's place."""
    names = {"table": sql.Identifier(table), "old": sql.Identifier(f"{table}_whole")}
    kept = _index_names(cursor, table)
    _run(cursor, "ALTER TABLE {table} RENAME TO {old}", names)
    _run(cursor, "CREATE TABLE {table} (LIKE {old} INCLUDING ALL) PARTITION BY HASH (school_id)", names)
    for number in range(partitions):
        part = {
            **names,
            "part": sql.Identifier(f"{table}_{number}"),
            "modulus": sql.Literal(partitions),
            "rest": sql.Literal(number),
        }
        bounds = "FOR VALUES WITH (MODULUS {modulus}, REMAINDER {rest})"
        _run(cursor, "CREATE TABLE {part} PARTITION OF {table} " + bounds, part)
    _run(cursor, "INSERT INTO {table} SELECT * FROM {old}", names)
    _run(cursor, "DROP TABLE {old}", names)
    for definition, made in _index_names(cursor, table).items():
        renamed = {"made": sql.Identifier(made), "name": sql.Identifier(kept[definition])}
        _run(cursor, "ALTER INDEX {made} RENAME TO {name}", renamed)


def _index_names(cursor: Any, table: str) -> dict[tuple[bool, bool, str, str], str]:
    """By what it is (of the key, unique, columns, condition), an index's name: migrations know it by that."""
    cursor.execute(
        "SELECT indisprimary, indisunique,"
        " (SELECT string_agg(pg_get_indexdef(indexrelid, n, true), ',') FROM generate_series(1, indnatts) n),"
        " coalesce(pg_get_expr(indpred, indrelid), ''), c.relname"
        " FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = %s::regclass",
        [table],
    )
    return {tuple(row[:4]): row[4] for row in cursor.fetchall()}


def secure(connection: Any, role: str) -> list[str]:
    """Let `role` read and write rows, of the large tables those of the named schools only; the log it only adds to.

    `role` must own none of the tables. Returns the tables under the policy. Safe to repeat.
    """
    _require_postgresql(connection)
    names = {"role": sql.Identifier(role), "policy": sql.Identifier(POLICY), "setting": sql.Literal(SETTING)}
    tables = [model._meta.db_table for model in large_models()]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _run(cursor, "GRANT USAGE ON SCHEMA public TO {role}", names)
        _run(cursor, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}", names)
        _run(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}", names)
        log = {**names, "table": sql.Identifier(AuditEvent._meta.db_table)}
        _run(cursor, "REVOKE UPDATE, DELETE ON {table} FROM {role}", log)
        for table in tables:
            own = {**names, "table": sql.Identifier(table)}
            _run(cursor, "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", own)
            _run(cursor, "DROP POLICY IF EXISTS {policy} ON {table}", own)
            _run(cursor, "CREATE POLICY {policy} ON {table} USING (" + _CONDITION + ")", own)
            for part in _parts(cursor, table):  # asked for by its own name, a part would show all its rows
                _run(cursor, "REVOKE ALL ON {part} FROM {role}", {**own, "part": sql.Identifier(part)})
    return tables


def _parts(cursor: Any, table: str) -> list[str]:
    cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [table])
    return [name for (name,) in cursor.fetchall()]


_CONDITION = """
CASE coalesce(current_setting({setting}, true), '')
    WHEN '*' THEN true
    WHEN '' THEN false
    ELSE school_id = ANY (string_to_array(current_setting({setting}, true), ',')::bigint[])
END
"""


def _run(cursor: Any, statement: str, names: Mapping[str, sql.Composable]) -> None:
    cursor.execute(sql.SQL(statement).format(**names))


def _require_postgresql(connection: Any) -> None:
    if connection.vendor != "postgresql":
        raise NotPostgreSQLError
