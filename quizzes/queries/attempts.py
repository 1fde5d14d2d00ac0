"""A learner's own attempts."""

from typing import Any
from uuid import UUID

from quizzes.models import Attempt


def of_learner(learner: Any, school_id: int) -> Any:
    """All attempts of one learner at one school. No other learner's ever comes out of here."""
    return Attempt.objects.filter(school_id=school_id, learner_id=learner.pk)


def one(learner: Any, school_id: int, quiz_id: int, id: UUID) -> Attempt | None:
    return of_learner(learner, school_id).filter(id=id, quiz_id=quiz_id).first()


def tries_left(attempts: list[Attempt], allowed: int | None) -> int | None:
    """How often the quiz may still be started, given all `attempts` at it; None where there is no limit."""
    return None if allowed is None else max(0, allowed - len(attempts))
