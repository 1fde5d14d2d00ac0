"""The one way to released figures, for screens, files and the API alike.

Each question takes a release (`releases` lists the kept ones); without one it is the newest. Whoever asks
gives only places that the person may see: what is read here is never narrowed down by who asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from schools.models import (
    Block,
    District,
    Release,
    ReleasedCounts,
    ReleasedRules,
    ReleasedWeek,
    School,
    State,
)
from schools.publication import Rules, published_percent
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE

KIND_OF = {State: "state", District: "district", Block: "block", School: "school"}
PUPILS = ("pupils", "pupils_completed", "pupils_assessed")
SCHOOLS = (
    *("schools", "schools_ready", "schools_assigned"),
    *("schools_delivered", "schools_completed", "schools_assessed"),
)
CLASSES = ("classes", "classes_assigned", "classes_delivered", "classes_completed", "classes_assessed")
RUNGS = ("schools_ready", "schools_assigned", "schools_delivered", "schools_completed", "schools_assessed")
"""From the lowest: a school's rung is the highest of these that it has reached."""
NOT_BEGUN, NO_SUCH_CLASS, NOT_COUNTED = 0, len(RUNGS) + 1, -1


@dataclass(frozen=True)
class Figures:
    """One place's figures of one release. Numbers of pupils are None when they are not shown.

    `percent` is that of each number of pupils among those enrolled.
    """

    schools: dict[str, int]
    classes: dict[str, int]
    pupils: dict[str, int | None]
    percent: dict[str, int | None]


@dataclass(frozen=True)
class Question:
    """Which cells are asked for: a class (1 to 12) or all, a module or any, a language or all.

    A language is published for all classes together only, and for single modules from districts up.
    """

    class_level: int = ANY_CLASS
    module_key: UUID = ANY_MODULE
    language: str = ANY_LANGUAGE


@dataclass(frozen=True)
class Answer:
    """What a release says of a place: all in all, by module, class and language, and of the places inside it.

    `by_module` is for the class and language asked for, `by_class` for the module, `by_language` for the
    module, of all classes. `counted` are the places inside that the release knows at all, also where
    nothing fits the question.
    """

    as_of: datetime | None
    own: Figures | None
    by_module: dict[UUID, Figures]
    by_class: dict[int, Figures]
    by_language: dict[str, Figures]
    inside: dict[int, Figures]
    counted: frozenset[int]


@dataclass(frozen=True)
class Week:
    """How many classes and schools reached each rung in the week from Monday `start`; sums make a trend."""

    start: date
    schools: dict[str, int]
    classes: dict[str, int]


def releases() -> QuerySet[Release]:
    """The kept releases, newest first: about two months of nights, and the month ends of a year."""
    return Release.objects.order_by("-pk")


def newest() -> Release | None:
    """The newest release; None before the first. Asked once for a screen, and given to each question."""
    return releases().first()


def release_at(number: object) -> Release | None:
    """The kept release of that number, as an address names it; None for anything else."""
    text = str(number)
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return Release.objects.filter(pk=int(text)).first() if is_number else None


def ask(
    place: Any,
    parts: Iterable[Any],
    question: Question,
    threshold: int | None = None,
    *,
    release: Release | None = None,
) -> Answer:
    """The figures of `place` and of `parts`, which are all of one kind. One query when the release is
    given, however many parts. What may not be shown is not in the release, so `threshold` changes nothing.
    """
    release = release or newest()
    if release is None:
        return Answer(None, None, {}, {}, {}, {}, frozenset())
    rows = list(ReleasedCounts.objects.filter(held(release), _wanted(place, list(parts), question)))
    kind = KIND_OF[type(place)]
    wholes = {
        (one.place_kind, one.place_id, one.module_key): one
        for one in rows
        if (one.class_level, one.language) == (ANY_CLASS, ANY_LANGUAGE)
    }

    def figures(one: ReleasedCounts) -> Figures:
        return _figures(one, wholes.get((one.place_kind, one.place_id, one.module_key)))

    own = {_question_of(one): figures(one) for one in rows if one.place_kind == kind}
    inside = [one for one in rows if one.place_kind != kind]
    return Answer(
        as_of=release.as_of,
        own=own.get(question),
        by_module=_only(own, "module_key", replace(question, module_key=ANY_MODULE)),
        by_class=_only(own, "class_level", replace(question, class_level=ANY_CLASS)),
        by_language=_only(own, "language", replace(question, class_level=ANY_CLASS, language=ANY_LANGUAGE)),
        inside={one.place_id: figures(one) for one in inside if _question_of(one) == question},
        counted=frozenset(one.place_id for one in inside),
    )


def _wanted(place: Any, parts: list[Any], question: Question) -> Q:
    """Of the place itself, all; of its parts, the answer and what it is compared with."""
    wanted = Q(place_kind=KIND_OF[type(place)], place_id=place.pk)
    if parts:
        asked = Q(
            class_level=question.class_level, module_key=question.module_key, language=question.language
        )
        modules = [ANY_MODULE, question.module_key]
        wholes = Q(class_level=ANY_CLASS, module_key__in=modules, language=ANY_LANGUAGE)
        keys = [part.pk for part in parts]
        wanted |= Q(asked | wholes, place_kind=KIND_OF[type(parts[0])], place_id__in=keys)
    return wanted


def _only(own: dict[Question, Figures], name: str, question: Question) -> dict[Any, Figures]:
    """By one of the question's filters, where the others are as asked; without the row of all together."""
    everything = getattr(question, name)
    return {
        getattr(one, name): figures
        for one, figures in own.items()
        if getattr(one, name) != everything and replace(one, **{name: everything}) == question
    }


def by_class_of(
    schools: Iterable[School], module_key: UUID = ANY_MODULE, *, release: Release | None = None
) -> dict[int, dict[int, Figures]]:
    """Of each school, the figures of each of its classes, for a module or any. One query for all of them."""
    release = release or newest()
    if release is None:
        return {}
    rows = ReleasedCounts.objects.filter(
        held(release),
        place_kind="school",
        place_id__in=[one.pk for one in schools],
        module_key=module_key,
        language=ANY_LANGUAGE,
    )
    found: dict[int, dict[int, Figures]] = {}
    for one in rows.exclude(class_level=ANY_CLASS).order_by("class_level"):
        found.setdefault(one.place_id, {})[one.class_level] = _figures(one, None)
    return found


def trend(place: Any, question: Question, *, release: Release | None = None) -> list[Week]:
    """Week by week, how many classes and schools reached each rung; weeks in which none did are left out.

    Of all languages; by class for a state and district, of all classes for a block and school.
    """
    release = release or newest()
    if release is None or question.language != ANY_LANGUAGE:
        return []
    weeks = ReleasedWeek.objects.filter(
        held(release),
        place_kind=KIND_OF[type(place)],
        place_id=place.pk,
        class_level=question.class_level,
        module_key=question.module_key,
    )
    return [
        Week(
            one.week,
            {name: getattr(one, name) for name in SCHOOLS[2:]},
            {name: getattr(one, name) for name in CLASSES[1:]},
        )
        for one in weeks.order_by("week")
    ]


def by_rung(
    schools: QuerySet[School], question: Question, *, release: Release | None = None
) -> QuerySet[School]:
    """`schools` with the rung that each has reached, as `rung`; those that have come least far first.

    `NOT_COUNTED` is for one that the release does not know, which stands among those that have not begun;
    `NO_SUCH_CLASS` for one where nothing fits the question, which comes last. For the database to cut into
    pages.
    """
    release = release or newest()
    if release is None:
        return schools.annotate(rung=Value(NOT_COUNTED, IntegerField())).order_by("name", "pk")
    rows = ReleasedCounts.objects.filter(held(release), place_kind="school", place_id=OuterRef("pk"))
    steps = [When(**{f"{name}__gt": 0}, then=Value(place + 1)) for place, name in enumerate(RUNGS)]
    highest = Case(*reversed(steps), default=Value(NOT_BEGUN), output_field=IntegerField())
    asked = rows.filter(
        class_level=question.class_level, module_key=question.module_key, language=question.language
    )
    whole = rows.filter(class_level=ANY_CLASS, module_key=ANY_MODULE, language=ANY_LANGUAGE)
    known = Case(When(pk__isnull=False, then=Value(NO_SUCH_CLASS)), output_field=IntegerField())
    rung = Coalesce(
        Subquery(asked.values(rung=highest)[:1]),
        Subquery(whole.values(rung=known)[:1]),
        Value(NOT_COUNTED),
        output_field=IntegerField(),
    )
    return schools.annotate(rung=rung).order_by(Greatest("rung", Value(NOT_BEGUN)), "name", "pk")


def rules_of(state: State, *, release: Release | None = None) -> Rules:
    """What was in force in the state with the release: the smallest number shown, the share of a class."""
    release = release or newest()
    found = ReleasedRules.objects.filter(held(release), state=state).first() if release else None
    if found is None:
        department = getattr(state, "department", None)
        if department is None:
            return Rules()
        return Rules(department.publication_threshold, department.completion_percent)
    return Rules(found.threshold, found.completion_percent)


def threshold_of(state: State) -> int:
    """The smallest number of pupils shown in the newest release; 10 unless the state set more."""
    return rules_of(state).threshold


def held(release: Release) -> Q:
    """The versions that hold in the release."""
    return Q(since__lte=release.pk) & (Q(until__isnull=True) | Q(until__gt=release.pk))


def _question_of(one: ReleasedCounts) -> Question:
    return Question(one.class_level, one.module_key, one.language)


def _figures(one: ReleasedCounts, whole: ReleasedCounts | None) -> Figures:
    """`whole` is the place's row of all classes. Where only these classes count, its numbers are theirs."""
    pupils = {name: getattr(one, name) for name in PUPILS}
    if whole is not None and one.language == ANY_LANGUAGE:
        for name, classes in zip(PUPILS, ("classes", "classes_assigned", "classes_assigned"), strict=True):
            if getattr(one, classes) == getattr(whole, classes):
                pupils[name] = getattr(whole, name)
    return Figures(
        schools={name: getattr(one, name) for name in SCHOOLS},
        classes={name: getattr(one, name) for name in CLASSES},
        pupils=pupils,
        percent={name: published_percent(pupils[name], pupils["pupils"]) for name in PUPILS[1:]},
    )
