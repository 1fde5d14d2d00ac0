"""Fingerprints by which the loader tells its own writing from an editor's."""

import hashlib
import json
from typing import Any

from wagtail.models import Page

from curriculum.models import LoadedItem

PAGE_FIELDS = (
    "title",
    "slug",
    "summary",
    "picture",
    "family_note",
    "band",
    "order",
    "is_sensitive",
    "minutes",
)
STREAMS = ("body", "teacher_guide")


def digest(value: Any) -> str:
    """A fingerprint of plain values; the order of a mapping's keys does not matter."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def page_digest(page: Page) -> str:
    """The fingerprint of what an editor can change on a page, the newest draft counted, or taking it down."""
    newest = page.get_latest_revision_as_object()
    content = {name: getattr(newest, name) for name in PAGE_FIELDS if hasattr(newest, name)}
    content |= {name: getattr(newest, name).get_prep_value() for name in STREAMS if hasattr(newest, name)}
    if hasattr(newest, "objectives"):
        content["objectives"] = sorted(objective.code for objective in newest.objectives.all())
    return digest(content | {"live": page.live})


class Ledger:
    """What the loader wrote before, by path; says what may be written again."""

    def __init__(self) -> None:
        self.items = {item.path: item for item in LoadedItem.objects.all()}

    def holds(self, path: str) -> bool:
        return path in self.items

    def is_deleted(self, path: str, page: Page | None) -> bool:
        """Whether the page was loaded once and somebody deleted it since: it does not come back."""
        return page is None and self.holds(path)

    def is_current(self, path: str, source_digest: str) -> bool:
        return path in self.items and self.items[path].source_digest == source_digest

    def is_edited(self, path: str, stored_digest: str) -> bool:
        """Whether someone changed the record since it was loaded, or made it without the loader."""
        return path not in self.items or self.items[path].stored_digest != stored_digest

    def note(self, path: str, source_digest: str, stored_digest: str) -> None:
        item, _created = LoadedItem.objects.update_or_create(
            path=path, defaults={"source_digest": source_digest, "stored_digest": stored_digest}
        )
        self.items[path] = item
