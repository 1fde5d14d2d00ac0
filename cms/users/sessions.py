"""Where a person on the staff is signed in: ending one of the sign-ins. allauth lists them, and ends all others."""

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.users.requests import SignedInRequest


@login_required
@require_POST
def end(request: SignedInRequest, sign_in_id: int) -> HttpResponse:
    """End one of the person's own sign-ins."""
    session = get_object_or_404(UserSession, pk=sign_in_id, user=request.user)
    end_sessions(request, [session])
    messages.success(request, _("That sign-in has ended."))
    return redirect("usersessions_list")
