"""What every template may need. Nothing here asks the database."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from cms.core import interface as interface_state


def languages(request: HttpRequest) -> dict[str, Any]:
    """`language_links`: the same page in every language, for the language switch."""
    return {"language_links": [_link(request, code) for code, _name in settings.LANGUAGES]}


def site_links(request: HttpRequest) -> dict[str, Any]:
    """The way home, the main menu and the footer's links, in the language of the page."""
    language = get_language()
    home, lessons = f"/{language}/", f"/{language}/learn/"
    menu = [
        {"label": _("Lessons"), "url": lessons, "current": request.path.startswith(lessons)},
        {"label": _("My class"), "url": in_language("/join/", language), "current": False},
        {
            "label": pgettext("look for lessons", "Search"),
            "url": reverse("search"),
            "current": request.path == reverse("search"),
        },
    ]
    footer = [
        {"label": _("Lessons"), "url": lessons},
        {"label": pgettext("link to help lines", "Help"), "url": reverse("help")},
        {"label": _("For teachers and schools"), "url": in_language(reverse("account_login"), language)},
    ]
    return {"home_url": home, "menu_links": menu, "footer_links": footer}


def interface(_request: HttpRequest) -> dict[str, Any]:
    """`interface`: whether the words around the content are in the reader's language, and read by anyone."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "interface": interface_state.of(language),
        "language_name": get_language_info(language)["name_local"],
    }


def in_language(path: str, language: str | None) -> str:
    """The address that keeps `language` for the personal pages and then leads to `path`."""
    return f"{reverse('set_language')}?{urlencode({'to': language, 'next': path})}"


def _link(request: HttpRequest, code: str) -> dict[str, Any]:
    parts = request.path_info.split("/", 2)
    codes = {known for known, _name in settings.LANGUAGES}
    if len(parts) == 3 and parts[1] in codes:
        url = f"/{code}/{parts[2]}"
        # As it came: reading what too many parameters say would break the page that says so.
        if query := request.META.get("QUERY_STRING"):
            url += f"?{iri_to_uri(query)}"
    else:
        url = in_language(request.get_full_path(), code)
    return {
        "code": code,
        "name": get_language_info(code)["name_local"],
        "url": url,
        "current": code == get_language(),
    }
