"""The words of lessons, as HTML."""

from django import template
from django.utils.safestring import SafeString

from curriculum.presenters import words as presenter

register = template.Library()


@register.filter
def words(text: str | None) -> SafeString:
    """Paragraphs, lists, strong words, and help lines that can be tapped to call."""
    return presenter.paragraphs(text or "")


@register.filter
def plain_words(text: str | None) -> SafeString:
    """The same in one run and without links, for labels, choices and summaries."""
    return presenter.inline(text or "")
