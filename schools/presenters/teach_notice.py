"""The notice to families, in the language of the class whatever the teacher reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import get_language_info, override

from cms.help import lines
from curriculum.queries import catalogue
from curriculum.queries.catalogue import ModuleInfo
from schools import notice_words
from schools.models import Assignment, Classroom, ParentNotice, SchoolReadiness
from schools.presenters import teach

SHOWN_LINES = ("child-1098", "erss-112")


@dataclass(frozen=True)
class Taught:
    """A module that the class will have, and from when to when if that is known."""

    module: ModuleInfo
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything that the notice says; `language` and `direction` are those of its words.

    `wanted` is the English name of the class's language where the notice is in English for want of it.
    """

    language: str
    direction: str
    wanted: str
    is_draft: bool
    classroom: Classroom
    taught: list[Taught]
    readiness: SchoolReadiness | None
    help_lines: list[lines.Line]

    @property
    def has_english_lessons(self) -> bool:
        return any(one.module.is_fallback for one in self.taught)


def sheet(classroom: Classroom, assignments: Sequence[Assignment]) -> Sheet:
    language = notice_words.language_for(classroom)
    given = {one.module_key: one for one in assignments}
    with override(language):
        modules = catalogue.for_class(classroom.class_level)
        known = lines.by_key()
    return Sheet(
        language=language,
        direction="rtl" if language in settings.LANGUAGES_BIDI else "ltr",
        wanted="" if language == classroom.language else get_language_info(classroom.language)["name"],
        is_draft=notice_words.is_draft(language),
        classroom=classroom,
        taught=[
            _taught(module, given.get(module.key), language) for module in modules if module.is_sensitive
        ],
        readiness=getattr(classroom.school, "readiness", None),
        help_lines=[known[key] for key in SHOWN_LINES if key in known],
    )


def _taught(module: ModuleInfo, assignment: Assignment | None, language: str) -> Taught:
    if assignment is None:
        return Taught(module)
    return Taught(module, _day(assignment.opens_on, language), _day(assignment.due_on, language))


def _day(day: date, language: str) -> str:
    """A day as `3 June`; from Babel, since Django knows no Assamese months."""
    return format_date(day, "d MMMM", locale=language)


def languages(classroom: Classroom, given: ParentNotice | None) -> dict[str, Any]:
    """What a teacher is told about the notice's language now, and about that of the notice already given."""
    shown = notice_words.language_for(classroom)
    was_in_another = given is not None and given.language != classroom.language
    return {
        "language": teach.language_words(classroom),
        "is_in_english_instead": shown != classroom.language,
        "is_draft": notice_words.is_draft(shown),
        "given_language": given.get_language_display() if given and was_in_another else "",
    }
