"""A page that is the same for everyone but for a few words: made once, then filled for each reader.

A hole is a mark that nobody outside can write: it is keyed with the site's secret, so no lesson's words
can hold one. What is filled in is never looked at again.
"""

import re
from collections.abc import Mapping
from functools import cache

from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe


def hole(name: str) -> str:
    """The mark that `fill` puts the value of `name` (small letters) in place of."""
    return f"{_mark()}-{name}-"


def fill(page: str, values: Mapping[str, str]) -> SafeString:
    """The page with its holes filled. The values are HTML: escape what a person wrote."""
    return mark_safe(_holes().sub(lambda found: values[found[1]], page))  # noqa: S308 - the caller escapes


@cache
def _mark() -> str:
    return f"hole-{salted_hmac('cms.core.holes', 'mark', algorithm='sha256').hexdigest()[:32]}"


@cache
def _holes() -> re.Pattern[str]:
    return re.compile(f"{_mark()}-([a-z]+)-")
