"""Patterns in a school's figures that may have an ordinary reason, and the questions that its head is asked.

Read from source rows, so only for the task that runs at night and for the school itself. Officials get a
number of open questions, and never a class or a child.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet
from django.utils import timezone

from schools.models import (
    AdoptionCell,
    Classroom,
    LessonProgress,
    Membership,
    School,
    SchoolQuestion,
    WholeClassSession,
)
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE

FAST = timedelta(seconds=60)
"""A lesson takes several minutes to read."""
LEAST_PUPILS = 5
WITHOUT_SIGN_IN = timedelta(days=7)
SESSIONS_SINCE = timedelta(days=60)
HEAD_HAS = timedelta(days=14)
"""So long a question is the head's alone."""


class Pattern(NamedTuple):
    """Something to ask about: where, what kind, and which class, session or month."""

    school_id: int
    kind: str
    subject: str


def patterns(school_ids: Collection[int]) -> set[Pattern]:
    """What is to be asked about in these schools now. Five queries, however many classes they have."""
    current = _current(school_ids)
    return {
        *_fast(school_ids, current),
        *_above_enrolment(school_ids, current),
        *_nobody_signed_in(school_ids),
    }


def _current(school_ids: Collection[int]) -> list[int]:
    """The classes of the year that runs. One query; the large tables are joined to nothing."""
    return list(
        Classroom.objects.current().filter(school__in=school_ids).order_by().values_list("pk", flat=True)
    )


def _fast(school_ids: Collection[int], current: list[int]) -> set[Pattern]:
    """Classes of which at least half of those who finished lessons of a module took under a minute a lesson."""
    taken = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    rows = (
        LessonProgress.objects.filter(
            school_id__in=school_ids,
            classroom_id__in=current,
            status=LessonProgress.Status.FINISHED,
        )
        .order_by()
        .values_list("school_id", "classroom_id", "module_key", "student")
        .annotate(mean=Avg(taken))
    )
    pupils: Counter[tuple[int, str]] = Counter()
    quick: Counter[tuple[int, str]] = Counter()
    for school_id, classroom_id, module_key, _student, mean in rows.iterator(chunk_size=2000):
        where = (school_id, f"{classroom_id}:{module_key}")
        pupils[where] += 1
        quick[where] += mean < FAST
    return {
        Pattern(*_of(where, SchoolQuestion.Kind.FAST))
        for where, number in pupils.items()
        if number >= LEAST_PUPILS and 2 * quick[where] >= number
    }


def _of(where: tuple[int, str], kind: str) -> tuple[int, str, str]:
    return where[0], kind, where[1]


def _above_enrolment(school_ids: Collection[int], current: list[int]) -> set[Pattern]:
    """Sessions of which more people are counted than the class had then."""
    held = WholeClassSession.objects.ended().filter(
        school_id__in=school_ids, enrolled__gt=0, headcount__gt=F("enrolled")
    )
    return {
        Pattern(school_id, SchoolQuestion.Kind.ABOVE_ENROLMENT, str(session_id))
        for school_id, session_id in held.filter(classroom_id__in=current).values_list("school_id", "id")
    }


def _nobody_signed_in(school_ids: Collection[int]) -> set[Pattern]:
    """Schools with a session, though none of their staff had signed in within the week before it."""
    since = timezone.now() - SESSIONS_SINCE
    held: dict[int, datetime] = dict(
        WholeClassSession.objects.ended()
        .filter(school_id__in=school_ids, started_at__gte=since)
        .order_by()
        .values_list("school_id")
        .annotate(last=Max("started_at"))
    )
    seen = dict(
        Membership.objects.filter(school__in=held, ended_at__isnull=True)
        .order_by()
        .values_list("school")
        .annotate(last=Max("user__last_login"))
    )
    found = set()
    for school_id, at in held.items():
        last = seen.get(school_id)
        if last is None or last < at - WITHOUT_SIGN_IN:
            month = f"{timezone.localtime(at):%Y-%m}"
            found.add(Pattern(school_id, SchoolQuestion.Kind.NOBODY_SIGNED_IN, month))
    return found


def schools_counted_since(moment: datetime) -> QuerySet[School, int]:
    """The schools in which something happened since: those that were counted again."""
    whole = AdoptionCell.objects.filter(
        class_level=ANY_CLASS, module_key=ANY_MODULE, language=ANY_LANGUAGE, computed_at__gte=moment
    )
    open_ones = School.objects.filter(pk__in=whole.values("school"), closed_on=None)
    return open_ones.order_by("pk").values_list("pk", flat=True)


def asked_of(school: School) -> QuerySet[SchoolQuestion]:
    """All that the head was ever asked, the oldest first."""
    return SchoolQuestion.objects.filter(school=school)


def subjects(
    questions: Sequence[SchoolQuestion],
) -> tuple[dict[str, WholeClassSession], dict[int, Classroom]]:
    """The sessions, by their id, and the classes that questions of one school are about. Two queries."""
    if not questions:
        return {}, {}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in questions:
        by_kind[one.kind].append(one.subject)
    held = WholeClassSession.objects.filter(
        school_id=questions[0].school_id, id__in=by_kind[SchoolQuestion.Kind.ABOVE_ENROLMENT]
    )
    sessions = {str(one.id): one for one in held}
    rooms = {int(one.partition(":")[0]) for one in by_kind[SchoolQuestion.Kind.FAST]}
    rooms |= {one.classroom_id for one in sessions.values()}
    found = Classroom.objects.filter(school=questions[0].school_id, pk__in=rooms)
    return sessions, {one.pk: one for one in found}


def open_questions(school_ids: Collection[int]) -> dict[int, int]:
    """For officials: by school, how many questions its head has left open for two weeks. One query."""
    asked = SchoolQuestion.objects.filter(
        Q(answer=""), school__in=school_ids, asked_on__lte=timezone.localdate() - HEAD_HAS
    )
    return dict(asked.order_by().values_list("school").annotate(number=Count("pk")))
