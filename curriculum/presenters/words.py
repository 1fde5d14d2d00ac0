"""Our small markup as HTML: paragraphs, `- ` lists, `**strong**` words and `{help-line}` names.

Everything is escaped first, so nothing an editor writes can be anything else.
"""

import re
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.help import lines
from cms.help.models import HelpLine

STRONG = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
HELP_LINE = re.compile(r"\{([a-z0-9-]+)\}")
ITEM = "- "


def paragraphs(text: str) -> SafeString:
    """Paragraphs and lists, with help lines as links to call."""
    parts = re.split(r"\n\s*\n", text.strip())
    return mark_safe("".join(_part(part) for part in parts if part.strip()))  # noqa: S308 - escaped by _inline


def inline(text: str, *, with_links: bool = False) -> SafeString:
    """One run of words, for a label, a choice or a button."""
    return mark_safe(_inline(" ".join(text.split()), with_links=with_links))  # noqa: S308 - escaped by _inline


def _part(part: str) -> str:
    """A paragraph, a list, or a paragraph and then its list."""
    runs = groupby(_joined_lines(part), key=lambda line: line.startswith(ITEM))
    return "".join(_list(found) if is_list else _paragraph(found) for is_list, found in runs)


def _joined_lines(part: str) -> list[str]:
    """The lines of a part; a line that is indented continues the item above it."""
    joined: list[str] = []
    for line in part.splitlines():
        if joined and line.startswith(" ") and joined[-1].startswith(ITEM):
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
    return joined


def _list(found) -> str:
    items = "".join(f"<li>{_inline(line.removeprefix(ITEM), with_links=True)}</li>" for line in found)
    return f"<ul>{items}</ul>"


def _paragraph(found) -> str:
    return f"<p>{_inline(' '.join(found), with_links=True)}</p>"


def _inline(text: str, *, with_links: bool) -> str:
    known = lines.by_key() if "{" in text else {}

    def help_line(found: re.Match[str]) -> str:
        line = known.get(found[1])
        return _named(line, with_links=with_links) if line else ""

    return HELP_LINE.sub(help_line, STRONG.sub(r"<strong>\1</strong>", escape(text)))


def _named(line: lines.Line, *, with_links: bool) -> str:
    """A help line's name and number; the number once, where the name holds it already."""
    name = _name_and_number(line)
    if with_links and line.kind == HelpLine.Kind.CALL:
        return format_html('<a href="tel:{}">{}</a>', line.calls[0][1], name)
    if with_links and line.kind == HelpLine.Kind.WEB and line.url:
        return format_html('<a href="{}" rel="noreferrer">{}</a>', line.url, name)
    return format_html("<span>{}</span>", name)


def _name_and_number(line: lines.Line) -> str:
    if not line.numbers or line.numbers[0] in line.words.name:
        return line.words.name
    number = format_html("<bdi>{}</bdi>", line.numbers[0])
    # Translators: a help line and its number, as in "Tele-MANAS (14416)".
    return format_html(_("{name} ({number})"), name=line.words.name, number=number)
