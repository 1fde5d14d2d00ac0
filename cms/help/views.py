"""The help page and the exit. Neither leaves a record of who came."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.help.models import HelpLine


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do now, and whom to call."""
    lines = HelpLine.objects.filter(is_published=True)
    return render(request, "help/help_page.html", {"lines": lines})


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Go to a neutral place and let the browser forget the pages it kept of this site."""
    response = redirect(settings.QUICK_EXIT_URL)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
