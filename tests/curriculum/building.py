"""Builds small trees of lessons for tests."""

import uuid
from typing import Any

from django.utils import translation
from wagtail.models import Locale, Page, Site

from cms.core.identifiers import key_for
from cms.help.models import HelpLine
from cms.home.models import HomePage
from curriculum.models import LearnIndexPage, LessonPage, ModulePage
from quizzes.models import Choice, Objective, Question, Quiz, QuizQuestion


def index() -> LearnIndexPage:
    """The English list of lessons, below a home page; `translated` makes what other languages need."""
    locale, _created = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node()
    for welcome in root.get_children():
        welcome.delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Home", slug="home", locale=locale))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    return home.add_child(instance=LearnIndexPage(title="Lessons", slug="learn", locale=locale))


def module(parent: LearnIndexPage, slug: str = "good-company", **fields: Any) -> ModulePage:
    defaults = {
        "title": "Good company",
        "summary": "How to choose good company.",
        "picture": "chat",
        "band": "middle",
        "family_note": "Dear family, listen first.",
    }
    return _published(parent, ModulePage(slug=slug, **(defaults | fields)))


def lesson(parent: ModulePage, slug: str = "first-steps", **fields: Any) -> LessonPage:
    defaults = {"title": "First steps", "summary": "Begin here.", "picture": "path", "minutes": 20}
    body = fields.pop("body", [block("text", heading="A start", body="We begin.")])
    page = LessonPage(slug=slug, **(defaults | fields))
    page.body = body
    return _published(parent, page)


def block(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(key_for("block", f"{kind}/{sorted(value)}"))}


def items(*values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def translated(page: Any, language: str, **fields: Any) -> Any:
    """A published copy of `page` in another language; what is above it is copied as well."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    copy = page.copy_for_translation(locale, copy_parents=True)
    for above in copy.get_ancestors().filter(live=False, depth__gt=1):
        above.specific.save_revision().publish()
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


def question(key: str = "what-first", kind: str = "single", **fields: Any) -> Question:
    """A question whose choice `a` is right; with `several`, `a` and `b`."""
    objective, _created = Objective.objects.get_or_create(code="MID-T1", defaults={"text_en": "Begin well."})
    made = Question.objects.create(
        key=key, kind=kind, objective=objective, **({"text_en": "What comes first?"} | fields)
    )
    for letter in "abc":
        Choice.objects.create(
            question=made,
            key=letter,
            sort_order=ord(letter),
            text_en=f"Choice {letter}",
            why_en=f"Reason {letter}",
            is_correct=letter == "a" or (kind == "multiple" and letter == "b"),
        )
    return made


def practice_quiz(page: LessonPage, *questions: Question) -> Quiz:
    quiz = Quiz.objects.create(
        key=f"{page.slug}-practice",
        kind=Quiz.Kind.PRACTICE,
        title_en="Practice",
        module_key=page.get_parent().specific.translation_key,
        lesson_key=page.translation_key,
    )
    for number, one in enumerate(questions):
        QuizQuestion.objects.create(quiz=quiz, question=one, sort_order=number)
    return quiz


def help_line(key: str = "child-1098", **fields: Any) -> HelpLine:
    defaults = {
        "kind": "call",
        "numbers": ["1098"],
        "name_en": "Child Helpline 1098",
        "what_for_en": "For any child.",
        "what_happens_en": "Someone listens.",
        "is_published": True,
        "is_for_children": True,
    }
    with translation.override("en"):
        return HelpLine.objects.create(key=key, **(defaults | fields))


def _published(parent: Any, page: Any) -> Any:
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
