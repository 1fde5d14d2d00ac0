"""A teacher's first page, a new class, and the page of a class."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission, require
from cms.users.models import User
from cms.users.requests import SignedInRequest
from schools.actions import classrooms
from schools.forms.classes import ClassroomForm, TeacherForm
from schools.models import Classroom, Role
from schools.presenters import sessions as presenter
from schools.presenters import teach, teach_progress
from schools.queries import classes, sessions
from schools.views.teach_door import classroom_for


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Today's classes, each with the next thing to do."""
    require(request.user, Permission.CREATE_CLASSROOM, None)
    mine = list(classes.with_what_is_next(classes.taught_by(request.user)))
    heads = classes.people_by_school({one.school_id for one in mine}, Role.HEAD)
    overdue = classes.overdue(mine)
    context = {
        "today": timezone.localdate(),
        "cards": [teach.class_card(one, heads.get(one.school_id, []), overdue.get(one.pk)) for one in mine],
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
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            classroom = classrooms.create(by=request.user, **form.cleaned_data)
        except classrooms.ClassroomExistsError as error:
            teachers = list(classes.teachers_of(error.classroom))
            form.add_error(None, _exists(request, error.classroom, teachers))
            context["own"] = error.classroom if request.user in teachers else None
        else:
            messages.success(request, _("The class is made. Add your students next."))
            return redirect("teach:roster_add", classroom.pk)
    return render(request, "schools/teach/class_new.html", context)


def _exists(request: SignedInRequest, there: Classroom, teachers: list[User]) -> str:
    """That a class is there, and who can let the asker teach it: a teacher of it, else the school's head."""
    if request.user in teachers:
        return _("You teach %(name)s already this year.") % {"name": teach.class_name(there)}
    if teachers:
        words = _("%(name)s is there already this year. %(teachers)s can let you teach it, too.")
        names = teach.listed([str(one) for one in teachers])
        return words % {"name": teach.class_name(there), "teachers": names}
    heads = classes.people_by_school([there.school_id], Role.HEAD).get(there.school_id, [])
    if not heads:
        words = _(
            "%(name)s is there already this year, without a teacher. Your school head can give it to you."
        )
        return words % {"name": teach.class_name(there)}
    words = _("%(name)s is there already this year, without a teacher. %(heads)s can give it to you.")
    names = teach.listed([str(one) for one in heads])
    return words % {"name": teach.class_name(there), "heads": names}


@login_required
@require_safe
def classroom(request: SignedInRequest, pk: int) -> HttpResponse:
    """A class: students by lessons, those who need attention first."""
    room = classroom_for(request, pk, Permission.SEE_CLASSROOM)
    assignments = classes.assignments_of(room)
    enrolments = classes.students_of(room)
    ended = sessions.ended_of(room)
    done = classes.done_by(room, enrolments, teach_progress.module_keys(assignments))
    table = teach_progress.table(assignments, enrolments, done)
    may_manage = request.user.has_perm(Permission.MANAGE_CLASSROOM, room)
    has_sensitive = any(group.module.is_sensitive for group in table.groups)
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "code": teach.code_words(room),
        "language": teach.language_words(room),
        "sign_in": teach.sign_in_words(room),
        "students": teach.student_words(len(table.rows)),
        "table": table,
        "taught": presenter.taught_modules(
            [group.module for group in table.groups], ended, sessions.delivered_of(room, ended)
        ),
        "undone": teach_progress.undone(classes.undone_assignments_of(room)),
        "may_manage": may_manage,
        "may_manage_teachers": may_manage or classrooms.may_manage_teachers(request.user, room),
        "gate": gate_of(room) if may_manage and has_sensitive else [],
    }
    return render(request, "schools/teach/classroom.html", context)


def gate_of(room: Classroom) -> list[teach.Step]:
    """All that keeps sensitive modules closed to students of a class, or to some of them."""
    heads = classes.people_by_school([room.school_id], Role.HEAD).get(room.school_id, [])
    return [*teach.gate_steps(room, heads), *teach.late_steps(room, classes.late_count(room))]


def _room_with_teachers(request: SignedInRequest, pk: int) -> Classroom:
    """A class, for someone who says who teaches it."""
    room = classroom_for(request, pk, Permission.SEE_CLASSROOM)
    if not classrooms.may_manage_teachers(request.user, room):
        raise PermissionDenied
    return room


@login_required
@require_safe
def teachers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who teaches the class, and the colleagues who could."""
    room = _room_with_teachers(request, pk)
    there = list(classes.teachers_of(room))
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "teachers": there,
        "form": TeacherForm(_colleagues(room, there)),
        "may_remove": request.user.has_perm(Permission.MANAGE_SCHOOL, room),
        "crumbs": teach.crumbs(room, _("Teachers")),
    }
    return render(request, "schools/teach/teachers.html", context)


@login_required
@require_POST
def teacher_add(request: SignedInRequest, pk: int) -> HttpResponse:
    room = _room_with_teachers(request, pk)
    form = TeacherForm(_colleagues(room, classes.teachers_of(room)), request.POST)
    if form.is_valid():
        classrooms.add_teacher(classroom=room, teacher=form.cleaned_data["teacher"], by=request.user)
        messages.success(
            request, _("%(name)s teaches this class now, too.") % {"name": form.cleaned_data["teacher"]}
        )
    else:
        messages.error(request, _("Choose a colleague from the list."))
    return redirect("teach:teachers", pk)


@login_required
@require_POST
def teacher_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """The head takes the class from one of its teachers."""
    room = classroom_for(request, pk, Permission.MANAGE_SCHOOL)
    form = TeacherForm(list(classes.teachers_of(room)), request.POST)
    if form.is_valid():
        teacher = form.cleaned_data["teacher"]
        classrooms.remove_teacher(classroom=room, teacher=teacher, by=request.user)
        messages.success(request, _("%(name)s no longer teaches this class.") % {"name": teacher})
    else:
        messages.error(request, _("This person does not teach the class."))
    return redirect("teach:teachers", pk)


def _colleagues(room: Classroom, teaching: Iterable[User]) -> list[User]:
    there = classes.people_by_school([room.school_id], Role.TEACHER).get(room.school_id, [])
    taken = {one.pk for one in teaching}
    return [one for one in there if one.pk not in taken]
