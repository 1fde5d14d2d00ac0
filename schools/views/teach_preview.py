"""Lessons and quizzes as a student sees them, with nothing kept, and the teacher's guides."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from curriculum.models import LessonPage, ModulePage
from curriculum.presenters.lessons import Place, language_mark, render_practice, render_steps
from curriculum.queries import catalogue
from curriculum.queries.catalogue import SOURCE_LANGUAGE, LessonInfo, ModuleInfo
from curriculum.queries.practice import practice_questions
from quizzes.models import Quiz
from schools.presenters import teach_preview as presenter

QUESTION = "q-"


def _open(request: SignedInRequest, module_slug: str) -> ModuleInfo:
    """The module with this name, for whoever may preview."""
    require(request.user, Permission.PREVIEW, None)
    for module in catalogue.modules():
        if module.slug == module_slug:
            return module
    raise Http404


def _lesson(module: ModuleInfo, lesson_slug: str) -> LessonInfo:
    for lesson in module.lessons:
        if lesson.slug == lesson_slug:
            return lesson
    raise Http404


def _reader() -> str:
    return get_language() or SOURCE_LANGUAGE


def _answers(request: SignedInRequest) -> dict[str, list[str]]:
    names = [name for name in request.GET if name.startswith(QUESTION)]
    return {name.removeprefix(QUESTION): request.GET.getlist(name) for name in names}


@login_required
@require_safe
def modules(request: SignedInRequest) -> HttpResponse:
    """Every module with its guide and its preview."""
    require(request.user, Permission.PREVIEW, None)
    return render(request, "schools/teach/modules.html", {"bands": presenter.by_band(catalogue.modules())})


@login_required
@require_safe
def preview_module(request: SignedInRequest, module_slug: str) -> HttpResponse:
    module = _open(request, module_slug)
    context = {"module": module, "crumbs": presenter.crumbs(module)}
    return render(request, "schools/teach/preview_module.html", context)


@login_required
@require_safe
def preview_lesson(request: SignedInRequest, module_slug: str, lesson_slug: str) -> HttpResponse:
    """The lesson as a student sees it. Practice questions answer by GET; nothing is kept."""
    module = _open(request, module_slug)
    lesson = _lesson(module, lesson_slug)
    steps = render_steps(lesson, language=_reader(), answers=_answers(request), action=request.path)
    context = {
        "module": module,
        "lesson": lesson,
        "mark": language_mark(lesson.language) if lesson.is_fallback else "",
        "steps": steps,
        "crumbs": presenter.crumbs(module, lesson.title),
    }
    return render(request, "schools/teach/preview_lesson.html", context)


@login_required
@require_safe
def preview_quiz(request: SignedInRequest, module_slug: str, quiz_id: int, number: int) -> HttpResponse:
    """A quiz, one question a screen. The reason comes at once, since a preview is never handed in."""
    module = _open(request, module_slug)
    quiz = get_object_or_404(Quiz, pk=quiz_id, module_key=module.key)
    questions = [question for question in practice_questions(quiz.pk) if question.live]
    if not 1 <= number <= len(questions):
        raise Http404
    place = Place(module.language, _reader(), request.path)
    step = render_practice(questions[number - 1 : number], place, _answers(request))[0]
    context = {"module": module, "quiz": quiz, "step": step, "number": number, "of": len(questions)}
    context["crumbs"] = presenter.crumbs(module, quiz.title)
    if number < len(questions):
        context["next_url"] = reverse("teach:preview_quiz", args=[module.slug, quiz.pk, number + 1])
    return render(request, "schools/teach/preview_quiz.html", context)


@login_required
@require_safe
def guide(request: SignedInRequest, module_slug: str) -> HttpResponse:
    """What a teacher should know before a module. For teachers only."""
    module = _open(request, module_slug)
    page = get_object_or_404(ModulePage.objects.live(), pk=module.page_id)
    context = {
        "module": module,
        "sections": [child.value for child in page.teacher_guide],
        "mark": language_mark(module.language) if module.is_fallback else "",
        "crumbs": presenter.crumbs(module, _("Teacher's guide")),
    }
    return render(request, "schools/teach/guide.html", context)


@login_required
@require_safe
def guide_lesson(request: SignedInRequest, module_slug: str, lesson_slug: str) -> HttpResponse:
    """How to run a lesson: what it is for, the guide, and the notes to its talks."""
    module = _open(request, module_slug)
    lesson = _lesson(module, lesson_slug)
    page = get_object_or_404(LessonPage.objects.live(), pk=lesson.page_id)
    context = {
        "module": module,
        "lesson": lesson,
        "objectives": page.objectives.all(),
        "sections": [child.value for child in page.teacher_guide],
        "talks": [child.value for child in page.body if child.block_type == "talk_together"],
        "mark": language_mark(lesson.language) if lesson.is_fallback else "",
        "crumbs": presenter.crumbs(module, lesson.title),
    }
    return render(request, "schools/teach/guide_lesson.html", context)
