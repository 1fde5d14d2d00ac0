"""Making, ending and using the keys with which a department's systems read the figures."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.models import ApiToken, Block, District, State

LONGEST_DAYS = 365
CALLS_A_MINUTE = 60
MARK = "key_"
HINT_LENGTH = 10
"""Enough of a key to tell it from others, and far too little to guess the rest (256 bits)."""


@transaction.atomic
def issue(*, place: State | District | Block, name: str, days: int, by: User) -> tuple[ApiToken, str]:
    """A new key to `place` for `days` days, and its secret, which nobody can be told again."""
    require(by, Permission.ISSUE_TOKENS, place)
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"A key works for 1 to {LONGEST_DAYS} days.")
    secret = MARK + secrets.token_urlsafe(32)
    now = timezone.now()
    token = ApiToken.objects.create(
        name=name,
        hint=secret[:HINT_LENGTH],
        digest=digest_of(secret),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
        **{type(place).__name__.lower(): place},
    )
    audit.record(
        "token.issued", token, by=by, name=name, expires_on=timezone.localdate(token.expires_at).isoformat()
    )
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, by: User) -> None:
    """End a key at once; a second time changes nothing."""
    require(by, Permission.ISSUE_TOKENS, token.place)
    now = timezone.now()
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        audit.record("token.revoked", token, by=by, name=token.name)


def digest_of(secret: str) -> str:
    """Of 256 random bits, so that no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def use(*, token: ApiToken) -> bool:
    """Count a call. False when this minute's calls are used up. The first one of a day goes into the log."""
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    was_used_today = token.last_used_at is not None and token.last_used_at >= today
    has_calls_left = Q(minute=None) | ~Q(minute=minute) | Q(calls__lt=CALLS_A_MINUTE)
    counted = ApiToken.objects.filter(has_calls_left, pk=token.pk).update(
        calls=Case(When(minute=minute, then=F("calls") + 1), default=Value(1)),
        minute=minute,
        **({"last_used_at": now} if was_used_today else {}),
    )
    if counted and not was_used_today:
        _note_first_use(token, today, now)
    return bool(counted)


def _note_first_use(token: ApiToken, today: datetime, now: datetime) -> None:
    """Of several first calls at once, one is noted."""
    unused = ApiToken.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=today), pk=token.pk)
    if unused.update(last_used_at=now):
        audit.record("token.used", token, by=None, name=token.name)
