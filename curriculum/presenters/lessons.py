"""A lesson's blocks as HTML, made once for everyone who reads the same words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.blocks import StreamValue

from cms.core import content_version
from cms.help import lines
from curriculum.models import LessonPage
from curriculum.presenters.questions import AskedQuestion, asked, render_question
from curriculum.queries.catalogue import LessonInfo
from quizzes.models import Question

INDENT = re.compile(r"\s*\n\s*")
Answers = Mapping[str, list[str]]
"""By question key, the keys of the choices taken."""


@dataclass(frozen=True)
class RenderedStep:
    """One block of a lesson. `key` is the same in every language, and the `id` of the HTML element."""

    key: str
    kind: str
    html: SafeString


@dataclass(frozen=True)
class Place:
    """Where blocks are shown: the words' language, the reader's, and where a question's form leads."""

    words: str
    reader: str
    action: str

    @property
    def mark(self) -> SafeString:
        """The attributes that say that the words are not in the page's language."""
        return language_mark(self.words) if self.words != self.reader else SafeString("")


def render_steps(lesson: LessonInfo, *, language: str, answers: Answers, action: str) -> list[RenderedStep]:
    """The blocks of `lesson` for a reader of `language`; check questions answer by GET to `action`.

    Everything comes from the cache but the questions that `answers` has an answer to.
    """
    place = Place(lesson.language, language, action)
    key = f"lesson:{lesson.page_id}:{language}:{action}:{content_version.current()}"
    found = cache.get(key)
    if found is None:
        page = LessonPage.objects.get(pk=lesson.page_id)
        found = render_blocks(page.body, place)
        cache.set(key, found)
    return answered(found, answers, place)


def render_blocks(body: StreamValue, place: Place) -> list[tuple[RenderedStep, AskedQuestion | None]]:
    """Every block with, for a check, its question."""
    questions = asked((child.value["question"] for child in body if _asks(child)), place.words)
    rendered = []
    with override(place.words):
        for child in body:
            question = questions.get(child.value["question"].pk) if _asks(child) else None
            if child.block_type != "check" or question:
                rendered.append((_step(child, question, place), question))
    return rendered


def render_practice(questions: Sequence[Question], place: Place, answers: Answers) -> list[RenderedStep]:
    """The questions of a practice quiz, each a form of its own that is answered at once."""
    with override(place.words):
        found = [
            (
                RenderedStep(f"p-{question.key}", "check", _check(question, f"p-{question.key}", place)),
                question,
            )
            for question in asked(questions, place.words).values()
        ]
    return answered(found, answers, place)


def answered(
    found: Sequence[tuple[RenderedStep, AskedQuestion | None]], answers: Answers, place: Place
) -> list[RenderedStep]:
    """The steps, with the reply in those questions that were answered."""
    steps = []
    for step, question in found:
        answer = answers.get(question.key) if question else None
        if question and answer:
            with override(place.words):
                step = replace(step, html=_check(question, step.key, place, answer))
        steps.append(step)
    return steps


def language_mark(language: str) -> SafeString:
    """`lang` and `dir` attributes, for words that are not in the page's language."""
    direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
    return format_html(' lang="{}" dir="{}"', language, direction)


def _asks(child: Any) -> bool:
    return child.block_type == "check" and child.value["question"] is not None


def _step(child: Any, question: AskedQuestion | None, place: Place) -> RenderedStep:
    anchor = f"b-{str(child.id)[:8]}"
    if question:
        return RenderedStep(anchor, "check", _check(question, anchor, place))
    context = {"value": child.value, "anchor": anchor, "mark": place.mark}
    if child.block_type == "help":
        known = lines.by_key(place.reader)
        context["lines"] = [known[key] for key in child.value["lines"] if key in known]
        context["reader"] = place.reader
        context["reader_mark"] = language_mark(place.reader) if place.mark else ""
    return RenderedStep(anchor, child.block_type, _render(child.block.meta.template, context))


def _check(question: AskedQuestion, anchor: str, place: Place, answer: Sequence[str] = ()) -> SafeString:
    form = render_question(question, action=place.action, anchor=anchor, language=place.words, answer=answer)
    context = {"form": form, "anchor": anchor, "mark": place.mark}
    return _render("curriculum/blocks/check.html", context)


def _render(template: str, context: dict[str, Any]) -> SafeString:
    """The template's HTML without indents and empty lines, which a slow line would carry for nothing."""
    return mark_safe(INDENT.sub("\n", render_to_string(template, context)))  # noqa: S308 - a template escaped it
