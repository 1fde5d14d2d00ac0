"""`/files/`: the figures of a place as files and as a page to print. Only what its officials' screens show."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core import pdf, sheets_out
from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import adoption_files as actions
from schools.forms.files import FilesForm
from schools.models import District
from schools.presenters import adoption_files, district_report
from schools.presenters import cqube as cqube_files
from schools.presenters import files as presenter
from schools.presenters.adoption_files import Wanted
from schools.views.people_door import place_for, staff_only

ZIP_TYPE = "application/zip"


def _wanted(request: SignedInRequest, place_kind: str, place_key: int) -> Wanted:
    """What the address asks for. Figures that are not kept, or not published together, are not found."""
    place = place_for(request, place_kind, place_key, Permission.SEE_ADOPTION)
    form = FilesForm(request.GET)
    if not form.is_valid():
        raise Http404
    choice = form.choice()
    return Wanted(place, choice.question, choice.release)


def _note(request: SignedInRequest, wanted: Wanted, file: str) -> None:
    if request.method == "GET":
        actions.note_export(
            place=wanted.place,
            file=file,
            release=wanted.release,
            question=wanted.question,
            by=request.user,
        )


def _named(response: HttpResponseBase, wanted: Wanted, name: str, ending: str) -> HttpResponseBase:
    file = adoption_files.file_name(wanted.place, name, wanted.release, ending)
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


@require_safe
@staff_only
def home(request: SignedInRequest, place_kind: str, place_key: int) -> HttpResponse:
    """Which files there are, of which night and of what."""
    place = place_for(request, place_kind, place_key, Permission.SEE_ADOPTION)
    form = FilesForm(request.GET)
    query = request.GET.urlencode() if form.is_valid() else ""
    context = {
        "place": place,
        "form": form,
        "has_figures": bool(form.releases),
        "crumbs": presenter.crumbs(place),
        "links": presenter.links(place, query) if form.is_valid() else [],
        "report_links": presenter.report_links(place, query) if form.is_valid() else [],
        "no_pdf": "" if pdf.is_available() else pdf.how_to_switch_on(),
    }
    return render(request, "schools/files/home.html", context)


@require_safe
@staff_only
def table(request: SignedInRequest, place_kind: str, place_key: int, table: str) -> HttpResponseBase:
    """One table as CSV, made while it is sent."""
    wanted = _wanted(request, place_kind, place_key)
    if table not in adoption_files.TABLES:
        raise Http404
    _note(request, wanted, f"{table}.csv")
    rows = adoption_files.spoken(adoption_files.with_facts(table, wanted), get_language() or "en")
    response = StreamingHttpResponse(sheets_out.csv_lines(rows), content_type=sheets_out.CSV_TYPE)
    return _named(response, wanted, table, "csv")


@require_safe
@staff_only
def workbook(request: SignedInRequest, place_kind: str, place_key: int) -> HttpResponseBase:
    """All tables as one workbook, written to the disk first."""
    wanted = _wanted(request, place_kind, place_key)
    _note(request, wanted, "adoption.xlsx")
    file = sheets_out.workbook(adoption_files.sheets(wanted))
    response = FileResponse(file, content_type=sheets_out.XLSX_TYPE)
    return _named(response, wanted, "adoption", "xlsx")


@require_safe
@staff_only
def cqube(request: SignedInRequest, place_kind: str, place_key: int) -> HttpResponseBase:
    """Counts of classes in the shape that cQube reads. It has no column for languages."""
    wanted = _wanted(request, place_kind, place_key)
    if wanted.question.language:
        raise Http404
    _note(request, wanted, "cqube.zip")
    response = StreamingHttpResponse(cqube_files.archive(wanted), content_type=ZIP_TYPE)
    return _named(response, wanted, "cqube", "zip")


@require_safe
@staff_only
def report(request: SignedInRequest, place_key: int) -> HttpResponse:
    """A district on one page."""
    wanted = _district(request, place_key)
    context = {
        "report": district_report.of(wanted),
        "crumbs": presenter.crumbs(wanted.place, _("Report")),
        "pdf_link": presenter.pdf_link(wanted) if pdf.is_available() else "",
        "no_pdf": pdf.how_to_switch_on(),
    }
    return render(request, "schools/files/report.html", context)


@require_safe
@staff_only
def report_pdf(request: SignedInRequest, place_key: int) -> HttpResponseBase:
    wanted = _district(request, place_key)
    if not pdf.is_available():
        messages.error(request, pdf.how_to_switch_on())
        return redirect("files:report", place_key)
    _note(request, wanted, "report.pdf")
    html = render_to_string(
        "schools/files/report_pdf.html", {"report": district_report.of(wanted, for_pdf=True)}, request
    )
    response = HttpResponse(pdf.from_html(html), content_type="application/pdf")
    return _named(response, wanted, "report", "pdf")


def _district(request: SignedInRequest, place_key: int) -> Wanted:
    """The report is of all classes, modules and languages, whatever else the address says."""
    place = place_for(request, "district", place_key, Permission.SEE_ADOPTION)
    form = FilesForm({"release": request.GET.get("release", "")})
    if not form.is_valid() or not isinstance(place, District):
        raise Http404
    return Wanted(place, form.choice().question, form.choice().release)
