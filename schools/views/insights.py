"""`/insights/`: how far the schools of a place have come. Schools and counts, never a child."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from curriculum.queries import catalogue
from schools.models import District, School, State
from schools.models.scopes import held_roles
from schools.presenters import insights
from schools.queries import published
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import Question


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
    """A district, or the part of it that a block's official sees, by school."""
    schools = School.objects.visible_to(request.user).filter(state__code=code, district=district_id)
    own = District.objects.visible_to(request.user).filter(pk=district_id, state__code=code)
    place = own.select_related("state__department").first()
    if place is None:
        return _blocks_screen(request, schools)
    require(request.user, Permission.SEE_ADOPTION, place)
    found = list(schools.select_related("state", "district__state"))
    return _screen(request, place, place.state, found, trail=[place.state])


@require_safe
@official
def school(request: SignedInRequest, code: str, district_id: int, udise_code: str) -> HttpResponse:
    """One school, by module and class."""
    place = get_object_or_404(
        School.objects.visible_to(request.user).select_related(
            "state__department", "district__state", "block"
        ),
        state__code=code,
        district=district_id,
        udise_code=udise_code,
    )
    require(request.user, Permission.SEE_ADOPTION, place)
    return _screen(request, place, place.state, [], trail=[place.state, place.district])


def _blocks_screen(request: SignedInRequest, schools: Any) -> HttpResponse:
    """What a block's official sees of a district: the block, and its schools."""
    found = list(schools.select_related("state__department", "district__state", "block__district"))
    blocks = {one.block for one in found if request.user.has_perm(Permission.SEE_ADOPTION, one.block)}
    if len(blocks) != 1:
        raise Http404
    block = blocks.pop()
    return _screen(request, block, found[0].state, found, trail=[])


def _screen(
    request: SignedInRequest, place: Any, state: State, parts: list[Any], *, trail: list[Any]
) -> HttpResponse:
    question = _question(request)
    threshold = published.threshold_of(state)
    answer = published.ask(place, parts, question, threshold)
    modules = [
        (one.title, "", answer.by_module[one.key])
        for one in catalogue.modules()
        if one.key in answer.by_module
    ]
    known = [
        (str(one), insights.url_of(one), answer.inside[one.pk]) for one in parts if one.pk in answer.inside
    ]
    context = {
        "place": place,
        "trail": _trail(request, trail),
        "as_of": answer.as_of,
        "choices": insights.choices(question),
        "sentence": insights.sentence(answer.own),
        "figures": answer.own,
        "ladder": insights.ladder(answer.own) if answer.own else [],
        "status": insights.school_status(answer.own) if answer.own and isinstance(place, School) else None,
        "parts": [_part(part, answer.inside.get(part.pk)) for part in parts],
        "are_schools": bool(parts) and isinstance(parts[0], School),
        "columns": insights.pupil_columns(),
        "module_rows": insights.pupil_rows(modules),
        "part_rows": insights.pupil_rows(known),
        "threshold": threshold,
    }
    return render(request, "schools/insights/place.html", context)


def _part(part: Any, figures: published.Figures | None) -> dict[str, Any]:
    is_school = isinstance(part, School)
    return {
        "name": str(part),
        "url": insights.url_of(part),
        "is_school": is_school,
        "ladder": insights.ladder(figures) if figures and not is_school else [],
        "sentence": insights.sentence(figures),
        "status": insights.school_status(figures) if figures and is_school else None,
        "has_started": bool(figures and figures.schools["schools_assigned"]),
    }


def _question(request: SignedInRequest) -> Question:
    """The filters of the address; what is not understood asks for everything."""
    level = request.GET.get("class", "")
    try:
        module_key = UUID(request.GET.get("module", ""))
    except ValueError:
        module_key = ANY_MODULE
    is_level = level.isascii() and level.isdigit() and int(level) in insights.CLASS_LEVELS
    return Question(int(level) if is_level else ANY_CLASS, module_key)


def _trail(request: SignedInRequest, above: list[Any]) -> list[dict[str, str]]:
    """The places above that the person sees as well."""
    return [
        {"label": str(place), "url": insights.url_of(place)}
        for place in above
        if request.user.has_perm(Permission.SEE_ADOPTION, place)
    ]


def _own_places(request: SignedInRequest) -> list[Any]:
    """The places at which the person holds a role that sees adoption; a block leads to its district."""
    places: list[Any] = []
    for role in held_roles(request.user):
        place = role.block.district if role.block_id else role.place
        if request.user.has_perm(Permission.SEE_ADOPTION, role.place) and place not in places:
            places.append(place)
    return places
