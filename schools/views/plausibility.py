"""A head's answer to a question about the school's figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import plausibility as actions
from schools.models import SchoolQuestion
from schools.queries import plausibility as queries
from schools.views.school_door import school_for


@login_required
@require_POST
def answer(request: SignedInRequest, udise_code: str, question_id: int) -> HttpResponse:
    """One of three answers, by a button of its own."""
    school = school_for(request, udise_code, Permission.MANAGE_SCHOOL)
    question = get_object_or_404(queries.asked_of(school), pk=question_id)
    chosen = request.POST.get("answer", "")
    if chosen not in SchoolQuestion.Answer:
        messages.error(request, _("Choose one of the three answers."))
        return redirect("school:school", udise_code)
    try:
        actions.answer(question=question, answer=SchoolQuestion.Answer(chosen), by=request.user)
    except actions.AlreadyAnsweredError:
        messages.info(request, _("This question was answered already."))
    else:
        messages.success(request, _("Thank you. Your answer is kept."))
    return redirect("school:school", udise_code)
