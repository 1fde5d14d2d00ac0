"""What was taught to whole classes: sessions, what they delivered, and the hands that went up."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from curriculum.models import LessonPage
from curriculum.queries import catalogue
from curriculum.queries.catalogue import LessonInfo, ModuleInfo
from curriculum.queries.practice import practice_questions
from quizzes.models import Choice, Question
from schools.models import Assignment, Classroom, Department, Enrolment, OptOut, WholeClassSession
from schools.queries import classes
from schools.scoring.delivery import USUAL_PERCENT, Held, lessons_delivered

Hands = dict[str, dict[str, int]]
"""By a question's key, then by a choice's: how many hands went up."""


def session_of(classroom: Classroom, id: UUID) -> WholeClassSession | None:
    return WholeClassSession.objects.of(classroom).filter(id=id).first()


def ended_of(classroom: Classroom) -> list[WholeClassSession]:
    """The sessions of a class that count, latest first."""
    ended = WholeClassSession.objects.of(classroom).ended()
    return list(ended.select_related("teacher").order_by("-held_on", "-ended_at"))


def begun_by(classroom: Classroom, teacher_id: int) -> list[WholeClassSession]:
    """What a teacher began in a class and neither ended nor took back, latest first."""
    begun = WholeClassSession.objects.of(classroom).filter(ended_at__isnull=True, teacher=teacher_id)
    return list(begun.order_by("-started_at"))


def completion_percents(states: Collection[int]) -> dict[int, int]:
    """By state, the share of a class's pupils that counts as most of them."""
    found = Department.objects.filter(state__in=states).values_list("state_id", "completion_percent")
    return dict.fromkeys(states, USUAL_PERCENT) | dict(found)


def held_in(classrooms: Sequence[Classroom]) -> dict[int, list[Held]]:
    """The ended sessions of each class, by its key. One query, however many classes."""
    rows = WholeClassSession.objects.ended().filter(
        school_id__in={one.school_id for one in classrooms}, classroom_id__in=[one.pk for one in classrooms]
    )
    found: dict[int, list[Held]] = {one.pk: [] for one in classrooms}
    for room, lesson_key, held_on, headcount, enrolled in rows.values_list(
        "classroom_id", "lesson_key", "held_on", "headcount", "enrolled"
    ):
        found[room].append(Held(lesson_key, held_on, headcount or 0, enrolled))
    return found


def delivered_by_class(classrooms: Sequence[Classroom]) -> dict[int, dict[UUID, date]]:
    """By class, the lessons that were delivered to it and the first day of each: two queries.

    The classes come with their school read. See `schools.scoring.delivery` for the rule.
    """
    percents = completion_percents({one.school.state_id for one in classrooms})
    held = held_in(classrooms)
    return {one.pk: lessons_delivered(held[one.pk], percents[one.school.state_id]) for one in classrooms}


def delivered_of(classroom: Classroom, sessions: Iterable[WholeClassSession]) -> dict[UUID, date]:
    """The same for one class whose ended `sessions` have been read: one query."""
    held = [Held(one.lesson_key, one.held_on, one.headcount or 0, one.enrolled) for one in sessions]
    return lessons_delivered(held, completion_percent(classroom))


def completion_percent(classroom: Classroom) -> int:
    state = classroom.school.state_id
    return completion_percents({state})[state]


def delivered_lessons(classroom: Classroom) -> set[UUID]:
    """The lessons that were delivered to a class."""
    return set(delivered_by_class([classroom])[classroom.pk])


def latest_hands(
    sessions: Iterable[WholeClassSession],
) -> dict[str, tuple[WholeClassSession, dict[str, int]]]:
    """For each question, the newest session in which hands were counted, and the hands. Newest come first."""
    found: dict[str, tuple[WholeClassSession, dict[str, int]]] = {}
    for session in sessions:
        for key, hands in session.tallies.items():
            found.setdefault(key, (session, hands))
    return found


def teachable(classroom: Classroom, language: str | None = None) -> list[ModuleInfo]:
    """What may be taught to a class: what it is given now, then the other modules for its age.

    In `language`, the reader's unless given. A sensitive one may still be closed: ask `classes.missing`.
    """
    given = [one.module_key for one in classes.assignments_of(classroom)]
    keys = dict.fromkeys([*given, *(one.key for one in catalogue.for_class(classroom.class_level))])
    found = (catalogue.module(key, language) for key in keys)
    return [module for module in found if module is not None]


def lesson_to_teach(classroom: Classroom, lesson_key: UUID) -> tuple[ModuleInfo, LessonInfo] | None:
    """A lesson that may be taught to a class, with its module: in the language of the class."""
    for module in teachable(classroom, classroom.language):
        for lesson in module.lessons:
            if lesson.key == lesson_key:
                return module, lesson
    return None


def opened_on(classroom: Classroom, module_key: UUID) -> date | None:
    """The first day on which the class has the module now; None when it is not given."""
    given = Assignment.objects.filter(classroom=classroom, module_key=module_key, undone_at__isnull=True)
    return given.values_list("opens_on", flat=True).first()


def enrolled_count(classroom: Classroom) -> int:
    return Enrolment.objects.active().filter(classroom=classroom).count()


def other_work_count(classroom: Classroom) -> int:
    """How many of the class leave the room for a sensitive lesson: they have other work, or came late.

    A number and never a name: this may be read while a projector is on.
    """
    here = Enrolment.objects.active().filter(classroom=classroom)
    has_other = OptOut.objects.filter(enrolment__in=here).count()
    return has_other + classes.late_count(classroom)


def page_of(lesson: LessonInfo) -> LessonPage:
    return LessonPage.objects.get(pk=lesson.page_id)


def questions_of(lesson: LessonInfo) -> list[Question]:
    """The questions that a class is asked by show of hands: those in the lesson, then its practice."""
    asked = [
        child.value["question"]
        for child in page_of(lesson).body
        if child.block_type == "check" and child.value["question"] is not None
    ]
    practice = practice_questions(lesson.practice_quiz_id) if lesson.practice_quiz_id is not None else []
    return [one for one in dict.fromkeys([*asked, *practice]) if one.live]


def choices_of(questions: Collection[Question]) -> dict[str, list[Choice]]:
    """The choices of each question in order, by the question's key: one query."""
    found: dict[str, list[Choice]] = defaultdict(list)
    choices = Choice.objects.filter(question__in=questions).select_related("question")
    for choice in choices.order_by("sort_order", "key"):
        found[choice.question.key].append(choice)
    return found
