"""A state's workspace in words: what is set, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schools.models import Block, Department, Membership, State
from schools.queries.state import Standing


@dataclass(frozen=True)
class SuspendedPlace:
    """A place whose officials' pages are closed, and why."""

    name: str
    department: str
    reason: str


def suspended_places(roles: Iterable[Membership]) -> list[SuspendedPlace]:
    """The places of `roles` that lie in a suspended state, each once."""
    found: dict[str, SuspendedPlace] = {}
    for role in roles:
        place = role.place
        state = place.district.state if isinstance(place, Block) else getattr(place, "state", place)
        department = getattr(state, "department", None)
        if department is not None and department.status == Department.Status.SUSPENDED:
            found[str(place)] = SuspendedPlace(str(place), department.name, department.status_reason)
    return list(found.values())


def checklist(department: Department, standing: Standing) -> list[dict[str, Any]]:
    """What a state sets up, and whether it is there."""
    code = department.state.code
    has_contacts = bool(department.grievance_contact and department.data_protection_contact)
    return [
        _item(
            has_contacts,
            _("Contacts for grievances and data protection"),
            _("Both are set.") if has_contacts else _("One of them is missing."),
            reverse("state:settings", args=[code]),
        ),
        _item(
            bool(standing.planned),
            _("The plan for this year"),
            ngettext("%(number)d line", "%(number)d lines", standing.planned) % {"number": standing.planned},
            reverse("state:plan", args=[code]),
        ),
        _item(
            bool(standing.schools),
            _("Schools"),
            ngettext("%(number)d school", "%(number)d schools", standing.schools)
            % {"number": standing.schools},
            reverse("imports:state", args=[code]),
        ),
        _item(
            bool(standing.officials),
            _("Officials"),
            ngettext("%(number)d official", "%(number)d officials", standing.officials)
            % {"number": standing.officials},
            reverse("people:home"),
        ),
        _item(
            bool(standing.help_lines),
            _("Your own help lines"),
            ngettext("%(number)d help line", "%(number)d help lines", standing.help_lines)
            % {"number": standing.help_lines},
            reverse("state:help_lines", args=[code]),
        ),
    ]


def links(state: State) -> list[dict[str, str]]:
    """Where a state administrator goes from the first page."""
    return [
        _link(_("Settings"), reverse("state:settings", args=[state.code]), "shield"),
        _link(_("Plan"), reverse("state:plan", args=[state.code]), "path"),
        _link(_("Blocks and schools"), reverse("imports:state", args=[state.code]), "school"),
        _link(_("Help lines"), reverse("state:help_lines", args=[state.code]), "phone"),
        _link(_("Schools from your list"), reverse("imports:state", args=[state.code]), "school"),
        _link(_("People"), reverse("people:home"), "people"),
        _link(_("Progress of schools"), reverse("insights:state", args=[state.code]), "map"),
        _link(_("Log"), reverse("records:home"), "book"),
        _link(_("Keys for programs"), reverse("records:keys", args=[state.code]), "key"),
    ]


def settings_in_words(department: Department) -> list[tuple[str, str]]:
    """The settings as they stand."""
    names = dict(settings.LANGUAGES)
    languages = ", ".join(str(names[code]) for code in department.languages if code in names)
    rows = [
        (_("The school year starts in"), str(MONTHS[department.year_starts_in])),
        (_("Languages offered"), languages or _("All")),
        (_("Review that a translation needs"), department.get_least_review_state_display()),
        (_("Smallest number of students shown"), str(department.publication_threshold)),
        (
            _("A module counts as completed from"),
            _("%(percent)d %% of a class") % {"percent": department.completion_percent},
        ),
        (_("Years for which a leaver's record is kept"), str(department.retention_years)),
        (
            _("Delete a leaver's record by itself, at night, once its years are over"),
            _("Yes") if department.is_retention_nightly else _("No"),
        ),
        (_("Your term for the child-safety lead"), department.safety_lead_title),
        (_("Contact for grievances"), department.grievance_contact),
        (_("Contact for data protection"), department.data_protection_contact),
    ]
    return [(label, text) for label, text in rows if text]


def crumbs(state: State, here: str) -> list[dict[str, str]]:
    return [
        {"label": str(state), "url": reverse("state:home", args=[state.code])},
        {"label": here, "url": ""},
    ]


def _item(is_done: bool, label: str, text: str, url: str) -> dict[str, Any]:
    words = _("In place") if is_done else _("Missing")
    return {"label": label, "text": text, "url": url, "kind": "done" if is_done else "todo", "status": words}


def _link(title: str, url: str, picture: str) -> dict[str, str]:
    return {"title": title, "url": url, "picture": picture}
