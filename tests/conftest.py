"""What every test may use."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.signals import connection_created
from django.utils import translation

from cms.core import large_tables, row_security


def pytest_configure(config):
    """Compile the catalogues once, before any worker starts: tests read pages in several languages."""
    if not hasattr(config, "workerinput"):
        from cms.core import catalogues

        catalogues.compile_all()


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture(autouse=True)
def english():
    """A request in another language leaves the thread speaking it; no test hears that of the one before."""
    translation.activate("en")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """With TEST_LARGE_TABLES on PostgreSQL, tests meet tables that are split, through a role that owns none."""
    if not settings.ROW_SECURITY:
        yield
        return
    with django_db_blocker.unblock():
        _prepare_large_tables()
    yield
    with django_db_blocker.unblock():
        connection_created.disconnect(dispatch_uid="become the site")
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def _prepare_large_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = 'site'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE ROLE site NOLOGIN")
    large_tables.partition(connection, partitions=4)
    large_tables.secure(connection, "site")
    with connection.cursor() as cursor:  # a test that really commits is cleaned up so
        cursor.execute("GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO site")
        cursor.execute("GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO site")
    connection_created.connect(_become_the_site, dispatch_uid="become the site")
    _become_the_site(connection=connection)


def _become_the_site(connection, **_signal):
    """A test arranges rows of any school; within a request only those that it names are seen."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE site")
        cursor.execute(f"SET {row_security.SETTING} = '{row_security.EVERY_SCHOOL}'")
