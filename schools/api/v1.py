"""The addresses under `/api/v1/`, each in a function that asks one query and hands on what it says."""

from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from ninja import NinjaAPI, Path, Query, Schema
from pydantic import Field

from curriculum.queries import catalogue
from schools.actions.tokens import CALLS_A_MINUTE
from schools.api import answers, errors
from schools.api.keys import Key
from schools.api.schemas import Adoption, KeyFacts, Modules, Plan, Refusal, Releases, Schools
from schools.models import ApiToken, Block, District, Release, School, State
from schools.queries import plans, published
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE
from schools.queries.key_places import parts_after, reached
from schools.queries.published import Question

MOST_PARTS = 500
NUMBER = r"^[0-9]{1,18}$"
Number = Annotated[str, Path(pattern=NUMBER)]

REFUSALS = dict.fromkeys((401, 403, 404, 422, 429), Refusal)


class Api(NinjaAPI):
    """With no method but GET, and with our own answer to any other."""

    def _get_urls(self) -> list[Any]:
        found = super()._get_urls()
        for pattern in found:
            if isinstance(pattern, URLPattern):
                pattern.callback = errors.only_reads(pattern.callback)
        return found


api = Api(
    title="Adoption of the curriculum",
    version="1",
    description=(
        "Published figures of one place and all below it, as its officials see them on their screens. "
        "Numbers of pupils are rounded, and left out where they are few."
    ),
    urls_namespace="api",
    docs_url=None,
    auth=Key(),
)
errors.register(api)


class Page(Schema):
    after: str = Field("", pattern=r"^[0-9]{0,18}$", description="Where the page before said to go on.")
    limit: int = Field(100, ge=1, le=MOST_PARTS)
    release: str = Field("", pattern=r"^[0-9]{0,18}$", description="A kept release; left out: the newest.")

    def kept_release(self) -> Release | None:
        """The release asked for; None before the first one."""
        if not self.release:
            return published.newest()
        found = published.release_at(self.release)
        if found is None:
            raise Http404
        return found


class Asked(Page):
    class_level: int = Field(ANY_CLASS, alias="class", ge=0, le=12, description="1 to 12; 0: all together.")
    module: UUID = Field(ANY_MODULE, description="The key of a module; all zeros: any module.")
    language: str = Field(
        ANY_LANGUAGE,
        max_length=10,
        description="Of classes taught in it, such as hi; left out: all together.",
    )

    def question(self) -> Question:
        return Question(self.class_level, self.module, self.language)


class HasKey(HttpRequest):
    auth: ApiToken


@api.get("/key", response={200: KeyFacts, **REFUSALS}, summary="What this key is for")
def key(request: HasKey) -> Any:
    token = request.auth
    return {
        "name": token.name,
        "place": answers.place(token.place),
        "expires_at": token.expires_at,
        "calls_a_minute": CALLS_A_MINUTE,
    }


@api.get(
    "/modules", response={200: Modules, **REFUSALS}, summary="The modules, by the keys that figures name"
)
def modules(request: HasKey) -> Any:
    return {"modules": [{"module": one.key, "title": one.title} for one in catalogue.modules()]}


@api.get("/releases", response={200: Releases, **REFUSALS}, summary="The kept releases, newest first")
def releases(request: HasKey) -> Any:
    return {"releases": [answers.released(one) for one in published.releases()]}


@api.get("/plan", response={200: Plan, **REFUSALS}, summary="The state's plan for a school year")
def plan(request: HasKey, year: Annotated[str, Query(pattern=r"^([0-9]{4}-[0-9]{2})?$")] = "") -> Any:
    state = request.auth.in_state
    years = plans.years_with_a_plan(state)
    asked = year or next(iter(years), None)
    return {
        "state": answers.place(state),
        "academic_year": asked,
        "years": years,
        "lines": [
            {"class_level": line.class_level, "module": line.module_key, "due_on": line.due_on}
            for line in (plans.plan_of(state, asked) if asked else ())
        ],
    }


@api.get("/schools", response={200: Schools, **REFUSALS}, summary="The schools, with how far each has come")
def schools(request: HasKey, page: Query[Page]) -> Any:
    token = request.auth
    places = reached(token, School).select_related("district", "block")
    parts, following = parts_after(places, page.after, page.limit)
    release = page.kept_release()
    answer = published.ask(token.place, parts, Question(), release=release)
    return answers.released(release) | {
        "schools": [answers.school(one, answer) for one in parts],
        "next": following,
    }


@api.get(
    "/adoption/states/{code}", response={200: Adoption, **REFUSALS}, summary="A state, and its districts"
)
def adoption_of_state(request: HasKey, code: str, asked: Query[Asked]) -> Any:
    place = _place(request, State, code=code)
    return _adoption(request, place, District.objects.filter(state=place), asked)


@api.get(
    "/adoption/districts/{district_id}",
    response={200: Adoption, **REFUSALS},
    summary="A district, and its blocks",
)
def adoption_of_district(request: HasKey, district_id: Number, asked: Query[Asked]) -> Any:
    place = _place(request, District, pk=district_id)
    return _adoption(request, place, Block.objects.filter(district=place), asked)


@api.get(
    "/adoption/districts/{district_id}/schools",
    response={200: Adoption, **REFUSALS},
    summary="A district, and its schools",
)
def adoption_of_district_schools(request: HasKey, district_id: Number, asked: Query[Asked]) -> Any:
    place = _place(request, District, pk=district_id)
    return _adoption(request, place, School.objects.filter(district=place), asked)


@api.get(
    "/adoption/blocks/{block_id}", response={200: Adoption, **REFUSALS}, summary="A block, and its schools"
)
def adoption_of_block(request: HasKey, block_id: Number, asked: Query[Asked]) -> Any:
    place = _place(request, Block, pk=block_id)
    return _adoption(request, place, School.objects.filter(block=place), asked)


@api.get("/adoption/schools/{udise_code}", response={200: Adoption, **REFUSALS}, summary="A school")
def adoption_of_school(request: HasKey, udise_code: str, asked: Query[Asked]) -> Any:
    place = _place(request, School, udise_code=udise_code)
    return _adoption(request, place, School.objects.none(), asked)


@api.get("/{path:rest}", include_in_schema=False)
def nothing(request: HasKey, rest: str) -> Any:
    raise Http404


def _place(request: HasKey, kind: type[Any], **which: str) -> Any:
    """A place within the key's own; outside it nothing is found."""
    return get_object_or_404(reached(request.auth, kind), **which)


def _adoption(request: HasKey, place: Any, inside: Any, asked: Asked) -> Any:
    parts, following = parts_after(inside, asked.after, asked.limit)
    release = asked.kept_release()
    answer = published.ask(place, parts, asked.question(), release=release)
    return answers.released(release) | answers.adoption(place, parts, answer) | {"next": following}
