"""A practice question: asked, and answered at once with its reason. Nothing is kept."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from curriculum.queries.catalogue import SOURCE_LANGUAGE
from quizzes.models import Choice, Question

TEMPLATE = "curriculum/_question.html"


@dataclass(frozen=True)
class AskedChoice:
    key: str
    text: str
    why: str
    is_correct: bool


@dataclass(frozen=True)
class AskedQuestion:
    """A question's words in one language, which is English where its own is missing."""

    key: str
    kind: str
    text: str
    language: str
    choices: tuple[AskedChoice, ...]

    @property
    def field_name(self) -> str:
        return f"q-{self.key}"

    @property
    def takes_several(self) -> bool:
        return self.kind == Question.Kind.MULTIPLE


@dataclass(frozen=True)
class Reply:
    """What is said to an answer: right, nearly (more is to be found), or not yet."""

    chosen: tuple[AskedChoice, ...]
    is_right: bool
    is_nearly_right: bool


def asked(questions: Iterable[Question], language: str) -> dict[int, AskedQuestion]:
    """The live ones of `questions` by primary key, with their choices: one query for all."""
    live = [question for question in questions if question.live]
    choices = Choice.objects.filter(question__in=live).order_by("question_id", "sort_order", "key")
    grouped = {pk: list(found) for pk, found in groupby(choices, key=lambda choice: choice.question_id)}
    return {question.pk: described(question, grouped.get(question.pk, ()), language) for question in live}


def described(question: Question, choices: Iterable[Choice], language: str) -> AskedQuestion:
    """The plain values of a question; wholly in `language`, or wholly in English."""
    choices = list(choices)
    fields = [(question, "text"), *[(choice, name) for choice in choices for name in ("text", "why")]]
    if not all(getattr(thing, f"{name}_{language}", None) for thing, name in fields):
        language = SOURCE_LANGUAGE
    return AskedQuestion(
        key=question.key,
        kind=question.kind,
        text=getattr(question, f"text_{language}") or "",
        language=language,
        choices=tuple(
            AskedChoice(
                key=choice.key,
                text=getattr(choice, f"text_{language}") or "",
                why=getattr(choice, f"why_{language}") or "",
                is_correct=choice.is_correct,
            )
            for choice in choices
        ),
    )


def reply_to(question: AskedQuestion, answer: Collection[str]) -> Reply | None:
    """What to say to the choices named in `answer`; None when it names none of this question's."""
    chosen: Sequence[AskedChoice] = [choice for choice in question.choices if choice.key in answer]
    if not question.takes_several:
        chosen = chosen[:1]
    if not chosen:
        return None
    has_wrong = any(not choice.is_correct for choice in chosen)
    right = sum(choice.is_correct for choice in question.choices)
    is_right = not has_wrong and len(chosen) == right
    return Reply(tuple(chosen), is_right=is_right, is_nearly_right=not has_wrong and not is_right)


def render_question(
    question: AskedQuestion, *, action: str, anchor: str, language: str, answer: Collection[str] = ()
) -> SafeString:
    """The question as a form that answers by GET to `action`; with the reply once there is an answer."""
    context = {
        "question": question,
        "action": action,
        "anchor": anchor,
        "reply": reply_to(question, answer),
        "is_in_other_language": question.language != language,
        "direction": "rtl" if question.language in settings.LANGUAGES_BIDI else "ltr",
    }
    return render_to_string(TEMPLATE, context)
