"""The published figures as files: the tables of a place, each a row at a time, in the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from curriculum.queries import catalogue
from schools.models import Block, District, Release, State
from schools.publication import Rules
from schools.queries import file_rows, published
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE
from schools.queries.file_rows import Place
from schools.queries.plan_standing import against_plan, lines_at
from schools.queries.published import CLASSES, PUPILS, RUNGS, SCHOOLS, Answer, Figures, Question

Row = list[object]
TABLES = ("places", "modules", "schools", "weeks", "plan")


@dataclass(frozen=True)
class Wanted:
    """What a file is about: a place, what is asked of it, and the night whose figures they are."""

    place: Place
    question: Question
    release: Release | None

    @cached_property
    def state(self) -> State:
        return state_of(self.place)

    @cached_property
    def rules(self) -> Rules:
        return published.rules_of(self.state, release=self.release)

    @cached_property
    def inside(self) -> list[District] | list[Block]:
        return file_rows.places_inside(self.place)

    @cached_property
    def answer(self) -> Answer:
        return published.ask(self.place, self.inside, self.question, release=self.release)


def state_of(place: Place) -> State:
    if isinstance(place, Block):
        return place.district.state
    return place if isinstance(place, State) else place.state


def table(name: str, wanted: Wanted) -> Iterator[Row]:
    """The rows of one of the `TABLES`, its heads first."""
    makers = {"places": _places, "modules": _modules, "schools": _schools, "weeks": _weeks, "plan": _plan}
    return makers[name](wanted)


def with_facts(name: str, wanted: Wanted) -> Iterator[Row]:
    """A table below the facts that belong to it, for a file that holds nothing else."""
    yield from facts(wanted)
    yield []
    yield from table(name, wanted)


def sheets(wanted: Wanted) -> Iterator[tuple[str, Iterable[Row]]]:
    """All tables, by the title of each; the facts stand in front."""
    yield _("About these figures"), facts(wanted)
    for name in TABLES:
        yield title(name, wanted.place), table(name, wanted)


def title(name: str, place: Place) -> str:
    if name == "places":
        return {State: _("Districts"), District: _("Blocks"), Block: _("Block")}[type(place)]
    return {"modules": _("Modules"), "schools": _("Schools"), "weeks": _("Weeks"), "plan": _("Plan")}[name]


def spoken(rows: Iterable[Row], language: str) -> Iterator[Row]:
    """The rows in a language, also while they are sent, when that of the request has been put away."""
    waiting = iter(rows)
    while True:
        with translation.override(language):
            row = next(waiting, None)
        if row is None:
            return
        yield row


def facts(wanted: Wanted) -> list[Row]:
    """Which place and night, what was asked, and how numbers of pupils are given."""
    question = wanted.question
    module = catalogue.module(question.module_key)
    any_module = question.module_key == ANY_MODULE
    any_class, any_language = question.class_level == ANY_CLASS, question.language == ANY_LANGUAGE
    languages = dict(settings.LANGUAGES)
    return [
        [_("Place"), str(wanted.place)],
        [_("Figures as of"), night(wanted.release)],
        [_("Class"), _("All classes") if any_class else question.class_level],
        [_("Module"), _("Any module") if any_module else _module_words(module)],
        [_("Language"), _("All languages") if any_language else str(languages[question.language])],
        [_("Numbers of pupils"), pupil_rule(wanted.rules)],
        [_("Pupils who completed or were assessed"), _("Published for single modules only.")],
        [_("Schools and classes"), class_rule(wanted.rules)],
    ]


def night(release: Release | None) -> str:
    if release is None:
        return _("There are no figures yet.")
    return date_format(timezone.localtime(release.as_of), "j F Y, H:i")


def pupil_rule(rules: Rules) -> str:
    return _(
        "Rounded to the nearest 5. Numbers under %(threshold)d, and others that would give one away, are "
        "not shown. Not shown is not zero."
    ) % {"threshold": rules.threshold}


def class_rule(rules: Rules) -> str:
    return _(
        "Counted exactly. A class has completed a module when at least %(percent)d %% of its pupils "
        "finished every lesson."
    ) % {"percent": rules.completion_percent}


def _module_words(module: catalogue.ModuleInfo | None) -> str:
    return module.title if module else _("A module that is no longer taught")


# Translators: the heads of columns in files for spreadsheets
def _school_heads() -> list[str]:
    return [
        _("Schools"),
        _("Schools ready"),
        _("Schools that assigned"),
        _("Schools that delivered"),
        _("Schools that completed"),
        _("Schools assessed"),
    ]


def _class_heads() -> list[str]:
    return [
        _("Classes"),
        _("Classes assigned"),
        _("Classes delivered"),
        _("Classes completed"),
        _("Classes assessed"),
    ]


def _pupil_heads() -> list[str]:
    return [_("Pupils enrolled"), _("Pupils completed"), _("Pupils assessed")]


def _places(wanted: Wanted) -> Iterator[Row]:
    yield [title("places", wanted.place), _("The state's own code"), *_count_heads()]
    for one in wanted.inside:
        yield [one.name, one.code, *_counts(wanted.answer.inside.get(one.pk))]
    code = "" if isinstance(wanted.place, State) else wanted.place.code
    whole = wanted.place.name if isinstance(wanted.place, Block) else _("All together")
    yield [whole, code, *_counts(wanted.answer.own)]


def _modules(wanted: Wanted) -> Iterator[Row]:
    """The whole place by module, whichever module was chosen."""
    yield [_("Module"), *_count_heads()]
    for one in catalogue.modules():
        if one.key in wanted.answer.by_module:
            yield [one.title, *_counts(wanted.answer.by_module[one.key])]


def _count_heads() -> Row:
    return [
        *_school_heads(),
        *_class_heads(),
        *_pupil_heads(),
        _("Completed, in percent of those enrolled"),
        _("Assessed, in percent of those enrolled"),
        _("Not shown"),
    ]


def _counts(figures: Figures | None) -> Row:
    """A place's numbers. Empty is what the release does not say; the last column names it."""
    if figures is None:
        empty: Row = [""] * (len(SCHOOLS) + len(CLASSES) + 2 * len(PUPILS) - 1)
        return [*empty, _("Nothing here fits what you chose.")]
    hidden = [head for head, name in zip(_pupil_heads(), PUPILS, strict=True) if figures.pupils[name] is None]
    return [
        *(figures.schools[name] for name in SCHOOLS),
        *(figures.classes[name] for name in CLASSES),
        *(_or_empty(figures.pupils[name]) for name in PUPILS),
        *(_or_empty(figures.percent[name]) for name in PUPILS[1:]),
        ", ".join(hidden),
    ]


def _or_empty(number: int | None) -> object:
    return "" if number is None else number


def _schools(wanted: Wanted) -> Iterator[Row]:
    yield [_("UDISE code"), _("School"), _("District"), _("Block"), _("How far it has come"), *_class_heads()]
    found = file_rows.schools_with_figures(wanted.place, wanted.question, wanted.release)
    for school, figures, is_counted in found:
        counts: Row = [figures.classes[name] for name in CLASSES] if figures else [""] * len(CLASSES)
        yield [
            school.udise_code,
            school.name,
            school.district.name,
            school.block.name,
            how_far(figures, is_counted=is_counted),
            *counts,
        ]


def how_far(figures: Figures | None, *, is_counted: bool) -> str:
    """The highest rung that a school stands on."""
    if figures is None:
        return (
            pgettext("how far a school has come", "No such class here")
            if is_counted
            else pgettext("how far a school has come", "Not counted yet")
        )
    words = {
        "schools_ready": pgettext("how far a school has come", "Ready, nothing assigned yet"),
        "schools_assigned": pgettext("how far a school has come", "Assigned"),
        "schools_delivered": pgettext("how far a school has come", "Delivered"),
        "schools_completed": pgettext("how far a school has come", "Completed"),
        "schools_assessed": pgettext("how far a school has come", "Assessed"),
    }
    reached = (words[rung] for rung in reversed(RUNGS) if figures.schools[rung])
    return next(reached, pgettext("how far a school has come", "Not begun"))


def _weeks(wanted: Wanted) -> Iterator[Row]:
    """New in each week; a week in which nothing happened has no row."""
    yield [_("Week from Monday"), *_school_heads()[2:], *_class_heads()[1:]]
    for week in published.trend(wanted.place, wanted.question, release=wanted.release):
        yield [
            week.start.isoformat(),
            *(week.schools[name] for name in SCHOOLS[2:]),
            *(week.classes[name] for name in CLASSES[1:]),
        ]


def _plan(wanted: Wanted) -> Iterator[Row]:
    """The state's plan for the school year of that night, of all languages, whatever else was chosen."""
    yield [
        _("Class"),
        _("Module"),
        _("By"),
        _("Schools with this class"),
        _("Schools that delivered"),
        _("Schools that completed"),
        _("Schools in step with the plan would be"),
    ]
    if wanted.release is None:
        return
    begins, lines = lines_at(wanted.state, wanted.release)
    for one in against_plan(wanted.place, lines, begins, release=wanted.release, before=None):
        yield [
            one.line.class_level,
            _module_words(catalogue.module(one.line.module_key)),
            one.line.due_on.isoformat(),
            one.whole,
            one.delivered,
            one.completed,
            one.expected,
        ]


def file_name(place: Any, name: str, release: Release | None, ending: str) -> str:
    """Letters that every disk takes; the day is that of the figures."""
    day = timezone.localtime(release.as_of).date().isoformat() if release else "none"
    return f"{published.KIND_OF[type(place)]}-{place.pk}-{name}-{day}.{ending}"
