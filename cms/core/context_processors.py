"""What every template may need."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_info


def languages(request: HttpRequest) -> dict[str, Any]:
    """`language_links`: the same page in every language, for the language switch."""
    return {"language_links": [_link(request, code) for code, _name in settings.LANGUAGES]}


def _link(request: HttpRequest, code: str) -> dict[str, Any]:
    parts = request.path_info.split("/", 2)
    codes = {known for known, _name in settings.LANGUAGES}
    if len(parts) == 3 and parts[1] in codes:
        url = f"/{code}/{parts[2]}"
        if request.GET:
            url += f"?{request.GET.urlencode()}"
    else:
        url = f"{reverse('set_language')}?{urlencode({'to': code, 'next': request.get_full_path()})}"
    return {
        "code": code,
        "name": get_language_info(code)["name_local"],
        "url": url,
        "current": code == get_language(),
    }
