"""`/people/join/` and `/people/ask/`: how a head or a teacher comes in. Anyone may open them.

What is said never depends on whether an address has an account.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from schools import school_codes
from schools.actions import join_requests
from schools.actions import school_codes as actions
from schools.forms.people import AskForm, SelfForm
from schools.models import SchoolCode
from schools.presenters import people as presenter
from schools.views.joining import place_of, read_device


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """First the code, then, beside the school's name, who one is. The code is sent along and asked again."""
    if request.method != "POST":
        return render(request, "schools/people/join.html")
    typed = request.POST.get("code", "")
    code = actions.open_code(code=school_codes.normalise(typed), device=read_device(request))
    if code is None:
        words = _("That code does not work. Check it with those who gave it to you.")
        return render(request, "schools/people/join.html", {"message": words, "typed": typed})
    form = SelfForm(request.POST if "email" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            actions.send_link(code=code, language=get_language(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("people:sent")
    context = {
        "form": form,
        "code": typed,
        "school": code.school,
        "within": presenter.within(code.school),
        "is_for_head": code.kind == SchoolCode.Kind.JOIN,
    }
    return render(request, "schools/people/join_who.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A head whose school has no code."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            join_requests.ask(language=get_language(), asked_from=place_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("people:sent")
    return render(request, "schools/people/ask.html", {"form": form})


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Where to look next."""
    return render(request, "schools/people/sent.html")
