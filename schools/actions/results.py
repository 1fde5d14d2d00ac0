"""Looking at results by student: allowed to a class's teacher, and never in silence."""

from django.db import transaction

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from quizzes.models import Quiz
from schools.models import Classroom


@transaction.atomic
def open_names(*, classroom: Classroom, quiz: Quiz, reason: str, by: User) -> None:
    """Note that a quiz's results were opened by student, and why."""
    require(by, Permission.SEE_RESULTS, classroom)
    audit.record("results.opened", classroom, by=by, quiz=quiz.key, reason=reason)
