"""Taking published figures away as a file: allowed to those who see them, and noted."""

from typing import Any

from django.db import transaction

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.models import Release
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE
from schools.queries.file_rows import Place
from schools.queries.published import Question


@transaction.atomic
def note_export(*, place: Place, file: str, release: Release | None, question: Question, by: User) -> None:
    """Note which figures of which place and night were taken, and by what they were narrowed."""
    require(by, Permission.SEE_ADOPTION, place)
    narrowed: dict[str, Any] = {
        "class": question.class_level != ANY_CLASS and question.class_level,
        "module": question.module_key != ANY_MODULE and str(question.module_key),
        "language": question.language != ANY_LANGUAGE and question.language,
    }
    audit.record(
        "adoption.exported",
        place,
        by=by,
        file=file,
        release=release.pk if release else None,
        **{name: value for name, value in narrowed.items() if value},
    )
