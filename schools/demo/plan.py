"""What the demonstration state wants of its classes this year."""

from datetime import timedelta

from django.utils import timezone

from cms.users.models import User
from curriculum.queries import catalogue
from schools.actions import plans
from schools.models import School, State
from schools.queries.classes import school_year

LEVELS = (6, 7, 8)
BETWEEN = timedelta(weeks=5)
"""The first module was to be done five weeks ago, the others follow at this distance."""


def add_plan(state: State, *, by: User) -> None:
    """Each module for each class, but for days that lie outside the school year."""
    year = school_year(School(state=state))
    first, last = plans.days_of_year(state.department, year)
    for level in LEVELS:
        for place, module in enumerate(catalogue.for_class(level, catalogue.SOURCE_LANGUAGE)):
            due_on = timezone.localdate() + BETWEEN * (place - 1)
            if first <= due_on <= last:
                plans.add(
                    department=state.department,
                    academic_year=year,
                    class_level=level,
                    module_key=module.key,
                    due_on=due_on,
                    by=by,
                )
