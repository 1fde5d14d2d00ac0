"""In which language a student of a state reads: what the department offers, and how much review it asks for."""

from collections.abc import Sequence
from typing import cast

from django.utils.translation import get_language

from cms.core.review_states import UNREVIEWED
from curriculum.queries import catalogue
from curriculum.queries.catalogue import SOURCE_LANGUAGE, ModuleInfo
from schools.models import Classroom, Department


def languages_offered(classroom: Classroom) -> Sequence[str]:
    """The languages that the class's state offers; empty when all are."""
    department = _department(classroom)
    return cast(list[str], department.languages) if department is not None else []


def language_for(classroom: Classroom) -> str:
    """The reader's own language if the state offers it; else the class's, else the first that is offered."""
    wanted = get_language() or SOURCE_LANGUAGE
    offered = languages_offered(classroom)
    if not offered or wanted in offered:
        return wanted
    return classroom.language if classroom.language in offered else offered[0]


def modules_for(classroom: Classroom) -> tuple[ModuleInfo, ...]:
    """Every module as a student of this class may read it."""
    found = catalogue.modules(language_for(classroom))
    department = _department(classroom)
    if department is None or department.least_review_state == UNREVIEWED:
        return found
    return catalogue.with_least_review(found, department.least_review_state)


def language_of_quiz(classroom: Classroom, module: ModuleInfo) -> str:
    """A quiz of a module that is held back is asked in English, too."""
    is_held_back = module.is_held_back or any(lesson.is_held_back for lesson in module.lessons)
    return SOURCE_LANGUAGE if is_held_back else language_for(classroom)


def _department(classroom: Classroom) -> Department | None:
    return getattr(classroom.school.state, "department", None)
