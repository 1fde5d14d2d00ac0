"""A school as its head, its safety lead and its teachers see it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import readiness as actions
from schools.forms.readiness import ReadinessForm
from schools.models import Classroom, Role, School, SchoolReadiness
from schools.models.scopes import held_roles
from schools.presenters import plausibility
from schools.presenters import school as presenter
from schools.queries import classes
from schools.queries.readiness import safety_lead_title


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The schools in which a person works; the school itself when it is one."""
    if not request.user.is_student:
        held_roles(request.user)
    require(request.user, Permission.SEE_SCHOOL, None)
    schools = list(classes.schools_worked_in(request.user))
    if len(schools) == 1:
        return redirect("school:school", schools[0].udise_code)
    return render(request, "schools/school/home.html", {"schools": schools})


def _school_for(request: SignedInRequest, udise_code: str) -> School:
    if not request.user.is_student:
        held_roles(request.user)
    visible = School.objects.visible_to(request.user).select_related("readiness")
    place = get_object_or_404(visible, udise_code=udise_code)
    require(request.user, Permission.SEE_SCHOOL, place)
    return place


@login_required
@require_safe
def school(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """What the school has in place, how far its classes are, and who teaches."""
    place = _school_for(request, udise_code)
    seen = Classroom.objects.visible_to(request.user).current().filter(school=place)
    rooms = list(classes.with_what_is_next(seen.order_by("class_level", "section")))
    people = classes.people_by_school([place.pk], Role.TEACHER).get(place.pk, [])
    heads = classes.people_by_school([place.pk], Role.HEAD).get(place.pk, [])
    kept = getattr(place, "readiness", None)
    context = {
        "school": place,
        "checklist": presenter.checklist(kept, safety_lead_title(place)),
        "is_ready": presenter.is_ready(place),
        "has_newer_briefing": kept is not None and kept.has_newer_briefing,
        "edition": presenter.edition_words(),
        "whom_to_ask": presenter.whom_to_ask(kept, heads),
        "rows": presenter.class_rows(rooms, classes.completion(rooms)),
        "teachers": people,
        "may_write": request.user.has_perm(Permission.WRITE_READINESS, place),
        "figure_questions": plausibility.questions(place, request.user),
        "may_run_year": request.user.has_perm(Permission.MANAGE_YEAR, place),
    }
    return render(request, "schools/school/school.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def readiness(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """What must be in place before sensitive modules open. The head or the safety lead writes it; staff read."""
    place = _school_for(request, udise_code)
    may_write = request.user.has_perm(Permission.WRITE_READINESS, place)
    if request.method == "POST":
        require(request.user, Permission.WRITE_READINESS, place)
    kept = getattr(place, "readiness", None) or SchoolReadiness(school=place)
    title = safety_lead_title(place)
    form = ReadinessForm(request.POST or None, instance=kept, lead_title=title)
    if request.method == "POST" and form.is_valid():
        saved = actions.update(school=place, by=request.user, **form.cleaned_data)
        words = _("Your school is ready.") if saved.is_ready else _("Kept. Some parts are still missing.")
        messages.success(request, words)
        return redirect("school:school", udise_code)
    context = {"school": place, "form": form, "may_write": may_write}
    context |= {"checklist": presenter.checklist(kept, title), "crumbs": presenter.crumbs(place)}
    context["edition"] = presenter.edition_words()
    return render(request, "schools/school/readiness.html", context)


@login_required
@require_safe
def briefing(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """The briefing for all staff: what the modules are about, and what to do when a child tells something."""
    place = _school_for(request, udise_code)
    context = {
        "school": place,
        "readiness": getattr(place, "readiness", None),
        "lead_title": presenter.lead_words(safety_lead_title(place)),
        "edition": presenter.edition_words(),
        "questions": presenter.self_check(),
        "crumbs": presenter.crumbs(place, _("Briefing of the staff")),
    }
    return render(request, "schools/school/briefing.html", context)
