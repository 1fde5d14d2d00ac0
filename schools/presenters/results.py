"""What a class found hard, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from curriculum.queries.catalogue import ModuleInfo
from schools.queries.results import QuestionResult, StudentResult, Taken

WELL = 0.7
"""From this share of right answers on, a question counts as understood."""


@dataclass(frozen=True)
class Finding:
    """One question: its words, how it went, and what was taken instead."""

    text: str
    right: int
    answered: int
    words: str
    share: str
    mistake: str


@dataclass(frozen=True)
class QuizLink:
    """A quiz of a class, and how many took it."""

    quiz_id: int
    module_title: str
    title: str
    words: str
    is_taken: bool


def findings(results: Sequence[QuestionResult]) -> tuple[list[Finding], list[Finding]]:
    """What the class found hard, hardest first, and what went well."""
    hard = [_finding(one) for one in results if one.right / one.answered < WELL]
    well = [_finding(one) for one in reversed(results) if one.right / one.answered >= WELL]
    return hard, well


def _finding(result: QuestionResult) -> Finding:
    words = ngettext(
        "%(right)d of %(n)d student got this right.",
        "%(right)d of %(n)d students got this right.",
        result.answered,
    )
    return Finding(
        result.text,
        result.right,
        result.answered,
        words % {"right": result.right, "n": result.answered},
        # Translators: a share, in whole percent.
        _("%(share)d%%") % {"share": round(100 * result.right / result.answered)},
        _mistake(result),
    )


def _mistake(result: QuestionResult) -> str:
    if result.wrong_taken_most is None:
        return ""
    text, count = result.wrong_taken_most
    words = ngettext(
        "The wrong choice taken most, by %(n)d student: “%(choice)s”",
        "The wrong choice taken most, by %(n)d students: “%(choice)s”",
        count,
    )
    return words % {"n": count, "choice": text}


def quizzes_of(modules: Sequence[ModuleInfo], taken: dict[int, Taken], students: int) -> list[QuizLink]:
    """All quizzes of some modules, in the order in which they are taken.

    Of `students`, those in the class now, and of those who left after they took it.
    """
    links = []
    for module in modules:
        named = [(lesson.practice_quiz_id, lesson.title) for lesson in module.lessons]
        for quiz_id, title in [*named, (module.final_quiz_id, _("Final quiz"))]:
            if quiz_id is not None:
                by = taken.get(quiz_id, Taken())
                params = {"taken": by.here + by.gone, "all": students + by.gone}
                words = _("taken by %(taken)d of %(all)d") % params
                links.append(QuizLink(quiz_id, module.title, title, words, params["taken"] > 0))
    return links


def score_words(result: StudentResult) -> str:
    return _("%(score)g of %(all)d") % {"score": result.score, "all": result.max_score}
