"""The one way to released figures, for screens, files and the API alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, Subquery

from schools.models import Block, District, Release, ReleasedCell, School, State
from schools.publication import THRESHOLD, published_count, published_percent
from schools.queries.adoption import ANY_CLASS, ANY_MODULE

KIND_OF = {State: "state", District: "district", Block: "block", School: "school"}
PUPILS = ("pupils", "pupils_assigned", "pupils_started", "pupils_completed", "pupils_assessed")
SCHOOLS = ("schools", "schools_ready", "schools_assigned", "schools_completed", "schools_assessed")
CLASSES = ("classes", "classes_assigned", "classes_completed", "classes_assessed")


@dataclass(frozen=True)
class Figures:
    """One place's figures of one release. Numbers of pupils are None when they may not be shown.

    `percent` is that of each number of pupils among those enrolled.
    """

    schools: dict[str, int]
    classes: dict[str, int]
    pupils: dict[str, int | None]
    percent: dict[str, int | None]


@dataclass(frozen=True)
class Question:
    """Which cells are asked for: a class (1 to 12) or all, a module or any."""

    class_level: int = ANY_CLASS
    module_key: UUID = ANY_MODULE


@dataclass(frozen=True)
class Answer:
    """What the newest release says of a place: all in all, by module, and of the places inside it.

    `counted` are the places inside that the release knows at all, also where nothing fits the question.
    """

    as_of: datetime | None
    own: Figures | None
    by_module: dict[UUID, Figures]
    inside: dict[int, Figures]
    counted: frozenset[int]


def ask(place: Any, parts: list[Any], question: Question, threshold: int) -> Answer:
    """The newest release's figures of `place` and of `parts`, which are all of one kind.

    One query; a second one, for the release's time, when it counted nothing of what is asked for.
    """
    kind = KIND_OF[type(place)]
    wanted = Q(place_kind=kind, place_id=place.pk, class_level=question.class_level)
    if parts:
        asked = Q(class_level=question.class_level, module_key=question.module_key)
        whole = Q(class_level=ANY_CLASS, module_key=ANY_MODULE)
        keys = [part.pk for part in parts]
        wanted |= Q(asked | whole, place_kind=KIND_OF[type(parts[0])], place_id__in=keys)
    newest = Release.objects.order_by("-as_of", "-pk").values("pk")[:1]
    cells = list(
        ReleasedCell.objects.filter(wanted, release=Subquery(newest)).select_related("release").order_by("pk")
    )
    own = {cell.module_key: _published(cell, threshold) for cell in cells if cell.place_kind == kind}
    inside = [cell for cell in cells if cell.place_kind != kind]
    return Answer(
        as_of=cells[0].release.as_of if cells else _newest_as_of(),
        own=own.get(question.module_key),
        by_module={key: figures for key, figures in own.items() if key != ANY_MODULE},
        inside={cell.place_id: _published(cell, threshold) for cell in inside if _fits(cell, question)},
        counted=frozenset(cell.place_id for cell in inside),
    )


def _fits(cell: ReleasedCell, question: Question) -> bool:
    return cell.class_level == question.class_level and cell.module_key == question.module_key


def _newest_as_of() -> datetime | None:
    return Release.objects.order_by("-as_of", "-pk").values_list("as_of", flat=True).first()


def threshold_of(state: State) -> int:
    """The smallest number of pupils that the state lets be shown; 10 unless it set more."""
    department = getattr(state, "department", None)
    return department.publication_threshold if department else THRESHOLD


def _published(cell: ReleasedCell, threshold: int) -> Figures:
    return Figures(
        schools={name: getattr(cell, name) for name in SCHOOLS},
        classes={name: getattr(cell, name) for name in CLASSES},
        pupils={name: published_count(getattr(cell, name), threshold) for name in PUPILS},
        percent={name: published_percent(getattr(cell, name), cell.pupils, threshold) for name in PUPILS[1:]},
    )
