"""What the screens of state, district, block and school have in common: one night, one question, one place."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from curriculum.queries import catalogue
from schools.models import Block, Release, School, State
from schools.presenters import (
    files,
    insights,
    insights_pictures,
    insights_plan,
    insights_schools,
    plausibility,
)
from schools.presenters.insights import Asked
from schools.queries import objectives, plan_standing, published
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import Answer, Question

SCHOOLS_A_PAGE = 50


class Screen:
    """A place that the person may see, with the parts inside it, and what the address asks of it."""

    def __init__(
        self,
        request: SignedInRequest,
        place: insights.Place,
        state: State,
        parts: list[Any],
        *,
        above: list[Any] | None = None,
    ) -> None:
        self.request = request
        self.place = place
        self.state = state
        self.parts = parts
        self.above = above or []
        self.question = _question(request)

    @cached_property
    def kept(self) -> list[Release]:
        """The kept releases, newest first; some seventy at most."""
        return list(published.releases())

    @cached_property
    def release(self) -> Release | None:
        """The night that is asked for; the newest where the address names none that is kept."""
        number = self.request.GET.get("release", "")
        newest = self.kept[0] if self.kept else None
        return next((one for one in self.kept if str(one.pk) == number), newest)

    @property
    def is_old(self) -> bool:
        return self.release is not None and self.release != self.kept[0]

    @property
    def is_of_all_classes(self) -> bool:
        return self.question.class_level == ANY_CLASS

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.question, self.release.pk if self.release and self.is_old else None)

    @cached_property
    def answer(self) -> Answer:
        return published.ask(self.place, self.parts, self.question, release=self.release)

    def may(self, permission: Permission) -> bool:
        return self.request.user.has_perm(permission, self.place)

    def render(self, **more: Any) -> HttpResponse:
        context = {
            "place": self.place,
            "trail": self._trail(),
            "release": self.release,
            "is_old": self.is_old,
            "newest_url": insights.url_of(self.place, Asked(self.question)),
            "choices": insights.choices(self.asked, self.kept),
            "figures": self.answer.own,
            "files_url": files.url_from_screen(self.place, self.asked),
            "open_questions": plausibility.open_words(self.place),
            **more,
        }
        if self.release is not None:
            rules = published.rules_of(self.state, release=self.release)
            context |= {
                "threshold": rules.threshold,
                "meanings": insights.meanings(rules),
                "plan": _plan(self, self.release),
            }
        return render(self.request, "schools/insights/place.html", context)

    def _trail(self) -> list[dict[str, str]]:
        """The way from the widest place that the person sees to this one."""
        return [
            {"label": str(place), "url": insights.url_of(place, self.asked)}
            for place in [*self.above, self.place]
            if self.request.user.has_perm(Permission.SEE_ADOPTION, place)
        ]


def of_state(screen: Screen) -> HttpResponse:
    words = {
        "first": _("District"),
        "parts_heading": _("Districts"),
        "pupils_heading": _("Pupils by district"),
    }
    return screen.render(**_of_schools(screen), **_parts(screen, words), **_objectives(screen))


def of_district(screen: Screen, schools: QuerySet[School]) -> HttpResponse:
    words = {"first": _("Block"), "parts_heading": _("Blocks"), "pupils_heading": _("Pupils by block")}
    more = {**_parts(screen, words), **_list(screen, schools), **_objectives(screen)}
    return screen.render(**_of_schools(screen), **more)


def of_block(screen: Screen, schools: QuerySet[School]) -> HttpResponse:
    return screen.render(**_of_schools(screen), **_list(screen, schools))


def of_school(screen: Screen, school: School) -> HttpResponse:
    """Rungs and classes. No numbers of pupils: its head sees them in the school's own pages."""
    figures = screen.answer.own
    admits = screen.may(Permission.ADMIT_SCHOOLS)
    rung = insights_schools.rung_of(figures, screen.question)
    kind, words = insights_schools.status_of(rung)
    has_joined = school.joined_at is not None
    return screen.render(
        sentence=insights.school_sentence(figures, screen.question),
        status={"kind": kind, "label": words},
        class_ladder=insights.class_ladder(figures) if figures and figures.classes["classes"] else [],
        next_step=insights_schools.next_step(rung, has_joined=has_joined) if admits else "",
        people_links=insights_schools.people_links(school) if admits else [],
        **_pictures(screen),
    )


def _of_schools(screen: Screen) -> dict[str, Any]:
    """Of any place above a school: where its schools stand, and its numbers of pupils."""
    answer = screen.answer
    return {
        "sentence": insights.sentence(answer.own, screen.question),
        "ladder": insights.ladder(answer.own) if answer.own else [],
        "pupil_columns": insights.pupil_columns(),
        "module_rows": _modules(screen),
        "has_pupils_of_all_classes_only": not isinstance(screen.place, State)
        and not screen.is_of_all_classes,
        **_pictures(screen),
    }


def _modules(screen: Screen) -> list[dict[str, Any]]:
    """Numbers of pupils by module; of a single class level a state has them, no place inside it (ADR 0012)."""
    if not isinstance(screen.place, State) and not screen.is_of_all_classes:
        return []
    by_module = screen.answer.by_module
    return [
        {"label": one.title, "cells": insights.pupil_cells(by_module[one.key])}
        for one in catalogue.modules()
        if one.key in by_module
    ]


def _parts(screen: Screen, words: dict[str, str]) -> dict[str, Any]:
    """The districts of a state or the blocks of a district: as tiles, by rung, and by pupils."""
    inside = screen.answer.inside
    if not screen.parts or not screen.answer.own:
        return {}
    return {
        **words,
        "tiles": insights_pictures.tiles(screen.parts, inside, screen.asked),
        "legend": insights_pictures.legend(),
        "part_columns": insights_pictures.part_columns(words["first"]),
        "part_rows": insights_pictures.part_rows(screen.parts, inside, screen.asked),
        "pupil_rows": [
            {
                "label": str(part),
                "url": insights.url_of(part, screen.asked),
                "cells": insights.pupil_cells(inside.get(part.pk)),
            }
            for part in screen.parts
            if screen.is_of_all_classes
        ],
    }


def _list(screen: Screen, schools: QuerySet[School]) -> dict[str, Any]:
    """One page of the schools that are open: those that have come least far first, then by block."""
    chosen = insights_schools.rung_filter(screen.request.GET.get("rung", ""))
    found: QuerySet[Any] = published.by_rung(
        schools.filter(closed_on=None), screen.question, release=screen.release
    )
    if chosen:
        found = found.filter(rung__in=insights_schools.RUNGS_OF_FILTER[chosen])
    found = found.select_related("state", "district__state", "block")
    found = found.order_by(Greatest("rung", Value(published.NOT_BEGUN)), "block__name", "name", "pk")
    page = Paginator(found, SCHOOLS_A_PAGE).get_page(screen.request.GET.get("page"))
    asked = screen.request.GET.copy()
    asked.pop("page", None)
    return {
        "is_list": True,
        "page": page,
        "query": asked.urlencode(),
        "hidden": [
            {"name": name, "value": asked[name]} for name in ("class", "module", "release") if name in asked
        ],
        "rung": chosen,
        "rung_choices": insights_schools.rung_choices(chosen),
        "school_columns": insights_schools.columns(),
        "school_rows": insights_schools.rows(page, screen.asked),
        "next_steps": insights_schools.next_steps(),
        "people_links": insights_schools.people_links(screen.place)
        if screen.may(Permission.ADMIT_SCHOOLS)
        else [],
    }


def _pictures(screen: Screen) -> dict[str, Any]:
    """The trend, and the classes by language. Small places have them for fewer questions (ADR 0012)."""
    if screen.release is None:
        return {}
    question, is_small = screen.question, isinstance(screen.place, Block | School)
    if is_small:
        question = Question(module_key=question.module_key)
    weeks = published.trend(screen.place, question, release=screen.release)
    is_language_kept = not is_small or screen.question.module_key == ANY_MODULE
    return {
        "trend": insights_pictures.trend(
            weeks, timezone.localdate(screen.release.as_of), of_classes=isinstance(screen.place, School)
        ),
        "is_trend_of_all_classes": is_small and not screen.is_of_all_classes,
        "languages": insights_pictures.languages(screen.answer.by_language) if is_language_kept else None,
    }


def _objectives(screen: Screen) -> dict[str, Any]:
    """What pupils got wrong most; of all modules, since an objective belongs to one anyway."""
    hardest = objectives.hardest(screen.place, screen.question.class_level, release=screen.release)
    return {
        "objectives": insights_pictures.objectives(hardest),
        "more_objectives": insights_pictures.more_objectives(hardest),
    }


def _plan(screen: Screen, release: Release) -> dict[str, Any] | None:
    """The plan's lines that fit the filters, for classes that the place has; None without a plan."""
    begins, lines = plan_standing.lines_at(screen.state, release)
    if not lines:
        return None
    asked = screen.question
    found = plan_standing.against_plan(
        screen.place,
        [
            one
            for one in lines
            if asked.class_level in (ANY_CLASS, one.class_level)
            and asked.module_key in (ANY_MODULE, one.module_key)
        ],
        begins,
        release=release,
        before=plan_standing.week_before(release, screen.kept),
    )
    return insights_plan.plan(found, of_classes=isinstance(screen.place, School))


def _question(request: SignedInRequest) -> Question:
    """The filters of the address; what is not understood asks for everything."""
    levels = {str(level): level for level in insights.CLASS_LEVELS}
    try:
        module_key = UUID(request.GET.get("module", ""))
    except ValueError:
        module_key = ANY_MODULE
    return Question(levels.get(request.GET.get("class", ""), ANY_CLASS), module_key)
