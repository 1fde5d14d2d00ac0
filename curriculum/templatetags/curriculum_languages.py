"""Which language a piece of a page is in, where it is not the page's."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from curriculum.presenters.lessons import language_mark
from curriculum.queries.catalogue import SOURCE_LANGUAGE, LessonInfo, ModuleInfo
from quizzes.models import Objective

register = template.Library()


@register.simple_tag
def language_of(item: ModuleInfo | LessonInfo) -> SafeString:
    """The attributes for the words of a module or lesson that is only there in English."""
    return language_mark(item.language) if item.is_fallback else SafeString("")


@register.simple_tag
def language_of_objective(objective: Objective) -> SafeString:
    """The same for an objective, whose words fall back to English by themselves."""
    is_translated = getattr(objective, f"text_{get_language()}", None)
    return SafeString("") if is_translated else language_mark(SOURCE_LANGUAGE)
