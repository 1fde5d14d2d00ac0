"""What a school has in place before sensitive modules open."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.actions.adoption import mark_stale
from schools.models import School, SchoolReadiness
from schools.models.teaching import BRIEFING_EDITION


@transaction.atomic
def update(
    *,
    school: School,
    by: User,
    staff_briefed_on: date | None,
    has_used_material: bool = False,
    **written: str,
) -> SchoolReadiness:
    """Keep the school's readiness as `written`. The log says which fields changed, not what they hold.

    `has_used_material` confirms that the briefing was held with the material given here, in its present
    edition, which is kept. A day without a briefing has no edition.
    """
    require(by, Permission.WRITE_READINESS, school)
    if staff_briefed_on is not None and staff_briefed_on > timezone.localdate():
        raise ValidationError({"staff_briefed_on": _("Write the day once the briefing has taken place.")})
    readiness, _is_new = SchoolReadiness.objects.select_for_update().get_or_create(school=school)
    wanted = {**written, "staff_briefed_on": staff_briefed_on}
    if staff_briefed_on is None or has_used_material:
        wanted["briefing_edition"] = BRIEFING_EDITION if staff_briefed_on else ""
    changed = sorted(name for name, value in wanted.items() if getattr(readiness, name) != value)
    for name in changed:
        setattr(readiness, name, wanted[name])
    if changed:
        readiness.save(update_fields=[*changed, "updated_at"])
        details: dict[str, Any] = {
            "is_ready": readiness.is_ready,
            "briefing_edition": readiness.briefing_edition,
        }
        audit.record("readiness.updated", school, by=by, fields=changed, **details)
        mark_stale(school.pk)
    return readiness
