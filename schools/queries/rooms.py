"""The source rows of adoption: the classes of many schools at once, what they are given, what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, Min, OuterRef, QuerySet, Value, When
from django.utils import timezone

from curriculum.queries.catalogue import ModuleInfo
from quizzes.models import Attempt
from schools.models import (
    Assignment,
    Classroom,
    Enrolment,
    LessonProgress,
    OptOut,
    School,
)
from schools.queries.classes import CAME_AFTER_THE_NOTICE, school_year
from schools.queries.sessions import completion_percents, held_in
from schools.scoring.delivery import Held
from schools.scoring.work import module_for


@dataclass(slots=True)
class Pupil:
    """What one student is to do, and when they did it; lives only while a school is counted."""

    modules: frozenset[UUID]
    started: set[UUID] = field(default_factory=set)
    finished: dict[UUID, datetime] = field(default_factory=dict)
    assessed: dict[UUID, datetime] = field(default_factory=dict)


@dataclass
class Room:
    """A class, its state's share, what it is given, and who learns in it."""

    classroom: Classroom
    percent: int
    given: list[Assignment] = field(default_factory=list)
    sessions: list[Held] = field(default_factory=list)
    pupils: dict[int, Pupil] = field(default_factory=dict)


def rooms_of(schools: Sequence[School], modules: Mapping[UUID, ModuleInfo]) -> list[Room]:
    """The classes of this school year that are not archived, with all that is counted.

    As many queries for one school as for a hundred of one state; `modules` are all that are published, by key.


    Pupils are those who have not left, assignments those that are open and not undone. A pupil whose family
    opted out has the other work that they were given; one who joined after the notice to families has no
    sensitive modules, which are closed to them. What was done counts with the school where it was done.
    """
    rooms = _rooms(schools)
    here = sorted({room.classroom.school_id for room in rooms.values()})
    active = Enrolment.objects.active().filter(classroom__in=list(rooms)).order_by()
    _add_given(rooms)
    for classroom, held in held_in([room.classroom for room in rooms.values()]).items():
        rooms[classroom].sessions = held
    pupils = _add_pupils(rooms, active, modules)
    students = active.values("student")
    _add_progress(pupils, LessonProgress.objects.filter(school_id__in=here, student__in=students))
    finals = {one.final_quiz_id: one.key for one in modules.values() if one.final_quiz_id is not None}
    _add_attempts(pupils, Attempt.objects.filter(school_id__in=here, learner__in=students), finals)
    return list(rooms.values())


def _rooms(schools: Sequence[School]) -> dict[int, Room]:
    """By class. The school year begins in the month that each state set, and the share is each state's."""
    states = {one.state_id: one for one in schools}
    years = {state: school_year(one) for state, one in states.items()}
    percents = completion_percents(states)
    state_of = {one.pk: one.state_id for one in schools}
    current = Classroom.objects.filter(school__in=schools, archived_at__isnull=True).order_by("pk")
    return {
        one.pk: Room(one, percents[state_of[one.school_id]])
        for one in current
        if one.academic_year == years[state_of[one.school_id]]
    }


def _add_given(rooms: Mapping[int, Room]) -> None:
    open_now = Assignment.objects.filter(undone_at__isnull=True, opens_on__lte=timezone.localdate())
    for assignment in open_now.filter(classroom__in=list(rooms)):
        rooms[assignment.classroom_id].given.append(assignment)


def _add_pupils(
    rooms: Mapping[int, Room], active: QuerySet[Enrolment], modules: Mapping[UUID, ModuleInfo]
) -> dict[tuple[int, int], Pupil]:
    """Also returns them by school and student."""
    rows = active.annotate(
        is_out=Exists(OptOut.objects.filter(enrolment=OuterRef("pk"))),
        is_late=Case(When(CAME_AFTER_THE_NOTICE, then=Value(True)), default=Value(False)),
    ).values_list("classroom_id", "student_id", "is_out", "is_late")
    everyone = {}
    work: dict[tuple[int, bool, bool], frozenset[UUID]] = {}
    for classroom, student, is_out, is_late in rows:
        kind = (classroom, is_out, is_late)
        if kind not in work:
            work[kind] = _work(rooms[classroom].given, modules, is_out=is_out, is_late=is_late)
        pupil = Pupil(work[kind])
        rooms[classroom].pupils[student] = pupil
        everyone[rooms[classroom].classroom.school_id, student] = pupil
    return everyone


def _work(
    given: Iterable[Assignment], modules: Mapping[UUID, ModuleInfo], *, is_out: bool, is_late: bool
) -> frozenset[UUID]:
    keys = set()
    for one in given:
        module = modules.get(one.module_key)
        keys.add(
            module_for(
                one.module_key,
                one.other_module_key,
                is_sensitive=module.is_sensitive if module else None,
                has_other_work=is_out,
                is_late=is_late,
            )
        )
    return frozenset(key for key in keys if key is not None)


def _add_progress(pupils: Mapping[tuple[int, int], Pupil], progress: QuerySet[LessonProgress]) -> None:
    rows = progress.values_list("school_id", "student_id", "module_key", "lesson_key", "finished_at")
    for school, student, module_key, lesson_key, finished_at in rows.iterator(chunk_size=5000):
        pupil = pupils.get((school, student))
        if pupil is not None:
            pupil.started.add(module_key)
            if finished_at is not None:
                pupil.finished[lesson_key] = finished_at


def _add_attempts(
    pupils: Mapping[tuple[int, int], Pupil], attempts: QuerySet[Attempt], finals: Mapping[int, UUID]
) -> None:
    handed_in = attempts.filter(submitted_at__isnull=False, quiz_id__in=list(finals))
    firsts = handed_in.order_by().values_list("school_id", "learner_id", "quiz_id")
    for school, student, quiz, first in firsts.annotate(first=Min("submitted_at")):
        pupil = pupils.get((school, student))
        if pupil is not None:
            pupil.assessed[finals[quiz]] = first
