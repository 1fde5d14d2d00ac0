"""What a student's own taps write: lessons read, quizzes taken.

Each is safe to repeat. None is audited: the record itself says what happened, and a log of a child's
every tap would be more about the child than we keep.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.core.identifiers import uuid7
from cms.core.permissions import Permission, require
from cms.users.models import User
from curriculum.queries.catalogue import LessonInfo
from quizzes.actions import attempts
from quizzes.actions.attempts import Place
from quizzes.models import Attempt
from quizzes.queries.papers import Paper
from schools.actions.adoption import mark_stale
from schools.models import Enrolment, LessonProgress


@transaction.atomic
def start_lesson(*, enrolment: Enrolment, lesson: LessonInfo, language: str, by: User) -> None:
    """Note that the student opened the lesson, unless that is known."""
    require(by, Permission.LEARN, enrolment)
    _ensure(enrolment, lesson, language)


@transaction.atomic
def reach_step(*, enrolment: Enrolment, lesson: LessonInfo, step: int, language: str, by: User) -> None:
    """Keep the furthest step, so that the lesson goes on there on any device."""
    require(by, Permission.LEARN, enrolment)
    _ensure(enrolment, lesson, language)
    _of(enrolment, lesson).filter(step__lt=step).update(step=step)


@transaction.atomic
def finish_lesson(*, enrolment: Enrolment, lesson: LessonInfo, language: str, by: User) -> None:
    """The student says that they finished. Saying it again, or in another language, changes nothing."""
    require(by, Permission.LEARN, enrolment)
    _ensure(enrolment, lesson, language)
    _of(enrolment, lesson).filter(status=LessonProgress.Status.STARTED).update(
        status=LessonProgress.Status.FINISHED, finished_at=timezone.now(), language=language
    )


def start_quiz(*, enrolment: Enrolment, id: UUID, paper: Paper, language: str, by: User) -> Attempt:
    """See `quizzes.actions.attempts.start`."""
    require(by, Permission.LEARN, enrolment)
    school = enrolment.classroom.school
    place = Place(school_id=school.pk, state_id=school.state_id, classroom_id=enrolment.classroom_id)
    return attempts.start(id=id, paper=paper, place=place, language=language, by=by)


def answer(
    *, enrolment: Enrolment, quiz_id: int, id: UUID, number: int, chosen: Sequence[str], by: User
) -> Attempt:
    """See `quizzes.actions.attempts.answer`."""
    require(by, Permission.LEARN, enrolment)
    school_id = enrolment.classroom.school_id
    return attempts.answer(school_id=school_id, quiz_id=quiz_id, id=id, number=number, chosen=chosen, by=by)


@transaction.atomic
def hand_in(*, enrolment: Enrolment, paper: Paper, id: UUID, by: User) -> Attempt:
    """Hand a quiz in. The school's figures are touched once, however often this is repeated."""
    require(by, Permission.LEARN, enrolment)
    school_id = enrolment.classroom.school_id
    attempt, is_new = attempts.submit(
        school_id=school_id, quiz_id=paper.quiz_id, id=id, pass_mark=paper.pass_mark, by=by
    )
    if is_new:
        mark_stale(school_id)
    return attempt


def _of(enrolment: Enrolment, lesson: LessonInfo) -> Any:
    return LessonProgress.objects.filter(
        school_id=enrolment.classroom.school_id, student=enrolment.student_id, lesson_key=lesson.key
    )


def _ensure(enrolment: Enrolment, lesson: LessonInfo, language: str) -> None:
    """A row to move forward. Where there is one already it stays as it is."""
    classroom = enrolment.classroom
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(
                school_id=classroom.school_id,
                id=uuid7(),
                state_id=classroom.school.state_id,
                classroom_id=classroom.pk,
                student_id=enrolment.student_id,
                module_key=lesson.module_key,
                lesson_key=lesson.key,
                language=language,
            )
        ],
        ignore_conflicts=True,
    )
    mark_stale(classroom.school_id)
