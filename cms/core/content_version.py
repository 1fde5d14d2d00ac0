"""The version of all that is public. A page whose version did not change need not be made again."""

import threading

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from cms.core.models import ContentVersion

CACHE_KEY = "content-version"
FRESH_SECONDS = 15
"""How long a worker trusts the number it read: a changed help line is live well within a minute."""


_waiting = threading.local()


def current() -> int:
    """The version's number, read from the database at most every 15 seconds by each worker."""
    number = cache.get(CACHE_KEY)
    if number is None:
        number = ContentVersion.objects.get_or_create(pk=1)[0].number
        cache.set(CACHE_KEY, number, FRESH_SECONDS)
    return number


def bump() -> None:
    """Say that something public changed."""
    ContentVersion.objects.get_or_create(pk=1)
    ContentVersion.objects.filter(pk=1).update(number=F("number") + 1)
    cache.delete(CACHE_KEY)


def bump_after_commit(**_signal: object) -> None:
    """The receiver of every signal that something public changed; works once it is kept.

    Earlier, another worker could make a page of the old words under the new number.
    """
    _waiting.is_due = True
    transaction.on_commit(_bump_once)


def _bump_once() -> None:
    """Of a transaction's many changes, the first to be told counts for all."""
    if _waiting.is_due:
        _waiting.is_due = False
        bump()
