"""The shapes of the answers, which the OpenAPI description shows."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

Kind = Literal["state", "district", "block", "school"]


class Refusal(Schema):
    detail: str = Field(description="What happened and what to do, in a sentence.")


class Place(Schema):
    kind: Kind
    key: str = Field(description="ISO code of a state, UDISE code of a school, else a number.")
    name: str


class Figures(Schema):
    schools: dict[str, int]
    classes: dict[str, int]
    pupils: dict[str, int | None] = Field(description="Rounded to 5; null: too few to be shown.")
    percent: dict[str, int | None] = Field(description="Of those enrolled; null: too few to be shown.")


class Released(Schema):
    release: int | None = Field(description="Give it as `release` to read the same again.")
    as_of: datetime | None = Field(description="When the release was made; null: there is none yet.")


class Releases(Schema):
    releases: list[Released]


class OfModule(Schema):
    module: UUID
    figures: Figures


class OfClass(Schema):
    class_level: int
    figures: Figures


class OfLanguage(Schema):
    language: str
    figures: Figures


class Part(Schema):
    place: Place
    figures: Figures | None = Field(description="null: nothing there fits what was asked for.")


class Adoption(Released):
    place: Place
    figures: Figures | None
    modules: list[OfModule] = Field(description="By module, for the class and language asked for.")
    class_levels: list[OfClass] = Field(description="By class, for the module and language asked for.")
    languages: list[OfLanguage] = Field(description="By language, for the module, of all classes.")
    parts: list[Part] = Field(description="The places inside, a page of them.")
    next: str | None = Field(description="Give it as `after` for the next page; null: this was the last.")


class ListedSchool(Schema):
    place: Place
    district: Place
    block: Place
    joined_on: date | None
    closed_on: date | None
    status: str = Field(description="How far it has come, all classes and modules together.")


class Schools(Released):
    schools: list[ListedSchool]
    next: str | None


class PlanLine(Schema):
    class_level: int
    module: UUID
    due_on: date


class Plan(Schema):
    state: Place
    academic_year: str | None = Field(description="null: the state has written no plan.")
    years: list[str] = Field(description="The school years that have a plan, newest first.")
    lines: list[PlanLine]


class Module(Schema):
    module: UUID
    title: str


class Modules(Schema):
    modules: list[Module]


class KeyFacts(Schema):
    name: str
    place: Place
    expires_at: datetime
    calls_a_minute: int
