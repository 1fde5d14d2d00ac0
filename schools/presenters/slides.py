"""A lesson as slides for a projector: one idea a screen.

Where a block is divided hangs on its parts (paragraphs, items) and never on their length, so that a lesson
has the same slides in every language, and the teacher's notes follow a screen that is in another one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.help import lines
from curriculum.models import LessonPage
from curriculum.presenters.lessons import language_mark
from curriculum.presenters.questions import AskedQuestion, asked
from curriculum.queries.catalogue import LessonInfo
from quizzes.models import Question

LONG, VERY_LONG = 200, 380
"""Letters on a slide from which its type gets smaller."""
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Slide:
    """One screen. `key` is the same in every language; `note` is for the teacher and never on the screen."""

    key: str
    kind: str
    title: str
    html: SafeString
    size: str
    note: str = ""
    question: AskedQuestion | None = None


def deck(lesson: LessonInfo, page: LessonPage, questions: Sequence[Question]) -> list[Slide]:
    """The slides of `lesson`, whose words are in the language of `page`; `questions` are all that it asks."""
    words = asked(questions, lesson.language)
    slides: list[Slide] = []
    with override(lesson.language):
        for child in page.body:
            anchor = f"s-{str(child.id)[:8]}"
            if child.block_type in PARTS:
                slides += _of_block(child, anchor, lesson.language)
            elif child.block_type == "check" and (found := _question(child, words)):
                slides.append(_ask(anchor, found, lesson.language))
        in_lesson = {slide.question.key for slide in slides if slide.question}
        practice = [one for one in words.values() if one.key not in in_lesson]
        slides += [_ask(f"s-{one.key}", one, lesson.language) for one in practice]
    return slides


def hands_field(question_key: str, choice_key: str) -> str:
    """The name of the form's field for the hands that go up for a choice."""
    return f"hands-{question_key}-{choice_key}"


def _question(child: Any, words: Mapping[int, AskedQuestion]) -> AskedQuestion | None:
    question = child.value["question"]
    return words.get(question.pk) if question is not None else None


def _of_block(child: Any, anchor: str, language: str) -> Iterator[Slide]:
    heading = child.value.get("heading") or ""
    for number, part in enumerate(PARTS[child.block_type](child.value), 1):
        context = {"value": child.value, "part": part, "is_first": number == 1, "language": language}
        html = render_to_string(f"schools/sessions/slides/{child.block_type}.html", context)
        yield Slide(
            key=f"{anchor}-{number}",
            kind=child.block_type.replace("_", "-"),
            title=heading or _shortened(html),
            html=html,
            size=_size(html),
            note=child.value.get("note") or "" if child.block_type == "talk_together" else "",
        )


def _ask(anchor: str, question: AskedQuestion, language: str) -> Slide:
    context = {
        "question": question,
        "rows": [(choice, hands_field(question.key, choice.key)) for choice in question.choices],
        "mark": language_mark(question.language) if question.language != language else "",
    }
    html = render_to_string("schools/sessions/slides/check.html", context)
    seen = question.text + "".join(choice.text for choice in question.choices)
    return Slide(anchor, "check", question.text, html, _size(seen), question=question)


def _size(html: str) -> str:
    """How small the type must be for the slide to fit: "", "long" or "very-long"."""
    letters = len(" ".join(strip_tags(html).split()))
    return "very-long" if letters > VERY_LONG else "long" if letters > LONG else ""


def _shortened(html: str) -> str:
    words = " ".join(strip_tags(html).split())
    # Translators: the beginning of a longer text.
    return words if len(words) <= 60 else _("%(words)s…") % {"words": words[:60].rsplit(" ", 1)[0]}


def _text(value: Any) -> list[Part]:
    paragraphs = [one for one in value["body"].split("\n\n") if one.strip()]
    return [{"body": "\n\n".join(some)} for some in batched(paragraphs, 2)]


def _whole(value: Any) -> list[Part]:
    return [{"body": value["body"]}]


def _steps(value: Any) -> list[Part]:
    numbered = [(number, item) for number, item in enumerate(value["items"], 1)]
    opening: list[Part] = [{"items": []}] if value["intro"] else []
    return opening + [{"items": some, "start": some[0][0]} for some in batched(numbered, 3)]


def _one_by_one(value: Any) -> list[Part]:
    opening: list[Part] = [{"item": None}] if value["intro"] else []
    return opening + [{"item": item} for item in value["items"]]


def _chat(value: Any) -> list[Part]:
    return [{"items": []}, *({"items": some} for some in batched(value["items"], 2))]


def _choose_next(value: Any) -> list[Part]:
    return [{"item": None}, *({"item": item} for item in value["items"])]


def _talk(value: Any) -> list[Part]:
    opening: list[Part] = [{"items": []}] if value["intro"] else []
    return opening + [{"items": some} for some in batched(value["items"], 2)]


def _help(value: Any) -> list[Part]:
    known = lines.by_key()
    found = [known[key] for key in value["lines"] if key in known]
    opening: list[Part] = [{"body": value["body"], "lines": []}] if value["body"] else []
    return opening + [{"body": "", "lines": some} for some in batched(found, 2)]


PARTS: dict[str, Callable[[Any], list[Part]]] = {
    "text": _text,
    "key_idea": _whole,
    "steps": _steps,
    "myth_fact": _one_by_one,
    "chat": _chat,
    "choose_next": _choose_next,
    "sort": _one_by_one,
    "talk_together": _talk,
    "help": _help,
}
"""For each kind of block, how it is divided into screens. A check is one screen by itself."""
