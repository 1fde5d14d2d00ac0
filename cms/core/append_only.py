"""The database's own guard over the audit log: it refuses to change or delete an event, whoever asks.

`AuditEvent` refuses in Python; these triggers refuse raw SQL as well. SQLite drops a table's triggers
whenever a migration makes the table anew, so such a migration ends with `RunSQLOn` for this guard again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.migrations.operations import RunSQL

TABLE = "core_auditevent"

SQLITE_GUARD = [
    f"CREATE TRIGGER {TABLE}_no_{change.lower()} BEFORE {change} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"
    for change in ("UPDATE", "DELETE")
]
SQLITE_NO_GUARD = [f"DROP TRIGGER {TABLE}_no_update", f"DROP TRIGGER {TABLE}_no_delete"]
POSTGRESQL_GUARD = [
    f"""
    CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'audit events are append-only' USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    f"""
    CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()
    """,
]
POSTGRESQL_NO_GUARD = [f"DROP TRIGGER {TABLE}_append_only ON {TABLE}", f"DROP FUNCTION {TABLE}_refuse()"]


class RunSQLOn(RunSQL):
    """Runs SQL on one kind of database only, and nothing on the others."""

    def __init__(self, vendor: str, sql: Any, reverse_sql: Any) -> None:
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        kwargs = {"vendor": self.vendor, "sql": self.sql, "reverse_sql": self.reverse_sql}
        return (type(self).__qualname__, [], kwargs)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Inside, events can be deleted; all in one transaction, so that a failure leaves the guard in place.

    On PostgreSQL only the table's owner may do so, which the site's own account need not be.
    """
    is_sqlite = connection.vendor == "sqlite"
    off = SQLITE_NO_GUARD if is_sqlite else [f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_append_only"]
    on = SQLITE_GUARD if is_sqlite else [f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_append_only"]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)
