"""What every test may use."""

import pytest
from django.core.cache import cache


def pytest_configure(config):
    """Compile the catalogues once, before any worker starts: tests read pages in several languages."""
    if not hasattr(config, "workerinput"):
        from cms.core import catalogues

        catalogues.compile_all()


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
