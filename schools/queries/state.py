"""What a state administrator's first page counts."""

from dataclasses import dataclass

from cms.help.models import HelpLine
from schools.models import Department, Membership, Role, School
from schools.queries.classes import year_that_runs


@dataclass(frozen=True)
class Standing:
    """How far a state is in setting up: schools, officials, lines of this year's plan, own help lines shown."""

    schools: int
    officials: int
    planned: int
    help_lines: int


def standing(department: Department) -> Standing:
    """Four queries, however many schools."""
    state = department.state
    below = (Role.STATE_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.BLOCK_OFFICIAL)
    year = year_that_runs(department.year_starts_in)
    officials = Membership.objects.filter(role__in=below, ended_at__isnull=True)
    here = (
        officials.filter(state=state)
        | officials.filter(district__state=state)
        | officials.filter(block__district__state=state)
    )
    return Standing(
        schools=School.objects.filter(state=state, closed_on__isnull=True).count(),
        officials=here.count(),
        planned=department.plan.filter(academic_year=year).count(),
        help_lines=HelpLine.objects.filter(states=[state.code], live=True).count(),
    )
