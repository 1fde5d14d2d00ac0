"""The codes with which schools join: handing them out, on paper and as a file, and taking them back."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.core import pdf, sheets_out
from cms.core.permissions import Permission, require
from cms.users.requests import SignedInRequest
from schools.actions import school_codes as actions
from schools.forms.people import StaffCodeForm
from schools.models import SchoolCode, State
from schools.presenters import people as presenter
from schools.presenters import school_codes as codes_presenter
from schools.queries import people
from schools.views.people_door import join_address, place_for, say, school_for, staff_only

ROWS_A_PAGE = 50
MOST_SLIPS = 300
"""A print-out of more takes minutes: it is made block by block."""


@require_safe
@staff_only
def codes(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    """The schools of a place: which have joined, which have a code, which have none."""
    place = place_for(request, kind, place_id, Permission.ADMIT_SCHOOLS)
    joined, words = request.GET.get("joined", ""), request.GET.get("words", "").strip()[:100]
    found = people.looked_for(people.with_code_state(people.schools(place)), joined=joined, words=words)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    below = people.places_below(place, request.user)
    context = {
        "place": place,
        "crumbs": presenter.crumbs(place, request.user),
        "links": presenter.links(place, request.user, "codes"),
        "below": [{"label": str(one), "url": presenter.codes_url(one)} for one in below],
        "joined": joined,
        "states": codes_presenter.joined_states(),
        "words": words,
        "page": page,
        "query": urlencode({"joined": joined, "words": words}),
        "rows": [codes_presenter.school_row(one) for one in page.object_list],
        "kind": kind,
        "prints": not isinstance(place, State),
        "makes_pdf": pdf.is_available(),
        "no_pdf": pdf.how_to_switch_on(),
    }
    return render(request, "schools/people/codes.html", context)


@require_POST
@staff_only
def issue(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    """A code for every school of the place that has none and has not joined."""
    place = place_for(request, kind, place_id, Permission.ADMIT_SCHOOLS)
    made = actions.issue_missing(place=place, by=request.user)
    words = ngettext("%(n)d code is ready to be handed out.", "%(n)d codes are ready to be handed out.", made)
    messages.success(request, words % {"n": made})
    return redirect("people:codes", kind, place_id)


@require_safe
@staff_only
def file(request: SignedInRequest, kind: str, place_id: int) -> HttpResponseBase:
    """The codes that are out, as a file for a spreadsheet. That it was taken is kept in the log."""
    place = place_for(request, kind, place_id, Permission.ADMIT_SCHOOLS)
    if request.method == "GET":
        actions.show(place=place, way="file", by=request.user)
    lines = sheets_out.csv_lines(_rows(place, join_address(request), get_language()))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="codes-{kind}-{place_id}.csv"'
    return response


def _rows(place: people.Place, address: str, language: str) -> Iterator[list[str]]:
    """A row a code, block by block, so that a state's file needs no more memory than a block's."""
    with override(language):
        heads = codes_presenter.code_heads()
    yield heads
    for block in people.blocks_of(place):
        for code in people.codes_of(block):
            yield codes_presenter.code_row(code, address)


@require_safe
@staff_only
def slips(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    """A slip for each school that has a code, to print and cut."""
    return _slips(request, kind, place_id, as_pdf=False)


@require_safe
@staff_only
def slips_pdf(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    return _slips(request, kind, place_id, as_pdf=True)


def _slips(request: SignedInRequest, kind: str, place_id: int, *, as_pdf: bool) -> HttpResponse:
    place = place_for(request, kind, place_id, Permission.ADMIT_SCHOOLS)
    if isinstance(place, State):
        raise Http404
    found = list(people.codes_of(place)[: MOST_SLIPS + 1])
    if len(found) > MOST_SLIPS:
        messages.error(request, _("These are too many slips for one print-out. Choose a block."))
        return redirect("people:codes", kind, place_id)
    if as_pdf and not pdf.is_available():
        messages.error(request, pdf.how_to_switch_on())
        return redirect("people:codes", kind, place_id)
    if request.method == "GET":
        actions.show(place=place, way="pdf" if as_pdf else "print", by=request.user)
    address = join_address(request)
    context: dict[str, Any] = {"slips": [codes_presenter.slip(one) for one in found], "address": address}
    if as_pdf:
        context["pairs"] = list(batched(context["slips"], 2))
        made = pdf.from_html(render_to_string("schools/people/slips_pdf.html", context, request))
        response = HttpResponse(made, content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="codes-{kind}-{place_id}.pdf"'
        return response
    context["crumbs"] = presenter.crumbs(place, request.user, _("Slips to print"))
    return render(request, "schools/people/slips.html", context)


@require_safe
@staff_only
def slip(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """One school's slip, to print again."""
    school = school_for(request, udise_code)
    require(request.user, Permission.ADMIT_SCHOOLS, school)
    found = list(people.codes_of_school(school))
    if request.method == "GET":
        actions.show(place=school, way="print", by=request.user)
    context = {"slips": [codes_presenter.slip(one) for one in found], "address": join_address(request)}
    context["crumbs"] = presenter.crumbs(school, request.user, _("Slips to print"))
    return render(request, "schools/people/slips.html", context)


@require_POST
@staff_only
def reissue(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """A new code for the school's head; the old slip is worthless."""
    school = school_for(request, udise_code)
    try:
        actions.reissue(school=school, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("The school has a new code. The old one does not work any more."))
    return redirect("people:school", udise_code)


@require_POST
@staff_only
def withdraw(request: SignedInRequest, udise_code: str) -> HttpResponse:
    return _withdraw(request, udise_code, SchoolCode.Kind.JOIN)


@require_POST
@staff_only
def staff_code(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """A new code for the school's staff."""
    school = school_for(request, udise_code)
    require(request.user, Permission.MANAGE_STAFF, school)
    form = StaffCodeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose 7 or 30 days."))
        return redirect("people:school", udise_code)
    try:
        actions.issue_staff(school=school, days=form.cleaned_data["days"], by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("Your staff can use the code now."))
    return redirect("people:school", udise_code)


@require_POST
@staff_only
def staff_code_withdraw(request: SignedInRequest, udise_code: str) -> HttpResponse:
    return _withdraw(request, udise_code, SchoolCode.Kind.STAFF)


def _withdraw(request: SignedInRequest, udise_code: str, kind: SchoolCode.Kind) -> HttpResponse:
    school = school_for(request, udise_code)
    try:
        actions.withdraw(school=school, kind=kind, by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, _("The code does not work any more."))
    return redirect("people:school", udise_code)
