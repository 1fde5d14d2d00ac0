"""The page of files in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from schools.models import District, School
from schools.presenters import adoption_files
from schools.presenters.adoption_files import Wanted
from schools.presenters.insights import Asked, url_of
from schools.queries.file_rows import Place
from schools.queries.published import KIND_OF


def home_url(place: Place, query: str = "") -> str:
    return _with(reverse("files:home", args=_at(place)), query)


def url_from_screen(place: Place | School, asked: Asked) -> str:
    """The page of files for what a screen shows; a school has none of its own."""
    if isinstance(place, School):
        return ""
    return f"{home_url(place)}{url_of(place, asked).removeprefix(url_of(place))}"


def crumbs(place: Place, last: str = "") -> list[dict[str, str]]:
    """From the place's screen; with `last`, a page below that of the files."""
    trail = [{"label": str(place), "url": url_of(place)}, {"label": _("Files"), "url": ""}]
    if last:
        trail[1]["url"] = home_url(place)
        trail.append({"label": last, "url": ""})
    return trail


def links(place: Place, query: str) -> list[dict[str, str]]:
    """Every file with what it is and what is in it."""
    found = [
        {
            "label": _("Everything as one workbook (XLSX)"),
            "text": _("All tables below, each on a sheet of its own."),
            "url": _with(reverse("files:workbook", args=_at(place)), query),
        }
    ]
    for name in adoption_files.TABLES:
        url = reverse("files:table", args=[*_at(place), name])
        label = _("%(table)s (CSV)") % {"table": adoption_files.title(name, place)}
        found.append({"label": label, "text": _contents(name), "url": _with(url, query)})
    found.append(
        {
            "label": _("For cQube or the VSK (ZIP of CSV files)"),
            "text": _(
                "How many classes of each school have come how far, in the shape that cQube reads. "
                "It has no languages."
            ),
            "url": _with(reverse("files:cqube", args=_at(place)), query),
        }
    )
    return [one for one in found if not (_narrows_language(query) and "cqube" in one["url"])]


def _narrows_language(query: str) -> bool:
    return any(part.startswith("language=") and part != "language=" for part in query.split("&"))


def _contents(name: str) -> str:
    return {
        "places": _("How far each place has come: schools, classes, and numbers of pupils where shown."),
        "modules": _("The same by module, all places together."),
        "schools": _("Each school with its UDISE code, its block and how far its classes are."),
        "weeks": _("How many schools and classes came further in each week."),
        "plan": _("How far schools are with each line of the state's plan."),
    }[name]


def report_links(place: Place, query: str) -> list[dict[str, str]]:
    """Of a district, its report on one page."""
    if not isinstance(place, District):
        return []
    url = reverse("files:report", args=[place.pk])
    return [{"label": _("Report on one page, to print"), "url": _with(url, query)}]


def pdf_link(wanted: Wanted) -> str:
    query = f"release={wanted.release.pk}" if wanted.release else ""
    return _with(reverse("files:report_pdf", args=[wanted.place.pk]), query)


def _at(place: Place) -> list[Any]:
    return [KIND_OF[type(place)], place.pk]


def _with(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url
