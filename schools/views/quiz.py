"""Taking a quiz: one question a screen, every answer kept, marked on the server."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.identifiers import uuid7
from quizzes.actions.attempts import BadAnswerError, HandedInError, NoTriesLeftError, NotTheirAttemptError
from quizzes.models import Attempt
from quizzes.queries import attempts as attempt_queries
from quizzes.queries import papers
from quizzes.queries.papers import Paper
from schools.actions import learning as actions
from schools.models import Enrolment
from schools.presenters import quiz as presenter
from schools.queries import learning as queries
from schools.queries.words_offered import language_of_quiz
from schools.views.learning import show
from schools.views.students import StudentRequest, carried_choice, student_required


@require_http_methods(["GET", "HEAD", "POST"])
@student_required
def start(request: StudentRequest, quiz_id: int) -> HttpResponse:
    """What the quiz is like, and its beginning. The form's id makes a second tap the same attempt."""
    enrolment = request.enrolment
    paper, language = _paper_in_its_language(enrolment, quiz_id)
    if request.method == "POST":
        return _begin(request, paper, language)
    taken = queries.attempts(enrolment).get(quiz_id, [])
    context = {
        "paper": paper,
        "open": next((one for one in taken if one.submitted_at is None), None),
        "last": next((one for one in reversed(taken) if one.submitted_at), None),
        "left": attempt_queries.tries_left(taken, paper.attempts_allowed),
        "new_id": uuid7(),
    }
    return show(request, "schools/quiz/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@student_required
def question(request: StudentRequest, quiz_id: int, attempt_id: UUID, number: int) -> HttpResponse:
    """One question. Its answer is kept before the next one comes, and may be changed until the end."""
    paper = _paper(request.enrolment, quiz_id)
    if request.method == "POST":
        return _keep(request, paper, attempt_id, number)
    return _question(request, paper, _attempt(request.enrolment, quiz_id, attempt_id), number)


@require_http_methods(["GET", "HEAD", "POST"])
@student_required
def hand_in(request: StudentRequest, quiz_id: int, attempt_id: UUID) -> HttpResponse:
    """The last look, then the handing in, which counts once however often it comes."""
    enrolment = request.enrolment
    paper = _paper(enrolment, quiz_id)
    if request.method == "POST":
        try:
            actions.hand_in(enrolment=enrolment, paper=paper, id=attempt_id, by=request.user)
        except NotTheirAttemptError as error:
            raise Http404 from error
        return redirect("learning:result", quiz_id, attempt_id)
    attempt = _attempt(enrolment, quiz_id, attempt_id)
    if attempt.submitted_at is not None:
        return redirect("learning:result", quiz_id, attempt_id)
    context = {"paper": paper, "attempt": attempt, "unanswered": presenter.unanswered(attempt)}
    return show(request, "schools/quiz/hand_in.html", context)


@require_safe
@student_required
def result(request: StudentRequest, quiz_id: int, attempt_id: UUID) -> HttpResponse:
    """Each question with its reasons. An attempt that is not handed in goes on where it stopped."""
    enrolment = request.enrolment
    paper = _paper(enrolment, quiz_id)
    attempt = _attempt(enrolment, quiz_id, attempt_id)
    if attempt.submitted_at is None:
        return redirect(_where_it_stopped(attempt))
    taken = queries.attempts(enrolment).get(quiz_id, [])
    context = {
        "paper": paper,
        "attempt": attempt,
        "result": presenter.result(attempt),
        "left": attempt_queries.tries_left(taken, paper.attempts_allowed),
        **_words(attempt),
    }
    return show(request, "schools/quiz/result.html", context)


def _begin(request: StudentRequest, paper: Paper, language: str) -> HttpResponse:
    try:
        attempt = actions.start_quiz(
            enrolment=request.enrolment,
            id=UUID(request.POST.get("attempt", "")),
            paper=paper,
            language=language,
            by=request.user,
        )
    except (ValueError, NotTheirAttemptError) as error:
        raise Http404 from error
    except NoTriesLeftError:
        return redirect("learning:quiz", paper.quiz_id)
    if attempt.submitted_at is not None:
        return redirect("learning:result", paper.quiz_id, attempt.id)
    return redirect(_where_it_stopped(attempt))


def _keep(request: StudentRequest, paper: Paper, attempt_id: UUID, number: int) -> HttpResponse:
    chosen = request.POST.getlist("choice")
    try:
        attempt = actions.answer(
            enrolment=request.enrolment,
            quiz_id=paper.quiz_id,
            id=attempt_id,
            number=number,
            chosen=chosen,
            by=request.user,
        )
    except NotTheirAttemptError as error:
        raise Http404 from error
    except HandedInError:
        return redirect("learning:result", paper.quiz_id, attempt_id)
    except BadAnswerError:
        attempt = _attempt(request.enrolment, paper.quiz_id, attempt_id)
        return _question(request, paper, attempt, number, is_missing=True)
    if number < len(attempt.sheet):
        return redirect("learning:question", paper.quiz_id, attempt_id, number + 1)
    return redirect("learning:hand_in", paper.quiz_id, attempt_id)


def _question(
    request: StudentRequest, paper: Paper, attempt: Attempt, number: int, *, is_missing: bool = False
) -> HttpResponse:
    if attempt.submitted_at is not None:
        return redirect("learning:result", paper.quiz_id, attempt.id)
    if not 1 <= number <= len(attempt.sheet):
        raise Http404
    context = {
        "paper": paper,
        "attempt": attempt,
        "question": presenter.asked(attempt, number, carried_choice(request)),
        "before": number - 1,
        "is_missing": is_missing,
        **_words(attempt),
    }
    return show(request, "schools/quiz/question.html", context)


def _where_it_stopped(attempt: Attempt) -> str:
    """The first question without an answer, or the last look."""
    left = presenter.unanswered(attempt)
    if left:
        return reverse("learning:question", args=[attempt.quiz_id, attempt.id, left[0]])
    return reverse("learning:hand_in", args=[attempt.quiz_id, attempt.id])


def _paper(enrolment: Enrolment, quiz_id: int) -> Paper:
    """The quiz, if one of the student's modules has it."""
    return _paper_in_its_language(enrolment, quiz_id)[0]


def _paper_in_its_language(enrolment: Enrolment, quiz_id: int) -> tuple[Paper, str]:
    """The quiz, and the language in which the student's state lets it be asked."""
    work = queries.work_with_quiz(enrolment, quiz_id)
    if work is None:
        raise Http404
    language = language_of_quiz(enrolment.classroom, work.module)
    paper = papers.paper(quiz_id, language)
    if paper is None:
        raise Http404
    return paper, language


def _attempt(enrolment: Enrolment, quiz_id: int, attempt_id: UUID) -> Attempt:
    school_id = enrolment.classroom.school_id
    attempt = attempt_queries.one(enrolment.student, school_id, quiz_id, attempt_id)
    if attempt is None:
        raise Http404
    return attempt


def _words(attempt: Attempt) -> dict[str, Any]:
    """The language that the quiz was begun in, which its questions keep."""
    is_other = attempt.language != get_language()
    return {
        "words": attempt.language if is_other else "",
        "is_bidi": attempt.language in settings.LANGUAGES_BIDI,
    }
