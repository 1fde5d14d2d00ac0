"""`/records/keys/<state>/`: keys with which a department's systems read the figures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import tokens as actions
from schools.forms.records import TokenForm
from schools.models import ApiToken, State
from schools.models.scopes import held_roles
from schools.presenters import tokens as presenter


def _state_for(request: SignedInRequest, code: str) -> State:
    if not request.user.is_student:
        held_roles(request.user)
    state = get_object_or_404(State.objects.visible_to(request.user), code=code)
    require(request.user, Permission.ISSUE_TOKENS, state)
    return state


@login_required
@require_safe
def keys(request: SignedInRequest, code: str) -> HttpResponse:
    """The state's keys, ended ones as well."""
    state = _state_for(request, code)
    tokens = ApiToken.objects.visible_to(request.user).of_state(state).with_places()
    rows = [presenter.row(token) for token in tokens.select_related("created_by")]
    context = {"state": state, "rows": rows, "crumbs": presenter.crumbs(state)}
    return render(request, "schools/records/keys.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """A new key. Its secret is in the answer to the form and nowhere else."""
    state = _state_for(request, code)
    form = TokenForm(state, request.POST or None)
    context = {"state": state, "form": form, "crumbs": presenter.crumbs(state, _("New key"))}
    if request.method == "POST" and form.is_valid():
        token, secret = actions.issue(by=request.user, **form.cleaned_data)
        context |= {"token": token, "secret": secret, "row": presenter.row(token)}
        return render(request, "schools/records/key_made.html", context)
    return render(request, "schools/records/key_new.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request: SignedInRequest, code: str, key_id: int) -> HttpResponse:
    """End a key, once asked."""
    state = _state_for(request, code)
    tokens = ApiToken.objects.visible_to(request.user).of_state(state).with_places()
    token = get_object_or_404(tokens.select_related("created_by"), pk=key_id)
    if request.method == "POST":
        actions.revoke(token=token, by=request.user)
        messages.success(request, _("The key has ended. Whoever asks with it is turned away."))
        return redirect("records:keys", code)
    context = {"state": state, "row": presenter.row(token), "crumbs": presenter.crumbs(state, token.name)}
    return render(request, "schools/records/key_revoke.html", context)
