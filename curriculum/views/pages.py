"""The public pages of the curriculum: nothing here knows who reads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from curriculum.models import Band, LearnIndexPage, LessonPage, ModulePage
from curriculum.presenters import pages
from curriculum.presenters.lessons import (
    Place,
    RenderedStep,
    answered,
    render_blocks,
    render_practice,
    render_steps,
)
from curriculum.presenters.pages import Link
from curriculum.queries import catalogue
from curriculum.queries.catalogue import SOURCE_LANGUAGE, LessonInfo, ModuleInfo
from curriculum.queries.practice import objectives_of, practice_questions

QUESTION = "q-"


def index(request: HttpRequest, page: LearnIndexPage) -> HttpResponse:
    """All modules, by class band."""
    bands = pages.modules_by_band(_reader())
    context = {"frame": pages.frame_for_all(request), "links": pages.breadcrumb(), "bands": bands}
    return render(request, "curriculum/learn_index_page.html", context)


def module(request: HttpRequest, page: ModulePage, part: str = "") -> HttpResponse:
    """A module's lessons and what they are for; or, as `part`, its note to families."""
    info = catalogue.module(page.translation_key)
    lessons = info.lessons if info else ()
    context: dict[str, Any] = {
        "page": page,
        "frame": pages.frame_of(request, page, page.review_state),
        "band": Band(page.band).label,
        "url": info.url if info else "",
        "lessons": lessons,
    }
    if part == ModulePage.FAMILY:
        return _family(request, page, context)
    context["links"] = pages.breadcrumb(Link(page.title, ""))
    context["objectives"] = objectives_of([one.page_id for one in lessons])
    return render(request, "curriculum/module_page.html", context)


def _family(request: HttpRequest, page: ModulePage, context: dict[str, Any]) -> HttpResponse:
    ids = [one.page_id for one in context["lessons"]]
    notes = LessonPage.objects.filter(pk__in=ids).exclude(family_note="").in_bulk()
    context["notes"] = [
        (one, notes[one.page_id].family_note) for one in context["lessons"] if one.page_id in notes
    ]
    context["links"] = pages.breadcrumb(Link(page.title, context["url"]), Link(_("For families"), ""))
    return render(request, "curriculum/family_page.html", context)


def lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """A whole lesson with its practice questions, each answered at once by GET."""
    reader = _reader()
    info = catalogue.lesson(page.translation_key)
    module_info = catalogue.module(info.module_key) if info else None
    answers = _answers(request)
    questions = practice_questions(info.practice_quiz_id) if info and info.practice_quiz_id else []
    states = [question.review_states.get(reader, page.review_state) for question in questions]
    frame = pages.frame_of(request, page, pages.lowest(page.review_state, *states))
    place = Place(frame.words, reader, request.path)
    context = {
        "page": page,
        "frame": frame,
        "links": _way_to(page, module_info),
        "steps": _steps(request, page, info, place, answers),
        "practice": render_practice(questions, place, answers),
        "objectives": page.objectives.all(),
        "module": module_info,
        "next_lesson": _next(module_info, info),
    }
    return render(request, "curriculum/lesson_page.html", context)


def _steps(
    request: HttpRequest,
    page: LessonPage,
    info: LessonInfo | None,
    place: Place,
    answers: Mapping[str, list[str]],
) -> list[RenderedStep]:
    """The lesson's blocks from the cache; those of a draft that an editor looks at are made now."""
    if info is None or getattr(request, "is_preview", False):
        return answered(render_blocks(page.body, place), answers, place)
    return render_steps(info, language=place.reader, answers=answers, action=place.action)


def _way_to(page: LessonPage, module_info: ModuleInfo | None) -> list[Link]:
    above = [Link(module_info.title, module_info.url)] if module_info else []
    return pages.breadcrumb(*above, Link(page.title, ""))


def _next(module_info: ModuleInfo | None, info: LessonInfo | None) -> LessonInfo | None:
    lessons = list(module_info.lessons) if module_info else []
    after = lessons.index(info) + 1 if info in lessons else len(lessons)
    return lessons[after] if after < len(lessons) else None


def _answers(request: HttpRequest) -> dict[str, list[str]]:
    """By question key, the choices in the address."""
    return {
        name.removeprefix(QUESTION): request.GET.getlist(name)
        for name in request.GET
        if name.startswith(QUESTION)
    }


def _reader() -> str:
    return get_language() or SOURCE_LANGUAGE
