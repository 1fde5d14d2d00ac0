"""A student's home, modules and lessons."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core import content_version
from cms.core.context_processors import languages
from cms.core.holes import fill, hole
from curriculum.presenters.lessons import render_steps
from curriculum.queries.catalogue import LessonInfo
from schools.actions import learning as actions
from schools.models import Enrolment
from schools.presenters import learning as presenter
from schools.queries import learning as queries
from schools.queries.learning import Work
from schools.queries.words_offered import languages_offered
from schools.views.students import StudentRequest, student_required, student_script_required

MOST_STEPS = 200
STEP = re.compile(r"[0-9]{1,3}")


@require_safe
@student_required
def home(request: StudentRequest) -> HttpResponse:
    """What is next, what is given, what is finished. Nothing else."""
    enrolment = request.enrolment
    progress, attempts = queries.progress(enrolment), queries.attempts(enrolment)
    cards = [presenter.card(one, progress, attempts) for one in queries.work(enrolment)]
    given = [one for one in cards if one.state != presenter.DONE]
    step = next((one.next for one in given if one.next), None)
    finished = [one for one in cards if one.state == presenter.DONE]
    context = {"step": step, "given": given, "finished": finished}
    return show(request, "schools/learning/home.html", context)


@require_safe
@student_required
def module(request: StudentRequest, module_key: UUID) -> HttpResponse:
    enrolment = request.enrolment
    work = next((one for one in queries.work(enrolment) if one.module.key == module_key), None)
    if work is None:
        raise Http404
    card = presenter.card(work, queries.progress(enrolment), queries.attempts(enrolment))
    return show(request, "schools/learning/module.html", {"card": card, "module": work.module})


@require_http_methods(["GET", "HEAD", "POST"])
@student_required
def lesson(request: StudentRequest, lesson_key: UUID) -> HttpResponse:
    """Read the lesson; say that it is finished. Its practice questions answer by GET."""
    _work, lesson = _lesson(request.enrolment, lesson_key)
    write = _write(request, lesson)
    if request.method == "POST":
        actions.finish_lesson(**write)
        return redirect("learning:finished", lesson.key)
    reached = queries.step_reached(request.enrolment, lesson.key)
    if reached is None:
        actions.start_lesson(**write)
    values = {
        "alias": escape(request.enrolment.alias),
        "token": get_token(request),
        "reached": str(reached or 0),
    }
    return HttpResponse(fill(_lesson_page(request, lesson), values))


@require_POST
@student_script_required
def step(request: StudentRequest, lesson_key: UUID) -> HttpResponse:
    """The script's note of how far the student is."""
    number = request.POST.get("step", "")
    if not STEP.fullmatch(number) or int(number) > MOST_STEPS:
        return HttpResponseBadRequest()
    _work, lesson = _lesson(request.enrolment, lesson_key)
    actions.reach_step(step=int(number), **_write(request, lesson))
    return HttpResponse(status=204)


@require_safe
@student_required
def finished(request: StudentRequest, lesson_key: UUID) -> HttpResponse:
    """What was learned, and what comes next."""
    enrolment = request.enrolment
    work, lesson = _lesson(enrolment, lesson_key)
    progress = queries.progress(enrolment)
    if lesson.key not in progress or progress[lesson.key].finished_at is None:
        return redirect("learning:lesson", lesson.key)
    card = presenter.card(work, progress, queries.attempts(enrolment))
    context = {"lesson": lesson, "card": card, "learned": queries.objectives(lesson)}
    return show(request, "schools/learning/finished.html", context)


def show(request: StudentRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with the student's alias on it, and without the links that a student has no use for."""
    frame = {"learner": request.enrolment, "footer_links": (), **_language_links(request)}
    return render(request, template, frame | context)


def _lesson_page(request: StudentRequest, lesson: LessonInfo) -> str:
    """The page with holes for what is the student's own, made once for all of them unless it has answers."""
    language = get_language() or settings.LANGUAGE_CODE
    offered = "-".join(languages_offered(request.enrolment.classroom))
    key = (
        f"student-lesson:{lesson.page_id}:{lesson.is_held_back}:{language}:{offered}"
        f":{content_version.current()}:{settings.RELEASE}"
    )
    page = None if request.GET else cache.get(key)
    if page is None:
        answers = {name[2:]: request.GET.getlist(name) for name in request.GET if name.startswith("q-")}
        context = {
            "lesson": lesson,
            "language_note": presenter.language_note(lesson, language),
            "steps": render_steps(lesson, language=language, answers=answers, action=request.path),
            "reached": hole("reached"),
            "learner": {"alias": hole("alias")},
            "csrf_token": hole("token"),
            "messages": (),
            "footer_links": (),
            **_language_links(request),
        }
        page = render_to_string("schools/learning/lesson.html", context, request)
        if not request.GET:
            cache.set(key, page)
    return page


def _language_links(request: StudentRequest) -> dict[str, Any]:
    """The same page in the languages that the student's state offers."""
    offered = languages_offered(request.enrolment.classroom)
    links = languages(request)["language_links"]
    return {
        "language_links": [one for one in links if not offered or one["code"] in offered or one["current"]]
    }


def _lesson(enrolment: Enrolment, lesson_key: UUID) -> tuple[Work, LessonInfo]:
    found = queries.work_with_lesson(enrolment, lesson_key)
    if found is None:
        raise Http404
    return found


def _write(request: StudentRequest, lesson: LessonInfo) -> dict[str, Any]:
    """What every write about a lesson is given."""
    return {
        "enrolment": request.enrolment,
        "lesson": lesson,
        "language": get_language(),
        "by": request.user,
    }
