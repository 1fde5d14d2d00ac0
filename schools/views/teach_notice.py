"""What families are told, on which day, and whose child has other work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import notices
from schools.forms.assignments import NoticeForm
from schools.presenters import teach, teach_notice
from schools.queries import classes
from schools.views.teach_door import classroom_for


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Three things: print or share the notice, write down the day, note who has other work."""
    room = classroom_for(request, pk, Permission.MANAGE_CLASSROOM)
    given = getattr(room, "parent_notice", None)
    form = NoticeForm(request.POST or None, initial={"given_on": given.given_on if given else None})
    if request.method == "POST" and form.is_valid():
        notices.record(classroom=room, given_on=form.cleaned_data["given_on"], by=request.user)
        messages.success(
            request, _("The day is kept. Lessons about safety can open once your school is ready.")
        )
        return redirect("teach:notice", pk)
    students = [one for one in classes.students_of(room) if one.left_on is None]
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "form": form,
        "given": given,
        **teach_notice.languages(room, given),
        "students": students,
        "crumbs": teach.crumbs(room, _("Notice to families")),
    }
    return render(request, "schools/teach/notice.html", context)


@login_required
@require_POST
def opt_outs(request: SignedInRequest, pk: int) -> HttpResponse:
    room = classroom_for(request, pk, Permission.MANAGE_CLASSROOM)
    asked = set(request.POST.getlist("student"))
    chosen = [one.pk for one in classes.students_of(room) if one.left_on is None and str(one.pk) in asked]
    notices.set_opt_outs(classroom=room, enrolment_ids=chosen, by=request.user)
    words = _("Kept. These students get other work, and nobody else sees a difference.")
    messages.success(request, words if chosen else _("Kept. No student has other work."))
    return redirect("teach:notice", pk)


@login_required
@require_safe
def notice_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The notice itself, in the language of the class."""
    room = classroom_for(request, pk, Permission.MANAGE_CLASSROOM)
    context = {
        "classroom": room,
        "name": teach.class_name(room),
        "crumbs": teach.crumbs(room, _("Notice to families")),
        "sheet": teach_notice.sheet(room, classes.assignments_of(room)),
    }
    return render(request, "schools/teach/notice_sheet.html", context)
