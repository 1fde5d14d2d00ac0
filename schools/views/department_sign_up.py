"""A department signs up: open to everyone. No answer tells whether a state has applied before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from schools.actions import departments as actions
from schools.actions.department_links import Purpose, application_of
from schools.forms.departments import SignUpForm, WordsForm
from schools.views.joining import place_of


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    form = SignUpForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.apply(language=get_language() or "en", place=place_of(request), **form.cleaned_data)
        except actions.TooManyFormsError:
            status = 429
            form.add_error(None, _("Too many forms came from here today. Try again tomorrow."))
        else:
            return redirect("departments:sent")
    return render(request, "schools/departments/sign_up.html", {"form": form}, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "schools/departments/sent.html")


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link shows a button; pressing it confirms. Scanners of mail open links, too."""
    if request.method == "POST":
        is_done = actions.confirm(token=token) is not None
        template = "confirmed" if is_done else "link_gone"
        return render(request, f"schools/departments/{template}.html")
    application = application_of(token, Purpose.CONFIRM)
    template = "confirm" if application is not None else "link_gone"
    return render(request, f"schools/departments/{template}.html", {"application": application})


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The operator's question, and room for the answer."""
    application = application_of(token, Purpose.ANSWER)
    if application is None:
        return render(request, "schools/departments/link_gone.html")
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_done = actions.answer(token=token, **form.cleaned_data) is not None
        return render(request, f"schools/departments/{'answered' if is_done else 'link_gone'}.html")
    context = {"application": application, "form": form}
    return render(request, "schools/departments/answer.html", context)
