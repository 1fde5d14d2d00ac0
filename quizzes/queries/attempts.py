"""A learner's own attempts."""

from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, UUIDField

from cms.core.prepared import Given, Prepared
from quizzes.models import Attempt

COLUMNS = [field.attname for field in Attempt._meta.concrete_fields]


def of_learner(learner: Any, school_id: int) -> Any:
    """All attempts of one learner at one school. No other learner's ever comes out of here."""
    return Attempt.objects.filter(school_id=school_id, learner_id=learner.pk)


def one(learner: Any, school_id: int, quiz_id: int, id: UUID) -> Attempt | None:
    return of_learner(learner, school_id).filter(id=id, quiz_id=quiz_id).first()


def locked(learner: Any, school_id: int, quiz_id: int, id: UUID) -> Attempt | None:
    """The learner's own attempt, held until the transaction ends: two taps wait for each other."""
    rows = _locked.rows(learner=learner.pk, school=school_id, quiz=quiz_id, id=id)
    return Attempt.from_db("default", COLUMNS, rows[0]) if rows else None


_locked = Prepared(
    lambda: (
        Attempt.objects.select_for_update()
        .filter(
            school_id=Given("school", BigIntegerField()),
            id=Given("id", UUIDField()),
            learner_id=Given("learner", BigIntegerField()),
            quiz_id=Given("quiz", BigIntegerField()),
        )
        .values_list(*COLUMNS)
    )
)


def tries_left(attempts: list[Attempt], allowed: int | None) -> int | None:
    """How often the quiz may still be started, given all `attempts` at it; None where there is no limit."""
    return None if allowed is None else max(0, allowed - len(attempts))
