"""Believable progress: written in bulk, with the same papers and the same marking as real attempts."""

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cms.core.identifiers import uuid7
from cms.users.models import User
from curriculum.queries.catalogue import LessonInfo, ModuleInfo
from quizzes import scoring
from quizzes.models import Attempt, Question
from quizzes.queries import papers
from quizzes.queries.papers import Paper
from schools.models import Classroom, Enrolment, LessonProgress, WholeClassSession

ABILITY = (0.55, 0.95)


def add_progress(
    classroom: Classroom,
    enrolments: Iterable[Enrolment],
    modules: Iterable[ModuleInfo],
    done: float,
    chance: random.Random,
) -> None:
    """Let about the share `done` of the pupils finish; others stop somewhere on the way or have not begun."""
    progress: list[LessonProgress] = []
    attempts: list[Attempt] = []
    for enrolment in enrolments:
        reach = chance.random() < done
        ability = chance.uniform(*ABILITY)
        for module in modules:
            lessons = module.lessons if reach else module.lessons[: chance.randrange(len(module.lessons))]
            lessons = lessons if reach or chance.random() < 2 * done else ()
            for lesson in lessons:
                finished_at = timezone.now() - timedelta(
                    days=chance.randrange(1, 20), minutes=chance.randrange(300)
                )
                progress.append(finished_lesson(classroom, enrolment.student_id, lesson, finished_at))
                attempts += _attempt(classroom, enrolment, lesson.practice_quiz_id, ability, chance)
            if reach and chance.random() < 0.85:
                attempts += _attempt(classroom, enrolment, module.final_quiz_id, ability, chance)
    LessonProgress.objects.bulk_create(progress)
    Attempt.objects.bulk_create(attempts)


def finished_lesson(
    classroom: Classroom, student_id: int, lesson: LessonInfo, finished_at: datetime
) -> LessonProgress:
    return LessonProgress(
        school_id=classroom.school_id,
        id=uuid7(),
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        student_id=student_id,
        module_key=lesson.module_key,
        lesson_key=lesson.key,
        status=LessonProgress.Status.FINISHED,
        language=classroom.language,
        started_at=finished_at - timedelta(minutes=lesson.minutes),
        finished_at=finished_at,
    )


def taught_lesson(
    classroom: Classroom,
    lesson: LessonInfo,
    teacher: User,
    held_on: date,
    headcount: int,
    enrolled: int,
) -> WholeClassSession:
    """A lesson taught to the whole class on one screen; nobody counted hands."""
    ended_at = timezone.make_aware(datetime.combine(held_on, time(11)))
    return WholeClassSession(
        school_id=classroom.school_id,
        id=uuid7(),
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        module_key=lesson.module_key,
        lesson_key=lesson.key,
        language=classroom.language,
        held_on=held_on,
        started_at=ended_at - timedelta(minutes=lesson.minutes),
        ended_at=ended_at,
        headcount=headcount,
        enrolled=enrolled,
        teacher=teacher,
    )


def _attempt(
    classroom: Classroom, enrolment: Enrolment, quiz_id: int | None, ability: float, chance: random.Random
) -> list[Attempt]:
    paper = papers.paper(quiz_id, classroom.language) if quiz_id else None
    if paper is None:
        return []
    submitted_at = timezone.now() - timedelta(days=chance.randrange(1, 15))
    return [handed_in(classroom, enrolment.student_id, paper, ability, submitted_at, chance)]


def handed_in(
    classroom: Classroom,
    student_id: int,
    paper: Paper,
    ability: float,
    submitted_at: datetime,
    chance: random.Random,
) -> Attempt:
    """An attempt in which each answer is right with the chance `ability`."""
    attempt_id = uuid7()
    sheet = papers.sheet(paper, attempt_id)
    for item in sheet:
        right = [choice["key"] for choice in item["choices"] if choice["is_correct"]]
        wrong = [choice["key"] for choice in item["choices"] if not choice["is_correct"]]
        knows = chance.random() < ability
        item["answer"] = right if knows else _wrong_answer(item["kind"], right, wrong, chance)
        item["mark"] = scoring.mark(right, item["answer"])
    score = scoring.total(item["mark"] for item in sheet)
    return Attempt(
        school_id=classroom.school_id,
        id=attempt_id,
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        learner_id=student_id,
        quiz_id=paper.quiz_id,
        language=classroom.language,
        sheet=sheet,
        started_at=submitted_at - timedelta(minutes=5),
        submitted_at=submitted_at,
        score=score,
        max_score=len(sheet),
        has_passed=scoring.has_passed(score, len(sheet), paper.pass_mark),
    )


def _wrong_answer(kind: str, right: list[str], wrong: list[str], chance: random.Random) -> list[str]:
    """The first wrong choice draws more than the others, as a real misunderstanding does."""
    pick = wrong[0] if chance.random() < 0.6 else chance.choice(wrong)
    return [pick] if kind != Question.Kind.MULTIPLE else [right[0], pick]
