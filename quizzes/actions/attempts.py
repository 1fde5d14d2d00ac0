"""Taking a quiz: starting, answering, handing in. Every one of them may be repeated and counts once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cms.users.models import User
from quizzes import scoring
from quizzes.models import Attempt, Question
from quizzes.queries import papers
from quizzes.queries.attempts import locked, of_learner, tries_left
from quizzes.queries.papers import Paper


class NotTheirAttemptError(Exception):
    """The attempt is another learner's, another quiz's, or nobody's."""


class NoTriesLeftError(Exception):
    """The quiz may not be started any more."""


class HandedInError(Exception):
    """The attempt was handed in before; nothing in it may change."""


class BadAnswerError(ValueError):
    """What was chosen cannot answer the question: nothing, too much, or choices it does not have."""


@dataclass(frozen=True)
class Place:
    """Where the learner learns, as bare numbers: this app does not know schools."""

    school_id: int
    state_id: int
    classroom_id: int


@transaction.atomic
def start(*, id: UUID, paper: Paper, place: Place, language: str, by: User) -> Attempt:
    """Begin the quiz under the id that the form carried; or go on with the attempt that is open.

    Raises `NotTheirAttemptError` when the id is another learner's, `NoTriesLeftError` after the last try.
    """
    User.students.select_for_update(no_key=True).get(pk=by.pk)
    attempts = list(of_learner(by, place.school_id).filter(quiz_id=paper.quiz_id))
    for attempt in attempts:
        if attempt.id == id or attempt.submitted_at is None:
            return attempt
    if tries_left(attempts, paper.attempts_allowed) == 0:
        raise NoTriesLeftError
    attempt, is_new = Attempt.objects.get_or_create(
        school_id=place.school_id,
        id=id,
        defaults={
            "state_id": place.state_id,
            "classroom_id": place.classroom_id,
            "learner_id": by.pk,
            "quiz_id": paper.quiz_id,
            "language": language,
            "sheet": papers.sheet(paper, id),
            "max_score": len(paper.questions),
        },
    )
    if not is_new:
        raise NotTheirAttemptError
    return attempt


@transaction.atomic
def answer(
    *, school_id: int, quiz_id: int, id: UUID, number: int, chosen: Sequence[str], by: User
) -> Attempt:
    """Keep the answer to question `number` (from 1). It may be changed until the quiz is handed in."""
    attempt = _locked(school_id, quiz_id, id, by)
    if attempt.submitted_at is not None:
        raise HandedInError
    if not 1 <= number <= len(attempt.sheet):
        raise NotTheirAttemptError
    item = attempt.sheet[number - 1]
    item["answer"] = _checked(item, chosen)
    attempt.save(update_fields=["sheet"])
    return attempt


@transaction.atomic(savepoint=False)
def submit(*, school_id: int, quiz_id: int, id: UUID, pass_mark: int, by: User) -> tuple[Attempt, bool]:
    """Hand the attempt in and mark it. The second value says whether this call did it."""
    attempt = _locked(school_id, quiz_id, id, by)
    if attempt.submitted_at is not None:
        return attempt, False
    for item in attempt.sheet:
        right = {choice["key"] for choice in item["choices"] if choice["is_correct"]}
        item["mark"] = scoring.mark(right, item["answer"] or ())
    attempt.score = scoring.total(item["mark"] for item in attempt.sheet)
    attempt.has_passed = scoring.has_passed(attempt.score, attempt.max_score, pass_mark)
    attempt.submitted_at = timezone.now()
    attempt.save(update_fields=["sheet", "score", "has_passed", "submitted_at"])
    return attempt, True


def _locked(school_id: int, quiz_id: int, id: UUID, by: User) -> Attempt:
    attempt = locked(by, school_id, quiz_id, id)
    if attempt is None:
        raise NotTheirAttemptError
    return attempt


def _checked(item: dict[str, Any], chosen: Sequence[str]) -> list[str]:
    """The chosen keys in the sheet's order, each once."""
    keys = [choice["key"] for choice in item["choices"]]
    picked = [key for key in keys if key in chosen]
    if not picked or len(picked) != len(set(chosen)):
        raise BadAnswerError
    if item["kind"] != Question.Kind.MULTIPLE and len(picked) != 1:
        raise BadAnswerError
    return picked
