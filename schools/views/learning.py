"""A student's home, modules and lessons."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from curriculum.presenters.lessons import render_steps
from curriculum.queries.catalogue import LessonInfo
from schools.actions import learning as actions
from schools.models import Enrolment
from schools.presenters import learning as presenter
from schools.queries import learning as queries
from schools.queries.learning import Work
from schools.views.students import StudentRequest, student_required

MOST_STEPS = 200


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
    work, lesson = _lesson(request.enrolment, lesson_key)
    write = _write(request, lesson)
    if request.method == "POST":
        actions.finish_lesson(**write)
        return redirect("learning:finished", lesson.key)
    progress = queries.progress_in(request.enrolment, lesson.key)
    if progress is None:
        actions.start_lesson(**write)
    answers = {name[2:]: request.GET.getlist(name) for name in request.GET if name.startswith("q-")}
    context = {
        "lesson": lesson,
        "module": work.module,
        "steps": render_steps(lesson, language=write["language"], answers=answers, action=request.path),
        "reached": progress.step if progress else 0,
    }
    return show(request, "schools/learning/lesson.html", context)


@require_POST
@student_required
def step(request: StudentRequest, lesson_key: UUID) -> HttpResponse:
    """The script's note of how far the student is."""
    number = request.POST.get("step", "")
    if not (number.isascii() and number.isdigit() and int(number) <= MOST_STEPS):
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
    return render(request, template, {"learner": request.enrolment, "footer_links": (), **context})


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
