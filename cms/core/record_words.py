"""The words of records that hold every language in columns of their own."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings


def words_of(records: Iterable[tuple[Any, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """By language, the words of each record's fields: what `words_by_language` answers."""
    records = list(records)
    return {
        code: tuple(
            getattr(record, f"{field}_{code}", None) or "" for record, fields in records for field in fields
        )
        for code, _name in settings.LANGUAGES
    }
