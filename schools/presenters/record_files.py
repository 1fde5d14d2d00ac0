"""The audit log as a file for a spreadsheet, made while it is sent."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.core.models import AuditEvent
from cms.core.sheets_out import csv_lines
from schools.presenters import records

MOST_EVENTS = 50_000


def lines(pages: Iterable[list[AuditEvent]], language: str) -> Iterator[str]:
    """The file's lines, newest event first, `MOST_EVENTS` of them; a last one says so when there are more."""
    return csv_lines(_rows(pages, language))


def _rows(pages: Iterable[list[AuditEvent]], language: str) -> Iterator[list[str]]:
    with translation.override(language):
        yield _heads()
    left = MOST_EVENTS
    for page in pages:
        with translation.override(language):
            made = [_cells(event, row) for event, row in _beside(page, left)]
        yield from made
        left -= len(page)
        if left < 0:
            with translation.override(language):
                yield [limit_words()]
            return


def _beside(page: list[AuditEvent], left: int) -> Iterator[tuple[AuditEvent, records.Row]]:
    return islice(zip(page, records.rows(page), strict=True), max(left, 0))


def limit_words() -> str:
    words = _("A file holds at most %(number)d events, the newest first. Choose dates for older ones.")
    return words % {"number": MOST_EVENTS}


def _heads() -> list[str]:
    return [
        _("When"),
        _("Who"),
        _("E-mail"),
        _("Code"),
        _("What"),
        _("About"),
        _("Where"),
        _("UDISE code"),
        _("Details"),
    ]


def _cells(event: AuditEvent, row: records.Row) -> list[str]:
    details = json.dumps(event.details, ensure_ascii=False, sort_keys=True)
    return [
        timezone.localtime(event.at).isoformat(timespec="seconds"),
        row.who,
        row.email,
        event.action,
        row.what,
        row.about,
        row.where,
        row.udise_code,
        details if event.details else "",
    ]
