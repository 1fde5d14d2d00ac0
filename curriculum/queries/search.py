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
    """What a reader of `language` may open: its own pages, and the English ones that it lacks."""
    words = folded(query[:MAX_LENGTH]).split()[:MAX_WORDS]
    if not words:
        return []
    has_all = Q(*[Q(search_text__contains=word) for word in words])
    modules = catalogue.modules(language)
    module_ids = [module.page_id for module in modules]
    lesson_ids = [lesson.page_id for module in modules for lesson in module.lessons]
    hits = {
        *ModulePage.objects.filter(has_all, pk__in=module_ids).values_list("pk", flat=True),
        *LessonPage.objects.filter(has_all, pk__in=lesson_ids).values_list("pk", flat=True),
    }
    found = []
    for module in modules:
        found += [Found(module, None)] if module.page_id in hits else []
        found += [Found(module, lesson) for lesson in module.lessons if lesson.page_id in hits]
    return found
