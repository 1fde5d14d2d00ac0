"""`/insights/`: how far the schools of a place have come. Schools and counts, never a child."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.models import Block, District, School, State
from schools.models.scopes import held_roles
from schools.presenters import insights
from schools.views import insights_screen
from schools.views.insights_screen import Screen


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
    return insights_screen.of_state(Screen(request, place, place, districts))


@require_safe
@official
def district(request: SignedInRequest, code: str, district_id: int) -> HttpResponse:
    """A district, by block and then by school. Those who see only blocks of it are led to theirs."""
    own = District.objects.visible_to(request.user).filter(pk=district_id, state__code=code)
    place = own.select_related("state__department").first()
    if place is None:
        return _to_block(request, code, district_id)
    require(request.user, Permission.SEE_ADOPTION, place)
    blocks = list(place.blocks.select_related("district__state"))
    schools = School.objects.visible_to(request.user).filter(district=place)
    screen = Screen(request, place, place.state, blocks, above=[place.state])
    return insights_screen.of_district(screen, schools)


def _to_block(request: SignedInRequest, code: str, district_id: int) -> HttpResponse:
    """A block had its district's address, with its number in the query; who kept it finds the block's own."""
    blocks = list(
        Block.objects.visible_to(request.user)
        .filter(district=district_id, district__state__code=code)
        .select_related("district__state")
    )
    if not blocks:
        raise Http404
    asked = request.GET.dict()
    number = asked.pop("block", "")
    place = next((one for one in blocks if str(one.pk) == number), blocks[0])
    require(request.user, Permission.SEE_ADOPTION, place)
    url = insights.url_of(place)
    return redirect(f"{url}?{urlencode(asked)}" if asked else url)


@require_safe
@official
def block(request: SignedInRequest, code: str, district_id: int, block_id: int) -> HttpResponse:
    """A block, by school."""
    place = get_object_or_404(
        Block.objects.visible_to(request.user).select_related("district__state__department"),
        pk=block_id,
        district=district_id,
        district__state__code=code,
    )
    require(request.user, Permission.SEE_ADOPTION, place)
    schools = School.objects.visible_to(request.user).filter(block=place)
    above = [place.district.state, place.district]
    return insights_screen.of_block(Screen(request, place, place.district.state, [], above=above), schools)


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
    above = [place.state, place.district, place.block]
    return insights_screen.of_school(Screen(request, place, place.state, [], above=above), place)


def _own_places(request: SignedInRequest) -> list[Any]:
    """The places at which the person holds a role that sees adoption."""
    places: list[Any] = []
    for role in held_roles(request.user):
        if request.user.has_perm(Permission.SEE_ADOPTION, role.place) and role.place not in places:
            places.append(role.place)
    return places
