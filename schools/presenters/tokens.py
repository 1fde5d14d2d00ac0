"""A key to the figures, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from schools.models import ApiToken, Block, State


@dataclass(frozen=True)
class Row:
    """A key as the list shows it. `status` is a kind and a word."""

    token: ApiToken
    place: str
    made_by: str
    expires_at: datetime
    last_used_at: datetime | None
    status_kind: str
    status: str
    url: str


def row(token: ApiToken) -> Row:
    kind, word = _status(token)
    state = token.in_state
    return Row(
        token=token,
        place=_place(token.place),
        made_by=str(token.created_by),
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        status_kind=kind,
        status=word,
        url=reverse("records:key_revoke", args=[state.code, token.pk]) if kind == "done" else "",
    )


def _status(token: ApiToken) -> tuple[str, str]:
    if token.revoked_at is not None:
        return "closed", pgettext("status of a key", "Ended")
    if not token.is_open(timezone.now()):
        return "closed", pgettext("status of a key", "Run out")
    return "done", pgettext("status of a key", "Works")


def _place(place: Any) -> str:
    return f"{place} · {place.district}" if isinstance(place, Block) else str(place)


def crumbs(state: State, *last: str) -> list[dict[str, str]]:
    """The way from the log to a page about keys."""
    links = [
        {"label": _("What was done"), "url": reverse("records:home")},
        {"label": _("Keys to the figures"), "url": reverse("records:keys", args=[state.code])},
    ]
    return links + [{"label": label, "url": ""} for label in last]
