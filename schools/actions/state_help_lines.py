"""A state's own help lines: written by its administrator, shown once the site's reviewers approved them and
somebody called them.

A change waits as a draft, like every change of a help line; what is shown stays until the reviews are through.
"""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.help.models import HelpLine
from cms.users.models import User
from schools.models import State

ORDER = 200
"""After the lines for all of India."""
WORDS = ("name", "what_for", "what_happens", "cost", "hours")


@transaction.atomic
def add(*, state: State, by: User, **written: Any) -> HelpLine:
    """Write a new line. Nobody sees it until the reviews are through."""
    require(by, Permission.MANAGE_STATE, state)
    line = HelpLine(
        key=f"{state.code.lower()}-{secrets.token_hex(4)}",
        kind=HelpLine.Kind.CALL,
        order=ORDER,
        states=[state.code],
        live=False,
    )
    _write(line, written)
    line.full_clean()
    line.save()
    _send_to_review(line, by)
    audit.record("help_line.added", line, by=by, within=state, numbers=line.numbers)
    return line


@transaction.atomic
def change(*, line: HelpLine, state: State, by: User, **written: Any) -> None:
    """Write over a line. A new number is one that nobody has called yet."""
    _require_own(line, state, by)
    draft = line.get_latest_revision_as_object()
    before = draft.numbers
    _write(draft, written)
    if draft.numbers != before:
        draft.last_verified_on = draft.verified_by = None
    draft.full_clean()
    _send_to_review(draft, by)
    audit.record("help_line.changed", line, by=by, within=state, before=before, numbers=draft.numbers)


@transaction.atomic
def withdraw(*, line: HelpLine, state: State, by: User) -> None:
    """Take a line off the site at once. It comes back by being changed and reviewed."""
    _require_own(line, state, by)
    _stop_review(line, by)
    if line.live:
        UnpublishAction(line, user=by).execute(skip_permission_checks=True)
    audit.record("help_line.withdrawn", line, by=by, within=state)


@transaction.atomic
def called_today(*, line: HelpLine, state: State, by: User) -> None:
    """Note that `by` called the numbers that are waiting or shown, today.

    The note goes into the record and into its waiting draft: it changes no word that a reviewer reads.
    """
    _require_own(line, state, by)
    today, revision = timezone.localdate(), line.get_latest_revision()
    waiting = revision.as_object() if revision is not None else line
    if not line.live or waiting.numbers == line.numbers:
        line.last_verified_on, line.verified_by = today, by
        line.save(update_fields=["last_verified_on", "verified_by"])
    if revision is not None:
        revision.content |= {"last_verified_on": today.isoformat(), "verified_by": by.pk}
        revision.save(update_fields=["content"])
    audit.record("help_line.called", line, by=by, within=state, numbers=waiting.numbers)


def _write(line: HelpLine, written: dict[str, Any]) -> None:
    """Fill in what is written, in English; other languages are the translators'."""
    line.numbers = written["numbers"]
    line.is_published = True
    line.is_for_children = written["is_for_children"]
    for name in WORDS:
        setattr(line, f"{name}_en", written.get(name, ""))


def _send_to_review(line: HelpLine, by: User) -> None:
    """Keep a draft, and begin the site's reviews with the first of them."""
    _stop_review(line, by)
    line.save_revision(user=by, changed=True)
    workflow = line.get_workflow()
    if workflow is not None:
        workflow.start(line, by)


def _stop_review(line: HelpLine, by: User) -> None:
    if line.workflow_in_progress:
        line.current_workflow_state.cancel(user=by)


def _require_own(line: HelpLine, state: State, by: User) -> None:
    require(by, Permission.MANAGE_STATE, state)
    if line.states != [state.code]:
        raise PermissionDenied
