"""A lesson for a whole class on one screen: getting ready, the screen, the notes, the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.identifiers import uuid7
from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from curriculum.presenters.lessons import language_mark
from curriculum.queries import catalogue
from curriculum.queries.catalogue import LessonInfo, ModuleInfo
from schools.actions import sessions as actions
from schools.actions.assignments import NotReady
from schools.forms.sessions import EndForm, HeldForm, StartForm
from schools.models import Classroom, WholeClassSession
from schools.presenters import sessions as presenter
from schools.presenters import slides, teach
from schools.presenters.school import lead_words
from schools.queries import classes
from schools.queries import sessions as queries
from schools.queries.readiness import safety_lead_title
from schools.views.teach import gate_of
from schools.views.teach_door import classroom_for

JSON = "application/json"


@login_required
@require_safe
def home(request: SignedInRequest, pk: int) -> HttpResponse:
    """The lessons for a class: which were taught to it, which are still to come."""
    room = classroom_for(request, pk, Permission.SEE_CLASSROOM)
    ended = queries.ended_of(room)
    may_teach = request.user.has_perm(Permission.TEACH, room)
    modules = queries.teachable(room)
    missing = classes.missing(room)
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "may_teach": may_teach,
        "modules": presenter.module_rows(
            room,
            modules,
            ended,
            queries.delivered_of(room, ended),
            is_closed=bool(missing),
            percent=queries.completion_percent(room),
        ),
        "sessions": [(one, presenter.title_of(one), presenter.taught_words(one)) for one in ended],
        "begun": presenter.begun_rows(room, queries.begun_by(room, request.user.pk)) if may_teach else [],
        "gate": gate_of(room) if may_teach and any(one.is_sensitive for one in modules) else [],
        "crumbs": teach.crumbs(room, _("Teach on one screen")),
    }
    return render(request, "schools/sessions/home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def start(request: SignedInRequest, pk: int, lesson_key: UUID) -> HttpResponse:
    """What to have ready before the projector is on, and the button that starts the lesson."""
    room = classroom_for(request, pk, Permission.TEACH)
    module, lesson = _lesson(room, lesson_key)
    is_closed = module.is_sensitive and bool(classes.missing(room))
    form = StartForm(request.POST or None, initial={"id": uuid7()})
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.start(
                id=form.cleaned_data["id"], classroom=room, lesson_key=lesson_key, by=request.user
            )
        except NotReady:
            messages.error(request, _("This module cannot open yet. What is missing stands below."))
            return redirect("sessions:start", pk, lesson_key)
        return redirect("sessions:screen", pk, session.id)
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "module": module,
        "lesson": lesson,
        "mark": _mark(lesson.language),
        "form": form,
        "is_closed": is_closed,
        "gate": gate_of(room) if is_closed else [],
        "leaving": presenter.leaving_words(queries.other_work_count(room)) if module.is_sensitive else "",
        "crumbs": presenter.crumbs(room, lesson.title),
    }
    return render(request, "schools/sessions/start.html", context)


@login_required
@require_safe
def screen(request: SignedInRequest, pk: int, session_id: UUID) -> HttpResponse:
    """The lesson for the projector, whole in one page. Nothing of a student and no note stands on it."""
    room, session = _begun(request, pk, session_id)
    if session.ended_at is not None:
        return redirect("sessions:result", pk, session_id)
    module, lesson = _lesson(room, session.lesson_key)
    closed = _closed(request, room, module)
    if closed is not None:
        return closed
    questions = queries.questions_of(lesson)
    context = {
        "classroom": room,
        "session": session,
        "lesson": lesson,
        "mark": _mark(lesson.language),
        "slides": slides.deck(lesson, queries.page_of(lesson), questions),
        "form": HeldForm(room, session),
    }
    return render(request, "schools/sessions/screen.html", context)


@login_required
@require_safe
def notes(request: SignedInRequest, pk: int, session_id: UUID) -> HttpResponse:
    """What the teacher reads beside the screen: in a second window that follows it, or on paper."""
    room, session = _begun(request, pk, session_id)
    module, taught = _lesson(room, session.lesson_key)
    closed = _closed(request, room, module)
    if closed is not None:
        return closed
    lesson = catalogue.lesson(session.lesson_key) or taught
    page = queries.page_of(lesson)
    context = {
        "classroom": room,
        "session": session,
        "lesson": lesson,
        "mark": _mark(lesson.language),
        "slides": slides.deck(lesson, page, queries.questions_of(lesson)),
        "sections": [child.value for child in page.teacher_guide],
        "objectives": page.objectives.all(),
        "readiness": getattr(room.school, "readiness", None),
        "lead_title": lead_words(safety_lead_title(room.school)),
        "crumbs": presenter.crumbs(room, _("Notes")),
    }
    return render(request, "schools/sessions/notes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, pk: int, session_id: UUID) -> HttpResponse:
    """Day, headcount, hands. A script asks for JSON and keeps what it could not send."""
    room, session = _begun(request, pk, session_id)
    if session.ended_at is not None:
        return _ended(request, pk, session)
    lesson = catalogue.lesson(session.lesson_key)
    questions = queries.questions_of(lesson) if lesson else []
    form = EndForm(room, session, questions, queries.choices_of(questions), request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("held_on", "headcount", "is_sure")}
        actions.end(classroom=room, id=session_id, hands=form.hands, by=request.user, **fields)
        messages.success(request, _("The lesson counts as taught to this class. Thank you."))
        return _ended(request, pk, session)
    if request.method == "POST" and request.accepts(JSON) and not request.accepts("text/html"):
        return JsonResponse({"errors": form.errors}, status=400)
    context = _one(room, session) | {"form": form, "crumbs": presenter.crumbs(room, _("End of the lesson"))}
    return render(request, "schools/sessions/end.html", context)


def _ended(request: SignedInRequest, pk: int, session: WholeClassSession) -> HttpResponse:
    address = reverse("sessions:result", args=[pk, session.id])
    if request.accepts(JSON) and not request.accepts("text/html"):
        return JsonResponse({"url": address})
    return redirect(address)


@login_required
@require_safe
def result(request: SignedInRequest, pk: int, session_id: UUID) -> HttpResponse:
    """What was kept of a session: day, headcount, and how the hands went."""
    room = classroom_for(request, pk, Permission.SEE_CLASSROOM)
    session = _session(room, session_id)
    if session.ended_at is None:
        raise Http404
    lesson = catalogue.lesson(session.lesson_key)
    questions = queries.questions_of(lesson) if lesson else []
    context = _one(room, session) | {
        "taught": presenter.taught_words(session),
        "hands": presenter.hands_of(questions, queries.choices_of(questions), session.tallies),
        "may_mend": actions.is_open_to(session, request.user),
    }
    context["crumbs"] = presenter.crumbs(room, context["title"])
    return render(request, "schools/sessions/result.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, pk: int, session_id: UUID) -> HttpResponse:
    """Another day or headcount, within 14 days."""
    room, session = _begun(request, pk, session_id)
    if session.ended_at is None or not actions.is_open_to(session, request.user):
        raise PermissionDenied
    form = HeldForm(room, session, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.correct(classroom=room, id=session_id, by=request.user, **form.cleaned_data)
        messages.success(request, _("The change is kept."))
        return redirect("sessions:result", pk, session_id)
    context = _one(room, session) | {"form": form, "crumbs": presenter.crumbs(room, _("Mend the numbers"))}
    return render(request, "schools/sessions/correct.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def undo(request: SignedInRequest, pk: int, session_id: UUID) -> HttpResponse:
    """Asks once more, then takes a session back."""
    room, session = _begun(request, pk, session_id)
    if not actions.is_open_to(session, request.user):
        raise PermissionDenied
    if request.method == "POST":
        actions.undo(classroom=room, id=session_id, by=request.user)
        messages.success(request, _("The session is taken back. It no longer counts."))
        return redirect("sessions:home", pk)
    context = _one(room, session) | {"crumbs": presenter.crumbs(room, _("Take it back"))}
    return render(request, "schools/sessions/undo.html", context)


def _session(room: Classroom, session_id: UUID) -> WholeClassSession:
    session = queries.session_of(room, session_id)
    if session is None:
        raise Http404
    return session


def _begun(request: SignedInRequest, pk: int, session_id: UUID) -> tuple[Classroom, WholeClassSession]:
    """A session and its class, for the teacher who began it."""
    room = classroom_for(request, pk, Permission.TEACH)
    session = _session(room, session_id)
    if session.teacher_id != request.user.pk:
        raise PermissionDenied
    return room, session


def _lesson(room: Classroom, lesson_key: UUID) -> tuple[ModuleInfo, LessonInfo]:
    found = queries.lesson_to_teach(room, lesson_key)
    if found is None:
        raise Http404
    return found


def _closed(request: SignedInRequest, room: Classroom, module: ModuleInfo) -> HttpResponse | None:
    """Where to go instead when a sensitive module has closed again since the session began."""
    if not module.is_sensitive or not classes.missing(room):
        return None
    messages.error(request, _("This module cannot open yet. What is missing stands below."))
    return redirect("sessions:home", room.pk)


def _mark(language: str) -> str:
    """`lang` and `dir` for the lesson's words, where the page is in another language."""
    return language_mark(language) if language != get_language() else ""


def _one(room: Classroom, session: WholeClassSession) -> dict[str, Any]:
    title = presenter.title_of(session)
    return {"classroom": room, "session": session, "name": teach.class_name(room), "title": title}
