"""What pupils got wrong, by objective: counted in each school from first tries, summed up for officials."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from curriculum.queries import catalogue
from quizzes.models import Attempt, Objective
from schools.models import AdoptionCell, Classroom, ObjectiveCell, Release, ReleasedObjective, School, State
from schools.models.released import PlaceKind
from schools.publication import is_objective_shown, published_wrong
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE
from schools.queries.published import held

Key = tuple[int, str, int, UUID, str]
"""School, school year, class, module, objective."""
PlaceKey = tuple[str, int, int, str]
"""Kind of place, place, class, objective."""


@dataclass
class _Tally:
    answers: int = 0
    wrong: int = 0


def count_schools(school_ids: Iterable[int]) -> list[ObjectiveCell]:
    """The schools' cells, unsaved, of all school years: each pupil's first try at each module's final quiz."""
    keys = list(school_ids)
    rooms = {
        pk: (year, level)
        for pk, year, level in Classroom.objects.filter(school__in=keys).values_list(
            "pk", "academic_year", "class_level"
        )
    }
    tallies: dict[Key, _Tally] = defaultdict(_Tally)
    modules = {
        one.final_quiz_id: one.key
        for one in catalogue.modules(catalogue.SOURCE_LANGUAGE)
        if one.final_quiz_id is not None
    }
    for school_id, classroom_id, quiz_id, sheet in _first_tries(keys, modules):
        if classroom_id not in rooms:
            continue
        for entry in sheet:
            tally = tallies[school_id, *rooms[classroom_id], modules[quiz_id], entry["objective"]]
            tally.answers += 1
            tally.wrong += entry["mark"] != 1
    return [_cell(key, tally) for key, tally in tallies.items()]


def _first_tries(
    school_ids: list[int], quizzes: Collection[int]
) -> Iterator[tuple[int, int, int, list[dict[str, Any]]]]:
    handed_in = Attempt.objects.filter(school_id__in=school_ids, quiz__in=quizzes, submitted_at__isnull=False)
    rows = handed_in.order_by("school_id", "learner", "quiz", "submitted_at", "id").values_list(
        "school_id", "classroom_id", "learner", "sheet", "quiz"
    )
    before = None
    for school_id, classroom_id, learner_id, sheet, quiz_id in rows.iterator(chunk_size=1000):
        if (school_id, learner_id, quiz_id) != before:
            yield school_id, classroom_id, quiz_id, sheet
        before = (school_id, learner_id, quiz_id)


def _cell(key: Key, tally: _Tally) -> ObjectiveCell:
    school_id, year, level, module_key, objective = key
    return ObjectiveCell(
        school_id=school_id,
        academic_year=year,
        class_level=level,
        module_key=module_key,
        objective=objective,
        answers=tally.answers,
        wrong=tally.wrong,
    )


def schools_with_answers(after: datetime | None) -> list[int]:
    """The schools in which a quiz was handed in after that moment, or ever."""
    handed_in = Attempt.objects.filter(submitted_at__isnull=False)
    if after is not None:
        handed_in = handed_in.filter(submitted_at__gt=after)
    there = handed_in.order_by().values("school_id").distinct()
    return list(School.objects.filter(pk__in=there).order_by("pk").values_list("pk", flat=True))


def percent_by_place(state: State, academic_year: str) -> dict[PlaceKey, tuple[int]]:
    """What may be published of the state and its districts, by kind of place, place, class and objective.

    Whether a module's answers count is told by the numbers of classes and schools that were assessed in it,
    which everybody sees: that a share stands there says nothing more.
    """
    rows = (
        ObjectiveCell.objects.filter(school__state=state, academic_year=academic_year)
        .order_by()
        .values_list("school__district", "class_level", "module_key", "objective")
        .annotate(Sum("answers"), Sum("wrong"))
    )
    assessed = _assessed(state)
    sums: dict[PlaceKey, list[int]] = defaultdict(lambda: [0, 0])
    for district, level, module_key, objective, answers, wrong in rows:
        for kind, place in ((PlaceKind.STATE, state.pk), (PlaceKind.DISTRICT, district)):
            for one in (level, ANY_CLASS):
                if is_objective_shown(*assessed[str(kind), place, one, module_key]):
                    own = sums[str(kind), place, one, objective]
                    own[:] = [own[0] + answers, own[1] + wrong]
    return {key: (published_wrong(*counts),) for key, counts in sums.items()}


def _assessed(state: State) -> dict[tuple[str, int, int, UUID], list[int]]:
    """By kind of place, place, class and module: how many classes, of how many schools, were assessed."""
    found: dict[tuple[str, int, int, UUID], list[int]] = defaultdict(lambda: [0, 0])
    rows = (
        AdoptionCell.objects.filter(
            school__state=state, school__closed_on__isnull=True, language=ANY_LANGUAGE, classes_assessed__gt=0
        )
        .order_by()
        .values_list("school__district", "class_level", "module_key")
        .annotate(number=Sum("classes_assessed"), behind=Count("pk"))
    )
    for district, level, module_key, classes, schools in rows:
        for kind, place in ((PlaceKind.STATE, state.pk), (PlaceKind.DISTRICT, district)):
            own = found[str(kind), place, level, module_key]
            own[:] = [own[0] + classes, own[1] + schools]
    return found


@dataclass(frozen=True)
class HardObjective:
    """An objective, in the reader's language, and the share of answers to it that was not right."""

    code: str
    text: str
    percent_wrong: int


def hardest(place: Any, class_level: int, *, release: Release | None) -> list[HardObjective]:
    """The objectives that pupils of a state or district got wrong most, the hardest first. Two queries."""
    kind = {"State": PlaceKind.STATE, "District": PlaceKind.DISTRICT}.get(type(place).__name__)
    if kind is None or release is None:
        return []
    rows = dict(
        ReleasedObjective.objects.filter(
            held(release), place_kind=kind, place_id=place.pk, class_level=class_level
        ).values_list("objective", "percent_wrong")
    )
    texts = {one.code: one.text for one in Objective.objects.filter(code__in=rows)}
    found = [HardObjective(code, texts.get(code, code), percent) for code, percent in rows.items()]
    return sorted(found, key=lambda one: (-one.percent_wrong, one.code))
