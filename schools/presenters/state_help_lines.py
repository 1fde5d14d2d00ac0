"""A state's own help lines in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.help.models import HelpLine
from schools.models import State
from schools.presenters.state import crumbs as state_crumbs


def card(line: HelpLine) -> dict[str, Any]:
    """A line as its state sees it: the words that wait or are shown, and where it stands."""
    draft = line.get_latest_revision_as_object()
    kind, status = _standing(line, draft)
    return {
        "pk": line.pk,
        "name": draft.name,
        "numbers": ", ".join(draft.numbers),
        "kind": kind,
        "status": status,
        "called_on": draft.last_verified_on,
        "is_due": not draft.is_verified(),
        "can_be_withdrawn": line.live or line.workflow_in_progress,
    }


def crumbs(state: State, title: str) -> list[dict[str, str]]:
    trail = state_crumbs(state, title)
    listed = {"label": _("Help lines"), "url": reverse("state:help_lines", args=[state.code])}
    return [trail[0], listed, trail[1]]


def _standing(line: HelpLine, draft: HelpLine) -> tuple[str, str]:
    if line.live and line.last_verified_on is None:
        return "care", _("Approved, but hidden until somebody calls it")
    if line.workflow_in_progress:
        return "going", _("Shown; a change waits for the reviewers") if line.live else _("With the reviewers")
    if line.live:
        return "done", _("Shown on the help page")
    return "closed", _("Not shown")
