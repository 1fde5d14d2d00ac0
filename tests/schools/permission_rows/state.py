"""A state's workspace: its administrator's alone. Whoever else sees the state is refused, others find nothing."""

from datetime import date

from cms.help.models import HelpLine
from schools.models import Department, PlannedModule
from tests.schools.permission_world import World

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
state:index                             in  404  404  403  403  403  403  403  403  403  403  403  403  403  403  302
state:home                              in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:settings                          in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:plan                              in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:plan_copy                         in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
state:plan_line                         in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:plan_remove                       in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
state:help_lines                        in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:help_line_add                     in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:help_line                         in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
state:help_line_called                  in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
state:help_line_withdraw                in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
"""

BY_POST = {"state:plan_copy", "state:plan_remove", "state:help_line_called", "state:help_line_withdraw"}


def arguments(world: World) -> dict:
    """A department with a line of its plan and a help line, which have the class's key."""
    state = world.school.state
    Department.objects.get_or_create(state=state, defaults={"name": "Department", "status": "approved"})
    PlannedModule.objects.create(
        pk=world.classroom.pk,
        department=state.department,
        academic_year="2026-27",
        class_level=7,
        module_key=world.arguments["module_key"],
        due_on=date(2026, 9, 15),
    )
    HelpLine.objects.create(
        pk=world.classroom.pk,
        key="state-line",
        kind="call",
        numbers=["000-0001"],
        name_en="State line",
        what_for_en="Talk.",
        states=[state.code],
    )
    return {}
