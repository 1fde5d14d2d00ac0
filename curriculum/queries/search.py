"""Lessons and modules that hold every word asked for. What was asked is kept nowhere."""

from dataclasses import dataclass

from django.db.models import Q

from curriculum.folding import folded
from curriculum.models import LessonPage, ModulePage
from curriculum.queries import catalogue
from curriculum.queries.catalogue import LessonInfo, ModuleInfo

MAX_LENGTH = 100
MAX_WORDS = 8


@dataclass(frozen=True)
class Found:
    """A lesson with its module, or a module by itself."""

    module: ModuleInfo
    lesson: LessonInfo | None

    @property
    def item(self) -> ModuleInfo | LessonInfo:
        return self.lesson or self.module


def search(query: str, language: str) -> list[Found]:
    """What a reader of `language` may open, found by its words in any language.

    So a reader of Hindi who types in Latin letters finds the lesson, too, and gets it in Hindi.
    """
    words = folded(query[:MAX_LENGTH]).split()[:MAX_WORDS]
    if not words:
        return []
    has_all = Q(*[Q(search_text__contains=word) for word in words])
    modules = catalogue.modules(language)
    hits = {
        *ModulePage.objects.live().filter(has_all).values_list("translation_key", flat=True),
        *LessonPage.objects.live().filter(has_all).values_list("translation_key", flat=True),
    }
    found = []
    for module in modules:
        found += [Found(module, None)] if module.key in hits else []
        found += [Found(module, lesson) for lesson in module.lessons if lesson.key in hits]
    return found
