"""The notice to families, in the language of the class whatever the teacher reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import override

from cms.help import lines
from curriculum.queries import catalogue
from curriculum.queries.catalogue import ModuleInfo
from schools.models import Assignment, Classroom, SchoolReadiness

SHOWN_LINES = ("child-1098", "erss-112")


@dataclass(frozen=True)
class Taught:
    """A module that the class will have, and from when to when if that is known."""

    module: ModuleInfo
    opens_on: date | None
    due_on: date | None


@dataclass(frozen=True)
class Sheet:
    """Everything that the notice says; `language` and `direction` are those of its words."""

    language: str
    direction: str
    classroom: Classroom
    taught: list[Taught]
    readiness: SchoolReadiness | None
    help_lines: list[lines.Line]


def sheet(classroom: Classroom, assignments: Sequence[Assignment]) -> Sheet:
    language = classroom.language
    given = {one.module_key: one for one in assignments}
    with override(language):
        modules = catalogue.for_class(classroom.class_level)
        known = lines.by_key()
    return Sheet(
        language=language,
        direction="rtl" if language in settings.LANGUAGES_BIDI else "ltr",
        classroom=classroom,
        taught=[_taught(module, given.get(module.key)) for module in modules if module.is_sensitive],
        readiness=getattr(classroom.school, "readiness", None),
        help_lines=[known[key] for key in SHOWN_LINES if key in known],
    )


def _taught(module: ModuleInfo, assignment: Assignment | None) -> Taught:
    if assignment is None:
        return Taught(module, None, None)
    return Taught(module, assignment.opens_on, assignment.due_on)
