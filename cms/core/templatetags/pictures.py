"""The drawings in ``cms/static/pictures``, placed into a page as inline SVG.

Inline, they cost no request, take the colour of the text around them and follow dark mode.
"""

import logging
import re
from functools import cache
from pathlib import Path

from django import template
from django.template import Engine
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PICTURES = Path(__file__).resolve().parents[2] / "static" / "pictures"
NAME = re.compile(r"(?:[a-z0-9-]+/)?[a-z0-9-]+")

logger = logging.getLogger(__name__)
register = template.Library()


class UnknownPictureError(ValueError):
    """A template or a page asks for a drawing that we do not have."""


@cache
def names(folder: str = "") -> tuple[str, ...]:
    """Return the names of all drawings in a folder, in alphabetical order."""
    prefix = f"{folder}/" if folder else ""
    return tuple(sorted(prefix + path.stem for path in (PICTURES / folder).glob("*.svg")))


@cache
def _inside(name: str) -> str:
    """Return what follows ``<svg`` in the file of a drawing."""
    if not NAME.fullmatch(name):
        raise UnknownPictureError(name)
    try:
        source = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UnknownPictureError(name) from error
    return source.strip().removeprefix("<svg")


@register.simple_tag
def picture(name: str, alt: str = "", **attributes: str) -> SafeString:
    """Place a drawing: decorative, or with ``alt`` a picture that says something.

    ``class`` adds classes. Without a name nothing is placed. Nor is for a name that no drawing has:
    a reader does without it, and only where templates are debugged is it an error.
    """
    if not name:
        return mark_safe("")
    try:
        inside = _inside(str(name))
    except UnknownPictureError:
        if Engine.get_default().debug:
            raise
        logger.error("A page asks for a drawing that we do not have: %s", name)
        return mark_safe("")
    return _placed(inside, alt, f"picture {attributes.get('class', '')}".strip())


def _placed(inside: str, alt: str, classes: str) -> SafeString:
    opening, body = inside.split(">", 1)
    if alt:
        return format_html(
            '<svg class="{}" role="img" focusable="false"{}><title>{}</title>{}',
            classes,
            mark_safe(opening),  # noqa: S308 - our own file
            alt,
            mark_safe(body),  # noqa: S308 - our own file
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"{}>{}',
        classes,
        mark_safe(opening),  # noqa: S308 - our own file
        mark_safe(body),  # noqa: S308 - our own file
    )
