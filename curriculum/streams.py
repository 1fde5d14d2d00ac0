"""Streams of blocks whose definitions stay out of migrations: they say nothing about the table."""

from collections.abc import Sequence
from typing import Any

from wagtail.fields import StreamField


class BlockStream(StreamField):
    """A StreamField that a migration knows as a column only, so that a changed label needs none."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(list(block_types) if isinstance(block_types, tuple) else block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, _blocks, kwargs = super().deconstruct()
        kwargs.pop("block_lookup")
        return name, path, [], kwargs
