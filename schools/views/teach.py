"""A teacher's first page, a new class, and the page of a class."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import classrooms
from schools.forms.classes import ClassroomForm, TeacherForm
from schools.models import Role
from schools.presenters import teach, teach_progress
from schools.queries import classes
from schools.views.teach_door import classroom_for


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Today's classes, each with the next thing to do."""
    require(request.user, Permission.CREATE_CLASSROOM, None)
    mine = list(classes.with_what_is_next(classes.taught_by(request.user)))
    heads = classes.people_by_school({one.school_id for one in mine}, Role.HEAD)
    context = {
        "today": timezone.localdate(),
        "cards": [teach.class_card(one, heads.get(one.school_id, [])) for one in mine],
        "shows_schools": len({one.school_id for one in mine}) > 1,
    }
    return render(request, "schools/teach/home.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def class_new(request: SignedInRequest) -> HttpResponse:
    schools = classes.schools_taught_in(request.user)
    if not schools:
        raise PermissionDenied
    form = ClassroomForm(schools, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            classroom = classrooms.create(by=request.user, **form.cleaned_data)
        except classrooms.ClassroomExistsError as error:
            form.add_error(None, _exists(error))
        else:
            messages.success(request, _("The class is made. Add your students next."))
            return redirect("teach:roster_add", classroom.pk)
    return render(request, "schools/teach/class_new.html", {"form": form})


def _exists(error: classrooms.ClassroomExistsError) -> str:
    teachers = [str(one) for one in error.classroom.teachers.all()]
    if not teachers:
        return _("%(name)s is there already this year.") % {"name": teach.class_name(error.classroom)}
    return _("%(name)s is there already this year. %(teachers)s can let you teach it, too.") % {
        "name": teach.class_name(error.classroom),
        "teachers": teach.listed(teachers),
    }


@login_required
@require_safe
def classroom(request: SignedInRequest, pk: int) -> HttpResponse:
    """A class: students by lessons, those who need attention first."""
    room = classroom_for(request, pk, Permission.SEE_CLASSROOM)
    assignments = classes.assignments_of(room)
    enrolments = classes.students_of(room)
    done = classes.done_by(room, enrolments, teach_progress.module_keys(assignments))
    table = teach_progress.table(assignments, enrolments, done)
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "code": teach.code_words(room),
        "language": teach.language_words(room),
        "sign_in": teach.sign_in_words(room),
        "students": teach.student_words(len(table.rows)),
        "table": table,
        "undone": teach_progress.undone(classes.undone_assignments_of(room)),
        "may_manage": request.user.has_perm(Permission.MANAGE_CLASSROOM, room),
    }
    return render(request, "schools/teach/classroom.html", context)


@login_required
@require_safe
def teachers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who teaches the class, and the colleagues who could."""
    room = classroom_for(request, pk, Permission.MANAGE_CLASSROOM)
    context = {"classroom": room, "name": teach.class_name(room), "form": TeacherForm(_colleagues(room))}
    context |= {"teachers": room.teachers.order_by("name"), "crumbs": teach.crumbs(room, _("Teachers"))}
    return render(request, "schools/teach/teachers.html", context)


@login_required
@require_POST
def teacher_add(request: SignedInRequest, pk: int) -> HttpResponse:
    room = classroom_for(request, pk, Permission.MANAGE_CLASSROOM)
    form = TeacherForm(_colleagues(room), request.POST)
    if form.is_valid():
        classrooms.add_teacher(classroom=room, teacher=form.cleaned_data["teacher"], by=request.user)
        messages.success(
            request, _("%(name)s teaches this class now, too.") % {"name": form.cleaned_data["teacher"]}
        )
    else:
        messages.error(request, _("Choose a colleague from the list."))
    return redirect("teach:teachers", pk)


def _colleagues(room):
    there = classes.people_by_school([room.school_id], Role.TEACHER).get(room.school_id, [])
    teaching = set(room.teachers.values_list("pk", flat=True))
    return [one for one in there if one.pk not in teaching]
