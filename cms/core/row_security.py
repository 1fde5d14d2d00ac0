"""Which schools' rows this connection may see of the large tables, where PostgreSQL keeps that fence.

The names stand for one transaction only (`set_config(..., true)`), so a pooled connection never carries
them to the next request. Without the fence (`ROW_SECURITY` off, or SQLite) all of this does nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

SETTING = "curriculum.schools"
EVERY_SCHOOL = "*"
"""What a role for commands and tasks has as its own default: `ALTER ROLE ... SET curriculum.schools = '*'`."""


def is_on() -> bool:
    return settings.ROW_SECURITY and connection.vendor == "postgresql"


@contextmanager
def fenced() -> Iterator[None]:
    """One transaction that sees no school until `see` names some; afterwards all is as it was."""
    if not is_on():
        yield
        return
    before = _named() if connection.in_atomic_block else None
    with transaction.atomic():
        _name("")
        yield
        if before is not None and not connection.needs_rollback:  # a transaction around ours goes on
            _name(before)


def see(schools: Iterable[int]) -> None:
    """Name the schools whose rows may be seen, for the rest of the running transaction."""
    if is_on():
        _name(",".join(str(int(school)) for school in schools))


def _named() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        return cursor.fetchone()[0]


def _name(schools: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, schools])
