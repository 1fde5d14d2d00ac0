"""A quiz with all that it asks, as plain values in one language, from the cache."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Prefetch
from django.utils.translation import override

from cms.core import content_version
from quizzes.models import Question, Quiz, QuizQuestion


@dataclass(frozen=True)
class PaperChoice:
    key: str
    text: str
    is_correct: bool
    why: str


@dataclass(frozen=True)
class PaperQuestion:
    key: str
    kind: str
    text: str
    objective: str
    choices: tuple[PaperChoice, ...]


@dataclass(frozen=True)
class Paper:
    """A quiz. Words that are not translated are the English ones."""

    quiz_id: int
    kind: str
    title: str
    module_key: UUID
    lesson_key: UUID | None
    pass_mark: int
    attempts_allowed: int | None
    questions: tuple[PaperQuestion, ...]


def paper(quiz_id: int, language: str) -> Paper | None:
    """The quiz in `language`; None when there is none, or it asks nothing that is published."""
    key = f"paper:{quiz_id}:{language}:{content_version.current()}"
    found = cache.get(key)
    if found is None:
        with override(language):
            found = _read(quiz_id)
        if found is not None:
            cache.set(key, found)
    return found


def sheet(paper: Paper, seed: UUID) -> list[dict[str, Any]]:
    """A fresh answer sheet, as `Attempt.sheet` describes it. The choices' order hangs on `seed` alone."""
    return [
        {
            "question": question.key,
            "kind": question.kind,
            "text": question.text,
            "objective": question.objective,
            "choices": [
                {"key": one.key, "text": one.text, "is_correct": one.is_correct, "why": one.why}
                for one in _shuffled(question, seed)
            ],
            "answer": None,
            "mark": None,
        }
        for question in paper.questions
    ]


def _shuffled(question: PaperQuestion, seed: UUID) -> list[PaperChoice]:
    """True and false keep their order: everyone expects it."""
    if question.kind == Question.Kind.TRUE_FALSE:
        return list(question.choices)
    start = seed.bytes + question.key.encode()
    return sorted(
        question.choices, key=lambda one: hashlib.blake2b(start + one.key.encode(), digest_size=8).digest()
    )


def _read(quiz_id: int) -> Paper | None:
    places = QuizQuestion.objects.filter(question__live=True).select_related("question__objective")
    places = places.prefetch_related("question__choices")
    quiz = Quiz.objects.filter(pk=quiz_id).prefetch_related(Prefetch("places", places)).first()
    if quiz is None or not quiz.places.all():
        return None
    return Paper(
        quiz_id=quiz.pk,
        kind=quiz.kind,
        title=quiz.title,
        module_key=quiz.module_key,
        lesson_key=quiz.lesson_key,
        pass_mark=quiz.pass_mark,
        attempts_allowed=quiz.attempts_allowed,
        questions=tuple(_question(place.question) for place in quiz.places.all()),
    )


def _question(question: Question) -> PaperQuestion:
    return PaperQuestion(
        key=question.key,
        kind=question.kind,
        text=question.text,
        objective=question.objective.code,
        choices=tuple(
            PaperChoice(one.key, one.text, one.is_correct, one.why) for one in question.choices.all()
        ),
    )
