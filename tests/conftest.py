"""What every test may use."""

import pytest
from django.core.cache import cache
from django.utils import translation


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
