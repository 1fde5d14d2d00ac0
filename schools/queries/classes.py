"""Classes as their teachers and heads see them: what is next, who has done what."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from cms.core.models import AuditEvent
from cms.users.models import User
from curriculum.queries import catalogue
from quizzes.models import Attempt
from schools.models import (
    Assignment,
    Classroom,
    Department,
    Enrolment,
    LessonProgress,
    Membership,
    OptOut,
    Role,
    School,
    SchoolReadiness,
)
from schools.models.scopes import active_roles
from schools.scoring.work import module_for

APRIL = 4
PARENT_NOTICE = "parent_notice"
"""What `missing` calls a notice that families have not had."""
OTHER_WORK_KEPT = "other_work.kept"
"""The audit log's word for a teacher having said who has other work, be it nobody."""
CAME_AFTER_THE_NOTICE = Q(joined_on__gt=F("classroom__parent_notice__given_on"))
"""Of enrolments: the family has not had the notice, so sensitive modules stay closed to the student."""


def school_year(school: School, today: date | None = None) -> str:
    """The school year that runs now, such as `2026-27`; it starts in the month that the department set."""
    starts_in = (
        Department.objects.filter(state=school.state_id).values_list("year_starts_in", flat=True).first()
    )
    return year_that_runs(starts_in or APRIL, today)


def year_that_runs(starts_in: int, today: date | None = None) -> str:
    """The school year of a day, where the year starts in the month `starts_in`."""
    today = today or timezone.localdate()
    first = today.year if today.month >= starts_in else today.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def schools_taught_in(user: Any) -> QuerySet[School]:
    """The schools in which `user` holds the role of a teacher."""
    taught = active_roles(user).filter(role=Role.TEACHER).values("school")
    return School.objects.visible_to(user).filter(pk__in=taught)


def schools_worked_in(user: Any) -> QuerySet[School]:
    """The schools in which `user` teaches, leads or keeps children safe."""
    held = active_roles(user).filter(school__isnull=False).values("school")
    return School.objects.visible_to(user).filter(pk__in=held)


def taught_by(user: Any) -> QuerySet[Classroom]:
    """The current classes that `user` teaches."""
    mine = Classroom.objects.visible_to(user).current()
    return mine.filter(teachings__teacher=user).order_by("school__name", "class_level", "section")


def missing(classroom: Classroom) -> list[str]:
    """What is not yet in place before a sensitive module may open to a class; empty when all is."""
    readiness = getattr(classroom.school, "readiness", None) or SchoolReadiness(school=classroom.school)
    lacking = readiness.missing()
    if getattr(classroom, "parent_notice", None) is None:
        lacking.append(PARENT_NOTICE)
    return lacking


def teachers_of(classroom: Classroom) -> QuerySet[User]:
    """Who teaches a class and is a teacher of its school now."""
    held = Membership.objects.filter(
        school=classroom.school_id, role=Role.TEACHER, started_at__lte=timezone.now()
    ).exclude(ended_at__lte=timezone.now())
    here = User.objects.filter(is_active=True, teachings__classroom=classroom, pk__in=held.values("user"))
    return here.order_by("name", "email")


def late_count(classroom: Classroom) -> int:
    """How many students joined after the notice, so that their families have not had it."""
    return _late(Enrolment.objects.filter(classroom=classroom)).count()


def _late(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Whoever has other work needs no notice: that family has answered."""
    return enrolments.filter(CAME_AFTER_THE_NOTICE, left_on__isnull=True, opt_out__isnull=True)


def with_what_is_next(classrooms: QuerySet[Classroom]) -> QuerySet[Classroom]:
    """Add what decides what a teacher should do next, but for `overdue`: one query, however many classes."""
    today = timezone.localdate()
    now = timezone.now()
    active = Enrolment.objects.active().filter(classroom=OuterRef("pk"))
    given = Assignment.objects.filter(classroom=OuterRef("pk"), undone_at__isnull=True)
    still_due = given.filter(due_on__gte=today).order_by("due_on")
    return classrooms.select_related("school", "school__readiness", "parent_notice").annotate(
        student_count=_count_of(active),
        locked_count=_count_of(active.filter(locked_until__gt=now)),
        late_count=_count_of(_late(active)),
        assignment_count=_count_of(given),
        is_other_work_settled=_is_other_work_settled(),
        next_due_on=Subquery(still_due.values("due_on")[:1]),
    )


def _is_other_work_settled() -> ExpressionWrapper:
    """Whether a class's teacher has said who has other work, be it nobody, since families had the notice.

    Or the class has, or had, a sensitive module: then it is too late to ask again and again.
    """
    sensitive = [one.key for one in catalogue.modules() if one.is_sensitive]
    had = Assignment.objects.filter(classroom=OuterRef("pk"), module_key__in=sensitive)
    marked = OptOut.objects.filter(enrolment__classroom=OuterRef("pk"), enrolment__left_on__isnull=True)
    kept = AuditEvent.objects.filter(
        action=OTHER_WORK_KEPT,
        subject_type=Classroom._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
        at__date__gte=OuterRef("parent_notice__given_on"),
    )
    return ExpressionWrapper(Q(Exists(had)) | Q(Exists(marked)) | Q(Exists(kept)), BooleanField())


def _count_of(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("classroom").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def people_by_school(schools: Collection[int], *roles: Role) -> dict[int, list[User]]:
    """Who holds one of `roles` at each school now, by name."""
    now = timezone.now()
    held = (
        Membership.objects.filter(
            school__in=schools, role__in=roles, started_at__lte=now, user__is_active=True
        )
        .exclude(ended_at__lte=now)
        .select_related("user")
        .order_by("user__name", "user__email")
    )
    people: dict[int, list[User]] = defaultdict(list)
    for membership in held:
        at_school = people[cast(int, membership.school_id)]
        if membership.user not in at_school:
            at_school.append(membership.user)
    return people


def assignments_of(classroom: Classroom) -> list[Assignment]:
    """What a class is given now, first due first."""
    return list(classroom.assignments.filter(undone_at__isnull=True))


def undone_assignments_of(classroom: Classroom) -> list[Assignment]:
    return list(classroom.assignments.filter(undone_at__isnull=False).order_by("-undone_at"))


def students_of(classroom: Classroom) -> list[Enrolment]:
    """Everyone who is or was in a class; leavers have `left_on`."""
    return list(classroom.enrolments.select_related("opt_out"))


@dataclass(frozen=True)
class Done:
    """What students have done: a lesson's status by (student, lesson), and the quizzes handed in."""

    lessons: dict[tuple[int, UUID], str]
    quizzes: set[tuple[int, int]]


def done_by(classroom: Classroom, enrolments: Iterable[Enrolment], module_keys: Collection[UUID]) -> Done:
    """What `enrolments` have done in some modules, in any language, in any class of the school."""
    students = [one.student_id for one in enrolments]
    progress = LessonProgress.objects.filter(
        school_id=classroom.school_id, student__in=students, module_key__in=module_keys
    ).values_list("student_id", "lesson_key", "status")
    handed_in = Attempt.objects.filter(
        school_id=classroom.school_id,
        learner__in=students,
        quiz__module_key__in=module_keys,
        submitted_at__isnull=False,
    ).values_list("learner_id", "quiz_id")
    return Done(
        lessons={(student, lesson): status for student, lesson, status in progress},
        quizzes=set(handed_in.distinct()),
    )


@dataclass(frozen=True)
class Completion:
    """How much of what a class was given is finished, in lessons times students."""

    finished: int
    expected: int


def completion(classrooms: Sequence[Classroom]) -> dict[int, Completion]:
    """The completion of each class, by its key: three queries, however many classes.

    A student whose family opted out counts with their other module; one who joined after the notice
    does not count for what is closed to them.
    """
    totals = {one.pk: [0, 0] for one in classrooms}
    for given, done in _done_of_assignments(classrooms):
        totals[given.classroom_id][0] += done.finished
        totals[given.classroom_id][1] += done.expected
    return {pk: Completion(finished, expected) for pk, (finished, expected) in totals.items()}


def overdue(classrooms: Sequence[Classroom]) -> dict[int, date]:
    """By class, the earliest day that has passed and by which a module was to be finished and is not."""
    today = timezone.localdate()
    found: dict[int, date] = {}
    for given, done in _done_of_assignments(classrooms):
        if given.due_on < today and done.finished < done.expected:
            found[given.classroom_id] = min(given.due_on, found.get(given.classroom_id, given.due_on))
    return found


def _done_of_assignments(classrooms: Sequence[Classroom]) -> Iterator[tuple[Assignment, Completion]]:
    """What the classes are given now, each with how much of it is finished: three queries."""
    rooms = [one.pk for one in classrooms]
    active = Enrolment.objects.active().filter(classroom__in=rooms)
    students = _students_by_work(active)
    finished = _finished_lessons({one.school_id for one in classrooms}, active)
    for given in Assignment.objects.filter(classroom__in=rooms, undone_at__isnull=True):
        done = all_ = 0
        for has_other in (False, True):
            for is_late in (False, True):
                key = module_of(given, has_other, is_late=is_late)
                module = catalogue.module(key) if key else None
                if module is not None:
                    work = (given.classroom_id, has_other, is_late)
                    done += finished[*work, module.key]
                    all_ += students[work] * len(module.lessons)
        yield given, Completion(done, all_)


def _students_by_work(active: QuerySet[Enrolment]) -> Counter:
    """Students by (class, whether they have other work, whether they came after the notice)."""
    has_other = Exists(OptOut.objects.filter(enrolment=OuterRef("pk")))
    is_late = Case(When(CAME_AFTER_THE_NOTICE, then=Value(True)), default=Value(False))
    rows = active.order_by().values("classroom", other=has_other, late=is_late).annotate(n=Count("pk"))
    return Counter({(row["classroom"], row["other"], row["late"]): row["n"] for row in rows})


def _finished_lessons(schools: Collection[int], active: QuerySet[Enrolment]) -> Counter:
    """Finished lessons by (class now, whether the student has other work, whether late, module)."""
    now_in = active.filter(student=OuterRef("student_id")).order_by()
    has_other = OptOut.objects.filter(enrolment__in=active, enrolment__student=OuterRef("student_id"))
    rows = (
        LessonProgress.objects.filter(school_id__in=schools, status=LessonProgress.Status.FINISHED)
        .annotate(
            now_in=Subquery(now_in.values("classroom")[:1]),
            other=Exists(has_other),
            late=Exists(now_in.filter(CAME_AFTER_THE_NOTICE)),
        )
        .filter(now_in__isnull=False)
        .values("now_in", "other", "late", "module_key")
        .annotate(n=Count("id"))
    )
    return Counter({(row["now_in"], row["other"], row["late"], row["module_key"]): row["n"] for row in rows})


def module_of(assignment: Assignment, has_other_work: bool, *, is_late: bool = False) -> UUID | None:
    """The module that a student works on for an assignment.

    None when an opted-out student has nothing, and while a sensitive one is closed to a student who came
    after the notice.
    """
    module = catalogue.module(assignment.module_key)
    return module_for(
        assignment.module_key,
        assignment.other_module_key,
        is_sensitive=module.is_sensitive if module else None,
        has_other_work=has_other_work,
        is_late=is_late,
    )
