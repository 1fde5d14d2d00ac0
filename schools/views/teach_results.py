"""What a class understood of its quizzes: which questions went wrong; who, only when opened."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from curriculum.queries import catalogue
from curriculum.queries.practice import practice_questions
from quizzes.models import Quiz
from schools.actions import results as actions
from schools.forms.assignments import OpenNamesForm
from schools.models import Classroom
from schools.presenters import results as presenter
from schools.presenters import sessions as sessions_presenter
from schools.presenters import teach
from schools.queries import results as queries
from schools.queries import sessions
from schools.views.teach_door import classroom_for


def _modules(room: Classroom):
    """The modules that the class has or had, in the order in which they were given."""
    keys = dict.fromkeys(room.assignments.order_by("assigned_at").values_list("module_key", flat=True))
    return [module for key in keys if (module := catalogue.module(key)) is not None]


@login_required
@require_safe
def results(request: SignedInRequest, pk: int) -> HttpResponse:
    """The quizzes of the class's modules."""
    room = classroom_for(request, pk, Permission.SEE_RESULTS)
    modules = _modules(room)
    ids = [
        quiz_id
        for module in modules
        for quiz_id in (*(lesson.practice_quiz_id for lesson in module.lessons), module.final_quiz_id)
        if quiz_id is not None
    ]
    students = room.enrolments.active().count()
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "quizzes": presenter.quizzes_of(modules, queries.counts(room, ids), students),
        "crumbs": teach.crumbs(room, _("Results")),
    }
    return render(request, "schools/teach/results.html", context)


def _quiz_for(room: Classroom, quiz_id: int) -> tuple[Quiz, dict]:
    """A quiz of a module that the class has or had, with what both pages of results show."""
    modules = {module.key: module for module in _modules(room)}
    quiz = get_object_or_404(Quiz, pk=quiz_id)
    if quiz.module_key not in modules:
        raise Http404
    titles = {lesson.practice_quiz_id: lesson.title for lesson in modules[quiz.module_key].lessons}
    title = titles.get(quiz.pk) or _("Final quiz")
    context = {"classroom": room, "name": teach.class_name(room), "quiz": quiz, "title": title}
    context |= {"module": modules[quiz.module_key], "crumbs": teach.crumbs(room, title)}
    return quiz, context


@login_required
@require_safe
def quiz_results(request: SignedInRequest, pk: int, quiz_id: int) -> HttpResponse:
    room = classroom_for(request, pk, Permission.SEE_RESULTS)
    quiz, context = _quiz_for(room, quiz_id)
    found = queries.by_question(room, quiz)
    context["hands"] = _hands(room, quiz)
    context["hard"], context["well"] = presenter.findings(found)
    context["tries"] = max((one.answered for one in found), default=0)
    return render(request, "schools/teach/quiz_results.html", context)


def _hands(room: Classroom, quiz: Quiz) -> list[sessions_presenter.HandsOfQuestion]:
    """How the hands went when the class was asked the quiz's questions on one screen, in the last session."""
    counted = sessions.latest_hands(sessions.ended_of(room))
    questions = [one for one in practice_questions(quiz.pk) if one.key in counted] if counted else []
    return sessions_presenter.latest_hands(questions, sessions.choices_of(questions), counted)


@login_required
@require_http_methods(["GET", "POST"])
def quiz_students(request: SignedInRequest, pk: int, quiz_id: int) -> HttpResponse:
    """Results by student. Asks for a reason first, and keeps in the log that they were opened."""
    room = classroom_for(request, pk, Permission.SEE_RESULTS)
    quiz, context = _quiz_for(room, quiz_id)
    form = OpenNamesForm(request.POST or None)
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        actions.open_names(classroom=room, quiz=quiz, reason=form.cleaned_data["reason"], by=request.user)
        context["rows"] = [(one, presenter.score_words(one)) for one in queries.by_student(room, quiz)]
        context["is_open"] = True
    return render(request, "schools/teach/quiz_students.html", context)
