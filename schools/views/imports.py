"""`/imports/`: a state's lists of blocks and schools, sent, looked at, applied and undone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import imports as actions
from schools.forms.imports import ApplyForm, SheetForm
from schools.models import SheetImport, SheetRow, State
from schools.models.scopes import held_roles
from schools.presenters import import_words
from schools.presenters import imports as presenter
from schools.queries import imports as queries
from schools.queries.import_columns import COLUMNS
from schools.sheets import writing

LISTS_A_PAGE = 30
ROWS_A_PAGE = 50
MOST_ROWS_OF_XLSX = 20_000
"""To write more would keep a person waiting; the CSV holds them all."""
Status = SheetImport.Status


def _state_for(request: SignedInRequest, code: str) -> State:
    if not request.user.is_student:
        held_roles(request.user)
    state = get_object_or_404(State.objects.visible_to(request.user), code=code)
    require(request.user, Permission.IMPORT_SCHOOLS, state)
    return state


def _sheet_for(request: SignedInRequest, code: str, sheet_pk: int) -> SheetImport:
    state = _state_for(request, code)
    visible = queries.lists_of(request.user).select_related("state", "asked_by", "applied_by", "undone_by")
    return get_object_or_404(visible, pk=sheet_pk, state=state)


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The state whose lists a person keeps; several are listed."""
    if not request.user.is_student:
        held_roles(request.user)
    require(request.user, Permission.IMPORT_SCHOOLS, None)
    visible = State.objects.visible_to(request.user)
    states = [one for one in visible if request.user.has_perm(Permission.IMPORT_SCHOOLS, one)]
    if len(states) == 1:
        return redirect("imports:state", states[0].code)
    return render(request, "schools/imports/home.html", {"states": states})


@login_required
@require_safe
def state(request: SignedInRequest, code: str) -> HttpResponse:
    place = _state_for(request, code)
    found = queries.lists_of(request.user).filter(state=place).select_related("state", "asked_by")
    page = Paginator(found, LISTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"state": place, "page": page, "sheets": presenter.listed(page)}
    return render(request, "schools/imports/state.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest, code: str) -> HttpResponse:
    place = _state_for(request, code)
    has_blocks = place.districts.exists()
    kind = SheetImport.Kind.SCHOOLS if has_blocks else SheetImport.Kind.BLOCKS
    form = SheetForm(request.POST or None, request.FILES or None, initial={"kind": kind})
    if request.method == "POST" and form.is_valid():
        sheet = actions.send(
            state=place, language=get_language() or "en", by=request.user, **form.cleaned_data
        )
        return redirect("imports:sheet", code, sheet.pk)
    context = {"state": place, "form": form, "has_blocks": has_blocks}
    context["crumbs"] = presenter.crumbs(place, _("New list"))
    return render(request, "schools/imports/new.html", context)


@login_required
@require_safe
def columns(request: SignedInRequest, code: str, kind: str) -> HttpResponse:
    """What each column holds; with `?file=1` an empty file to fill in."""
    place = _state_for(request, code)
    if kind not in COLUMNS:
        raise Http404
    explained = presenter.columns(kind)
    if request.GET.get("file"):
        content = writing.xlsx_file([one["heading"] for one in explained], [])
        return _download(content, writing.XLSX_TYPE, f"{kind}.xlsx")
    context = {"state": place, "kind": kind, "columns": explained}
    context["label"] = SheetImport.Kind(kind).label
    context["crumbs"] = presenter.crumbs(place, _("Columns of the file"))
    return render(request, "schools/imports/columns.html", context)


@login_required
@require_safe
def sheet(request: SignedInRequest, code: str, sheet_pk: int) -> HttpResponse:
    return _page_of(request, _sheet_for(request, code, sheet_pk), ApplyForm())


def _page_of(request: SignedInRequest, found: SheetImport, form: ApplyForm) -> HttpResponse:
    is_running, is_stopped = found.status in queries.RUNNING, queries.is_stopped(found)
    context: dict[str, Any] = {
        "sheet": found,
        "status": presenter.status(found),
        "sentence": presenter.sentence(found),
        "is_running": is_running,
        "is_stopped": is_stopped,
        "stopped": import_words.stopped(),
        "failure": import_words.failure(found.failure) if found.failure else "",
        "crumbs": presenter.crumbs(found.state, found.file_name),
        "form": form,
    }
    if is_running:
        context["progress"] = presenter.progress(found)
    elif found.status != Status.DISCARDED:
        context |= _rows_shown(request, found)
    return render(request, "schools/imports/sheet.html", context)


def _rows_shown(request: SignedInRequest, found: SheetImport) -> dict[str, Any]:
    action = presenter.shown_action(found, request.GET.get("show"))
    page = Paginator(queries.rows_of(found, action), ROWS_A_PAGE).get_page(request.GET.get("page"))
    is_asked = found.status == Status.READ and queries.asks_about_closing(found)
    changes = found.added + found.changed + found.closed
    return {
        "counts": presenter.counts(found) if found.read_at else [],
        "notes": presenter.notes(found),
        "tabs": presenter.tabs(found, action),
        "page": page,
        "query": f"show={action}",
        "lines": presenter.lines(found, page),
        "closing_question": presenter.closing_question(found) if is_asked else "",
        "can_apply": found.status == Status.READ and changes > 0,
        "can_undo": found.status == Status.APPLIED,
        "can_read_again": found.status in (Status.READ, Status.FAILED),
        "has_xlsx": found.faulty <= MOST_ROWS_OF_XLSX,
    }


@login_required
@require_safe
def rejected(request: SignedInRequest, code: str, sheet_pk: int, form: str) -> HttpResponse:
    """The rows to mend, with the reason in a column of its own."""
    found = _sheet_for(request, code, sheet_pk)
    if form not in ("csv", "xlsx") or (form == "xlsx" and found.faulty > MOST_ROWS_OF_XLSX):
        raise Http404
    if request.method == "GET":
        actions.take_rejected_rows(sheet=found, by=request.user)
    rows = queries.rows_of(found, SheetRow.Action.FAULT).iterator(chunk_size=2000)
    head, lines = presenter.rejected(found, rows)
    name = f"{found.kind}-{found.pk}-to-mend.{form}"
    if form == "csv":
        return _download(writing.csv_file(head, lines), writing.CSV_TYPE, name)
    return _download(writing.xlsx_file(head, lines), writing.XLSX_TYPE, name)


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


@login_required
@require_POST
def apply(request: SignedInRequest, code: str, sheet_pk: int) -> HttpResponse:
    found = _sheet_for(request, code, sheet_pk)
    form = ApplyForm(request.POST)
    form.is_valid()
    try:
        actions.apply(sheet=found, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page_of(request, found, form)
    return redirect("imports:sheet", code, sheet_pk)


def _posted(act: Callable[..., None]) -> Callable[..., HttpResponse]:
    """A view that does `act` to a list and comes back to its page."""

    @login_required
    @require_POST
    def view(request: SignedInRequest, code: str, sheet_pk: int) -> HttpResponse:
        found = _sheet_for(request, code, sheet_pk)
        try:
            act(sheet=found, by=request.user)
        except ValidationError as error:
            for words in error.messages:
                messages.error(request, words)
        return redirect("imports:sheet", code, sheet_pk)

    return view


undo = _posted(actions.undo)
discard = _posted(actions.discard)
read_again = _posted(actions.read_again)
begin_again = _posted(actions.begin_again)
