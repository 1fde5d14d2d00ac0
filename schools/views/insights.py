"""`/insights/`: how far the schools of a place have come. Schools and counts, never a child."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from curriculum.queries import catalogue
from schools.models import Block, District, School, State
from schools.models.scopes import held_roles
from schools.presenters import insights
from schools.queries import published
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import Answer, Figures, Question

SCHOOLS_A_PAGE = 100


def official(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those signed in; their roles are read once for the whole request."""

    @login_required
    @wraps(view)
    def wrapped(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_student:
            held_roles(request.user)
        return view(request, *args, **kwargs)

    return wrapped


@require_safe
@official
def home(request: SignedInRequest) -> HttpResponse:
    """The widest place that the person sees; several at once are listed."""
    places = _own_places(request)
    if not places:
        require(request.user, Permission.SEE_ADOPTION, None)
    if len(places) == 1:
        return redirect(insights.url_of(places[0]))
    links = [{"label": str(place), "url": insights.url_of(place)} for place in places]
    return render(request, "schools/insights/home.html", {"places": links})


@require_safe
@official
def state(request: SignedInRequest, code: str) -> HttpResponse:
    """A state, by district."""
    place = get_object_or_404(State.objects.visible_to(request.user).select_related("department"), code=code)
    require(request.user, Permission.SEE_ADOPTION, place)
    districts = list(place.districts.select_related("state"))
    return _screen(request, place, place, districts, trail=[])


@require_safe
@official
def district(request: SignedInRequest, code: str, district_id: int) -> HttpResponse:
    """A district by school, or one block of it for those who see no more."""
    own = District.objects.visible_to(request.user).filter(pk=district_id, state__code=code)
    place = own.select_related("state__department").first()
    if place is None:
        return _block(request, code, district_id)
    require(request.user, Permission.SEE_ADOPTION, place)
    schools = School.objects.visible_to(request.user).filter(district=place)
    found = list(schools.select_related("state", "district__state"))
    return _screen(request, place, place.state, found, trail=[place.state])


def _block(request: SignedInRequest, code: str, district_id: int) -> HttpResponse:
    """The block that is asked for, of those that the person sees in this district; else the first."""
    blocks = list(
        Block.objects.visible_to(request.user)
        .filter(district=district_id, district__state__code=code)
        .select_related("district__state__department")
    )
    if not blocks:
        raise Http404
    asked = request.GET.get("block", "")
    place = next((one for one in blocks if str(one.pk) == asked), blocks[0])
    require(request.user, Permission.SEE_ADOPTION, place)
    schools = School.objects.visible_to(request.user).filter(block=place)
    found = list(schools.select_related("state", "district__state"))
    return _screen(request, place, place.district.state, found, trail=[])


@require_safe
@official
def school(request: SignedInRequest, code: str, district_id: int, udise_code: str) -> HttpResponse:
    """One school, by module and class."""
    place = get_object_or_404(
        School.objects.visible_to(request.user).select_related(
            "state__department", "district__state", "block__district__state"
        ),
        state__code=code,
        district=district_id,
        udise_code=udise_code,
    )
    require(request.user, Permission.SEE_ADOPTION, place)
    sees_district = request.user.has_perm(Permission.SEE_ADOPTION, place.district)
    above = place.district if sees_district else place.block
    return _screen(request, place, place.state, [], trail=[place.state, above])


def _screen(
    request: SignedInRequest, place: Any, state: State, parts: list[Any], *, trail: list[Any]
) -> HttpResponse:
    question = _question(request)
    threshold = published.threshold_of(state)
    answer = published.ask(place, parts, question, threshold)
    context = {
        "place": place,
        "trail": _trail(request, [*trail, place], question),
        "as_of": answer.as_of,
        "choices": insights.choices(question),
        "block_id": place.pk if isinstance(place, Block) else None,
        "figures": answer.own,
        "columns": insights.pupil_columns(),
        "module_rows": [
            {"label": one.title, "cells": insights.pupil_cells(answer.by_module[one.key])}
            for one in catalogue.modules()
            if one.key in answer.by_module
        ],
        "threshold": threshold,
    }
    if isinstance(place, School):
        context |= _of_school(answer.own, question)
    else:
        context |= {
            "sentence": insights.sentence(answer.own, question),
            "ladder": insights.ladder(answer.own) if answer.own else [],
        }
        is_state = isinstance(place, State)
        listed = _districts if is_state else _schools
        context |= listed(request, parts, answer, question)
    return render(request, "schools/insights/place.html", context)


def _of_school(figures: Figures | None, question: Question) -> dict[str, Any]:
    kind, word = insights.school_status(figures, is_counted=True)
    return {
        "sentence": insights.school_sentence(figures, question),
        "status": {"kind": kind, "label": word} if figures else None,
        "class_ladder": insights.class_ladder(figures) if figures and figures.classes["classes"] else [],
    }


def _districts(
    request: SignedInRequest, parts: list[District], answer: Answer, question: Question
) -> dict[str, Any]:
    rows = []
    for part in parts:
        figures = answer.inside.get(part.pk)
        rows.append(
            {
                "label": str(part),
                "url": insights.url_of(part, question),
                "ladder": insights.ladder(figures) if figures else [],
                "cells": insights.pupil_cells(figures),
            }
        )
    return {"districts": rows}


def _schools(
    request: SignedInRequest, parts: list[School], answer: Answer, question: Question
) -> dict[str, Any]:
    """One page of the schools, those that have come least far first."""

    def place_of(one: School) -> tuple[int, str]:
        is_counted = one.pk in answer.counted
        return insights.how_far(answer.inside.get(one.pk), is_counted=is_counted), str(one)

    parts = sorted(parts, key=place_of)
    page = Paginator(parts, SCHOOLS_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    rows = []
    for part in page:
        figures = answer.inside.get(part.pk)
        kind, word = insights.school_status(figures, is_counted=part.pk in answer.counted)
        rows.append(
            {
                "label": str(part),
                "url": insights.url_of(part, question),
                "status": {"kind": kind, "label": word},
                "cells": insights.pupil_cells(figures),
            }
        )
    return {"schools": rows, "page": page, "query": asked.urlencode()}


def _question(request: SignedInRequest) -> Question:
    """The filters of the address; what is not understood asks for everything."""
    levels = {str(level): level for level in insights.CLASS_LEVELS}
    try:
        module_key = UUID(request.GET.get("module", ""))
    except ValueError:
        module_key = ANY_MODULE
    return Question(levels.get(request.GET.get("class", ""), ANY_CLASS), module_key)


def _trail(request: SignedInRequest, places: list[Any], question: Question) -> list[dict[str, str]]:
    """The way from the widest place that the person sees to this one."""
    return [
        {"label": str(place), "url": insights.url_of(place, question)}
        for place in places
        if request.user.has_perm(Permission.SEE_ADOPTION, place)
    ]


def _own_places(request: SignedInRequest) -> list[Any]:
    """The places at which the person holds a role that sees adoption."""
    places: list[Any] = []
    for role in held_roles(request.user):
        if request.user.has_perm(Permission.SEE_ADOPTION, role.place) and role.place not in places:
            places.append(role.place)
    return places
