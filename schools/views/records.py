"""`/records/`: the audit log, for a state's administrator, a head, and the operator."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import records as actions
from schools.forms.records import SearchForm
from schools.models import State
from schools.models.scopes import held_roles
from schools.presenters import record_files
from schools.presenters import records as presenter
from schools.queries import records as queries

EVENTS_A_PAGE = 50
EVENTS_AT_ONCE = 1000


def _door(request: SignedInRequest) -> None:
    if not request.user.is_student:
        held_roles(request.user)
    require(request.user, Permission.SEE_AUDIT, None)


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What happened at the person's places, newest first."""
    _door(request)
    form = SearchForm(request.GET)
    events = queries.found(queries.visible_to(request.user), form.search())
    after = queries.Cursor.read(request.GET.get("after", ""))
    page, following = queries.page(events, after, EVENTS_A_PAGE)
    asked = request.GET.copy()
    asked.pop("after", None)
    context = {
        "form": form,
        "is_searching": any(form.data.get(name) for name in form.fields),
        "rows": presenter.rows(page),
        "is_first_page": after is None,
        "query": asked.urlencode(),
        "following": following,
        "limit_words": record_files.limit_words(),
        "key_links": _key_links(request),
    }
    return render(request, "schools/records/home.html", context)


def _key_links(request: SignedInRequest) -> list[dict[str, str]]:
    """The states for which the person makes keys."""
    return [
        {"label": str(place), "url": reverse("records:keys", args=[place.code])}
        for place in queries.places_audited_by(request.user)
        if isinstance(place, State) and request.user.has_perm(Permission.ISSUE_TOKENS, place)
    ]


@login_required
@require_safe
def export(request: SignedInRequest) -> StreamingHttpResponse:
    """What the page shows, as a file for a spreadsheet."""
    _door(request)
    search = SearchForm(request.GET).search()
    events = queries.found(queries.visible_to(request.user), search)
    actions.note_export(search=search, by=request.user)
    lines = record_files.lines(queries.pages(events, EVENTS_AT_ONCE), translation.get_language() or "en")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"records-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
