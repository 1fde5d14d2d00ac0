"""Who the student is that a session speaks of, and all that their pages ask of their place: one query.

It runs at every tap of every student, so it is prepared, and takes only the fields that those pages use.
"""

from typing import Any

from django.db.models import BigIntegerField, Model, QuerySet

from cms.core.prepared import Given, Prepared
from cms.users.models import User
from schools.models import (
    Classroom,
    Department,
    Enrolment,
    OptOut,
    ParentNotice,
    School,
    SchoolReadiness,
    State,
)

PARTS: tuple[tuple[str, type[Model], tuple[str, ...]], ...] = (
    ("", Enrolment, ("alias", "roll_number", "pin_digest", "left_on", "student_id", "classroom_id")),
    ("student", User, ("kind", "password", "is_active", "is_superuser")),
    ("classroom", Classroom, ("school_id", "language")),
    ("classroom__school", School, ("state_id",)),
    ("classroom__school__state", State, ("code",)),
    ("classroom__school__state__department", Department, ("state_id", "languages", "least_review_state")),
    ("classroom__school__readiness", SchoolReadiness, ("school_id", *SchoolReadiness.REQUIRED)),
    ("classroom__parent_notice", ParentNotice, ("classroom_id", "given_on")),
    ("opt_out", OptOut, ("enrolment_id",)),
)
"""By the way that leads to them from an enrolment: records, each after the one it hangs on, and their fields."""


def learner(user_id: int) -> Enrolment | None:
    """The student's place in a class that is not archived. Fields that are not listed above cost a query each."""
    rows = _prepared.rows(user=user_id)
    return _enrolment(rows[0]) if rows else None


def _columns(model: type[Model], names: tuple[str, ...]) -> list[str]:
    """The key and `names`, in the order in which `from_db` takes them."""
    fields = model._meta.concrete_fields
    return [field.attname for field in fields if field.primary_key or field.attname in names]


COLUMNS = {path: _columns(model, names) for path, model, names in PARTS}


def _build() -> QuerySet:
    found = Enrolment.objects.active().filter(
        student_id=Given("user", BigIntegerField()),
        student__is_active=True,
        classroom__archived_at__isnull=True,
    )
    names = [f"{path}__{name}" if path else name for path, columns in COLUMNS.items() for name in columns]
    return found.order_by().values_list(*names)[:1]


_prepared = Prepared(_build)


def _enrolment(row: tuple) -> Enrolment:
    made: dict[str, Any] = {}
    start = 0
    for path, model, _names in PARTS:
        columns = COLUMNS[path]
        values = row[start : start + len(columns)]
        start += len(columns)
        made[path] = None if values[0] is None else model.from_db("default", columns, values)
        if path:
            above, _mark, name = path.rpartition("__")
            made[above]._meta.get_field(name).set_cached_value(made[above], made[path])
    return made[""]
