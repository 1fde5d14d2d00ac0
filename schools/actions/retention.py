"""Deleting the records of students who left long ago, as their state decided.

What goes: alias, PIN, roll number, answers, progress, the account. What stays: the school's figures and
releases, what was taught to a class as a whole, and the audit log, none of which names a child.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core import audit
from cms.users.models import User
from quizzes.models import Attempt
from schools.models import Enrolment, LessonProgress, School, SheetImport, SheetRow, State
from schools.queries.retention import last_day, leavers_of, rule_of, schools_with_leavers

BATCH = 200
LISTS_KEPT = timedelta(days=30)
"""How long the rows of a class list from a file are kept, so that it can be undone."""


@dataclass(frozen=True)
class Removed:
    """How much went from one school."""

    school_id: int
    students: int
    lessons: int
    attempts: int


def remove_leavers(*, state: State, by: User | None = None) -> Iterator[Removed]:
    """Delete what a state's leavers left behind, school by school, once its years are over."""
    before = last_day(rule_of(state.pk))
    for school_id in list(schools_with_leavers(School.objects.filter(state=state), before)):
        removed = remove_leavers_of_school(school_id=school_id, before=before, by=by)
        if removed.students:
            yield removed


@transaction.atomic
def remove_leavers_of_school(*, school_id: int, before: date, by: User | None = None) -> Removed:
    """Delete the records of students who left a school before a day, all or none of them."""
    school = School.objects.select_for_update(no_key=True).get(pk=school_id)
    before = min(before, last_day(rule_of(school.state_id)))
    students = list(leavers_of(school_id, before).values_list("pk", flat=True))
    lessons = attempts = 0
    for some in batched(students, BATCH):
        places = Enrolment.objects.filter(student__in=some)
        schools = set(places.values_list("classroom__school", flat=True))
        lessons += LessonProgress.objects.filter(school_id__in=schools, student__in=some).delete()[0]
        attempts += Attempt.objects.filter(school_id__in=schools, learner__in=some).delete()[0]
        places.delete()
        User.students.filter(pk__in=some).delete()
    removed = Removed(school_id, len(students), lessons, attempts)
    if students:
        counts: dict[str, Any] = {"students": len(students), "lessons": lessons, "attempts": attempts}
        audit.record("leavers.removed", school, by=by, left_before=before.isoformat(), **counts)
    return removed


def remove_where_nightly() -> int:
    """Do it for every state that has switched it on; returns how many students' records went."""
    states = State.objects.filter(department__is_retention_nightly=True)
    return sum(removed.students for state in states for removed in remove_leavers(state=state))


def forget_old_lists() -> int:
    """Delete the rows of class lists that came in as files, once they are too old to be undone."""
    old = SheetRow.objects.filter(
        sheet__kind=SheetImport.Kind.ROSTER, sheet__asked_at__lt=timezone.now() - LISTS_KEPT
    )
    return old.delete()[0]
