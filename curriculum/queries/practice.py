"""What a lesson's public page shows beside its blocks."""

from collections.abc import Iterable

from curriculum.models import LessonPage
from quizzes.models import Objective, Question


def practice_questions(quiz_id: int) -> list[Question]:
    """The questions of a practice quiz, in order."""
    return list(Question.objects.filter(places__quiz_id=quiz_id).order_by("places__sort_order", "places__id"))


def objectives_of(lesson_ids: Iterable[int]) -> list[Objective]:
    """What the lessons teach, each objective once, in the order of the lessons."""
    lessons = LessonPage.objects.filter(pk__in=list(lesson_ids)).prefetch_related("objectives")
    in_order = {lesson.pk: lesson for lesson in lessons}
    found: dict[int, Objective] = {}
    for pk in lesson_ids:
        for objective in in_order[pk].objectives.all() if pk in in_order else ():
            found.setdefault(objective.pk, objective)
    return list(found.values())
