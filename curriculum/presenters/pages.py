"""What public pages say about themselves: their languages, and how far a translation is read."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page

from curriculum.models import Band, ReviewState
from curriculum.presenters.lessons import language_mark
from curriculum.queries import catalogue
from curriculum.queries.catalogue import SOURCE_LANGUAGE, ModuleInfo

STATES = list(ReviewState.values)


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Alternate:
    language: str
    url: str


@dataclass(frozen=True)
class PageFrame:
    """The language of a page's words against the reader's, and where else the page is found."""

    reader: str
    words: str
    review_state: str = ReviewState.SOURCE
    canonical: str = ""
    alternates: list[Alternate] = field(default_factory=list)

    @property
    def is_fallback(self) -> bool:
        return self.words != self.reader

    @property
    def is_draft(self) -> bool:
        return not self.is_fallback and self.review_state == ReviewState.MACHINE_DRAFT

    @property
    def mark(self) -> SafeString:
        """The attributes of an element whose words are not in the reader's language."""
        return language_mark(self.words) if self.is_fallback else SafeString("")

    @property
    def reader_name(self) -> str:
        return get_language_info(self.reader)["name_local"]


@dataclass(frozen=True)
class BandGroup:
    label: str
    modules: list[ModuleInfo]


def frame_of(request: HttpRequest, page: Page, review_state: str = ReviewState.SOURCE) -> PageFrame:
    """The frame of a page of the tree, which may be shown in another language than its own."""
    languages = page.get_translations(inclusive=True).live().values_list("locale__language_code", flat=True)
    return _frame(request, page.locale.language_code, list(languages), review_state)


def frame_for_all(request: HttpRequest) -> PageFrame:
    """The frame of a page that every language has, since its words are the interface's."""
    languages = [code for code, _name in settings.LANGUAGES]
    return _frame(request, get_language() or SOURCE_LANGUAGE, languages, ReviewState.SOURCE)


def _frame(request: HttpRequest, words: str, languages: list[str], review_state: str) -> PageFrame:
    reader = get_language() or SOURCE_LANGUAGE
    rest = request.path_info.split("/", 2)[-1]
    base = f"{request.scheme}://{request.get_host()}"
    return PageFrame(
        reader=reader,
        words=words,
        review_state=review_state,
        canonical=f"{base}/{words}/{rest}",
        alternates=[Alternate(code, f"{base}/{code}/{rest}") for code in sorted(languages)],
    )


def lowest(*states: str) -> str:
    """The least looked at of several states."""
    return min(states, key=STATES.index)


def breadcrumb(*links: Link) -> list[Link]:
    """The way from the home page to this one."""
    reader = get_language() or SOURCE_LANGUAGE
    start = [Link(_("Home"), f"/{reader}/"), Link(_("Lessons"), f"/{reader}/learn/")]
    return [*start, *links]


def modules_by_band(language: str) -> list[BandGroup]:
    """The bands that have modules, from the youngest on."""
    modules = catalogue.modules(language)
    grouped = [(band, [one for one in modules if one.band == band]) for band in Band]
    return [BandGroup(str(band.label), found) for band, found in grouped if found]
