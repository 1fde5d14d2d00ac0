"""What a state sets for its schools."""

from typing import Any

from django.db import transaction

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions.adoption import mark_state_stale
from schools.models import Department

SETTINGS = (
    "name",
    "year_starts_in",
    "languages",
    "least_review_state",
    "publication_threshold",
    "completion_percent",
    "retention_years",
    "is_retention_nightly",
    "safety_lead_title",
    "grievance_contact",
    "data_protection_contact",
)
CHANGE_FIGURES = {"completion_percent", "year_starts_in"}


@transaction.atomic
def change(*, department: Department, by: User, **written: Any) -> list[str]:
    """Keep the settings as `written`; returns which changed. The log has each before and after."""
    require(by, Permission.MANAGE_STATE, department.state)
    locked = Department.objects.select_for_update().get(pk=department.pk)
    changes = {
        name: {"before": getattr(locked, name), "after": written[name]}
        for name in SETTINGS
        if name in written and getattr(locked, name) != written[name]
    }
    for name in changes:
        setattr(locked, name, written[name])
    if changes:
        locked.full_clean()
        locked.save(update_fields=list(changes))
        audit.record("department.settings_changed", locked, by=by, changes=changes)
    if CHANGE_FIGURES & changes.keys():
        mark_state_stale(locked.state_id)
    return list(changes)
