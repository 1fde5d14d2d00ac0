"""Taking the seeded state away again, some schools at a time."""

from itertools import batched

from django.db import transaction

from cms.users.models import User
from quizzes.models import Attempt
from schools.models import (
    Assignment,
    Block,
    Classroom,
    Department,
    District,
    Enrolment,
    LessonProgress,
    Membership,
    School,
    State,
    WholeClassSession,
)
from schools.seeding.places import STATE_CODE

AT_ONCE = 100


def remove_state() -> None:
    """Remove what `seed_state` makes. Raises `ProtectedError` when somebody has added to it since."""
    state = State.objects.filter(code=STATE_CODE).first()
    if state is None:
        return
    schools = School.objects.filter(state=state).order_by("pk").values_list("pk", flat=True)
    for some in batched(list(schools), AT_ONCE):
        _remove_schools(some)
    with transaction.atomic():
        staff = User.objects.filter(memberships__state=state)
        people = list(staff.values_list("pk", flat=True))
        Membership.objects.filter(state=state).delete()
        User.objects.filter(pk__in=people).delete()
        Block.objects.filter(district__state=state).delete()
        District.objects.filter(state=state).delete()
        Department.objects.filter(state=state).delete()
        state.delete()


@transaction.atomic
def _remove_schools(schools: tuple[int, ...]) -> None:
    for facts in (LessonProgress, Attempt, WholeClassSession):
        facts._base_manager.filter(school_id__in=schools).delete()
    classrooms = Classroom.objects.filter(school__in=schools)
    enrolled = Enrolment.objects.filter(classroom__in=classrooms)
    students = list(enrolled.values_list("student", flat=True))
    staff = list(Membership.objects.filter(school__in=schools).values_list("user", flat=True))
    Assignment.objects.filter(classroom__in=classrooms).delete()
    enrolled.delete()
    Membership.objects.filter(school__in=schools).delete()
    classrooms.delete()
    User.students.filter(pk__in=students).delete()
    User.objects.filter(pk__in=staff).delete()
    School.objects.filter(pk__in=schools).delete()
