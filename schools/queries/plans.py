"""The state's plan: which modules for which classes by when."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from schools.models import Classroom, Department, PlannedModule, State
from schools.queries.classes import year_that_runs


def plan_of(state: State, academic_year: str) -> list[PlannedModule]:
    """The lines of a school year, by class and day."""
    return list(_lines(state).filter(academic_year=academic_year))


def lines_due(state: State, on: date | None = None) -> list[PlannedModule]:
    """The lines of the school year that runs on that day (today unless given) whose day has come by then."""
    on = on or timezone.localdate()
    department = Department.objects.filter(state=state.pk).first()
    if department is None:
        return []
    year = year_that_runs(department.year_starts_in, on)
    return list(_lines(state).filter(academic_year=year, due_on__lte=on))


def planned_for(classroom: Classroom, module_key: UUID) -> PlannedModule | None:
    """What the state plans for a class and a module in the class's school year. One query."""
    return (
        PlannedModule.objects.filter(
            department__state=classroom.school.state_id,
            academic_year=classroom.academic_year,
            class_level=classroom.class_level,
            module_key=module_key,
        )
        .order_by()
        .first()
    )


def years_with_a_plan(state: State) -> list[str]:
    """The school years that have lines, newest first."""
    lines = _lines(state).order_by("-academic_year")
    return list(lines.values_list("academic_year", flat=True).distinct())


def _lines(state: State):
    lines = PlannedModule.objects.filter(department__state=state.pk)
    return lines.order_by("academic_year", "class_level", "due_on", "pk")
