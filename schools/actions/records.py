"""Taking the audit log away as a file: allowed to those who see it, and itself noted."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.queries import records
from schools.queries.records import Search


@transaction.atomic
def note_export(*, search: Search, by: User) -> None:
    """Note, at each place whose events it holds, that the log was downloaded, and by what it was narrowed.

    Of what was typed only that it was: it could be anybody's name.
    """
    require(by, Permission.SEE_AUDIT, None)
    narrowed = [name for name, value in asdict(search).items() if value]
    days = {name: day.isoformat() for name in ("since", "until") if (day := getattr(search, name))}
    subjects: list[Any] = [by] if by.is_superuser else records.places_audited_by(by)
    for subject in subjects:
        audit.record("records.exported", subject, by=by, narrowed_by=narrowed, **days)
