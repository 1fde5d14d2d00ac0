"""A quiz in words: one question to answer, what is left, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Attempt, Question


@dataclass(frozen=True)
class Option:
    key: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class AskedQuestion:
    """What a student sees of a question before handing in: never which choice is right."""

    number: int
    of: int
    text: str
    hint: str
    input_type: str
    options: list[Option]


@dataclass(frozen=True)
class Reason:
    text: str
    why: str
    is_correct: bool
    is_chosen: bool


@dataclass(frozen=True)
class Answer:
    """A question afterwards: every choice with its reason."""

    text: str
    words: str
    status: str
    reasons: list[Reason]


@dataclass(frozen=True)
class Result:
    score: str
    cheer: str
    picture: str
    answers: list[Answer]


def asked(attempt: Attempt, number: int, chosen: Sequence[str] | None = None) -> AskedQuestion:
    item = attempt.sheet[number - 1]
    chosen = (item["answer"] or ()) if chosen is None else chosen
    several = item["kind"] == Question.Kind.MULTIPLE
    return AskedQuestion(
        number=number,
        of=len(attempt.sheet),
        text=item["text"],
        hint=_("Choose all that are right.") if several else _("Choose one."),
        input_type="checkbox" if several else "radio",
        options=[Option(one["key"], one["text"], one["key"] in chosen) for one in item["choices"]],
    )


def unanswered(attempt: Attempt) -> list[int]:
    """The numbers of the questions that have no answer yet."""
    return [number for number, item in enumerate(attempt.sheet, start=1) if not item["answer"]]


def result(attempt: Attempt) -> Result:
    right = sum(item["mark"] == 1 for item in attempt.sheet)
    score = _("You got %(right)d of %(all)d.") % {"right": right, "all": len(attempt.sheet)}
    part = sum(0 < item["mark"] < 1 for item in attempt.sheet)
    if part:
        more = ngettext(
            "You got %(right)d of %(all)d, and a part of %(part)d more.",
            "You got %(right)d of %(all)d, and a part of %(part)d more.",
            part,
        )
        score = more % {"right": right, "all": len(attempt.sheet), "part": part}
    return Result(score, *_cheer(attempt), [_answer(item) for item in attempt.sheet])


def _cheer(attempt: Attempt) -> tuple[str, str]:
    if attempt.score == attempt.max_score:
        return _("You know this well. You could explain it to a friend."), "star"
    if attempt.has_passed:
        return _("Well done. Read the reasons below for the rest."), "good"
    return _("Good that you tried. The reasons below will help you."), "path"


def _answer(item: dict[str, Any]) -> Answer:
    chosen = item["answer"] or ()
    mark = item["mark"]
    status = "done" if mark == 1 else "going" if mark else "todo"
    words = {"done": _("Right"), "going": _("Partly right"), "todo": _("Not yet. Here is why.")}[status]
    return Answer(
        text=item["text"],
        words=words,
        status=status,
        reasons=[
            Reason(one["text"], one["why"], one["is_correct"], one["key"] in chosen)
            for one in item["choices"]
        ],
    )
