"""`/people/invitation/<token>/`: what the link in a message opens. Whoever has it reads mail at that address."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cms.users.models import User
from cms.users.requests import SignedInRequest
from schools.actions import invitations as actions
from schools.actions.invitations import AccountExistsError, InvitationClosedError
from schools.forms.people import NewAccountForm
from schools.models import Invitation
from schools.presenters import people as presenter
from schools.queries import invitations as queries
from schools.queries import people

PAGE = "schools/people/invitation.html"


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what. Opening it changes nothing; the button accepts."""
    found = queries.by_token(token)
    user = request.user
    if found is not None and user.is_authenticated and found.accepted_by_id == user.pk:
        return redirect("start")
    if found is None or not queries.still_stands(found):
        return _closed(request)
    if user.is_authenticated:
        return _as_signed_in(request, found, token, user)
    if queries.has_account(found.email):
        context = {"offer": presenter.offer(found), "must_sign_in": True, "here": request.path}
        return render(request, PAGE, context)
    return _as_new(request, found, token)


def _as_signed_in(request: HttpRequest, found: Invitation, token: str, user: User) -> HttpResponse:
    context = {"offer": presenter.offer(found), "here": request.path}
    if user.email != found.email:
        return render(request, PAGE, context | {"is_somebody_else": True})
    if request.method == "GET" or request.method == "HEAD":
        return render(request, PAGE, context | {"may_accept": True})
    try:
        actions.accept(token=token, by=user)
    except InvitationClosedError:
        return _closed(request)
    messages.success(request, presenter.accepted_words(found))
    return redirect("start")


def _as_new(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewAccountForm(found.email, request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password1"]
        try:
            user = actions.accept_as_new(token=token, name=name, password=password)
        except InvitationClosedError:
            return _closed(request)
        except AccountExistsError:
            return redirect("people:invitation", token)
        messages.success(request, presenter.accepted_words(found))
        login = Login(user=user, email=user.email, redirect_url=reverse("start"))
        return perform_password_login(request, {"email": user.email}, login)
    return render(request, PAGE, {"offer": presenter.offer(found), "form": form})


def _closed(request: HttpRequest) -> HttpResponse:
    """One answer for every link that does not work, whatever the reason."""
    return render(request, "schools/people/closed.html", status=404)


@login_required
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """For what a person waits, and what was answered."""
    requests = [presenter.waiting(one) for one in people.own_requests(request.user)]
    return render(request, "schools/people/waiting.html", {"requests": requests})
