"""All modules and lessons as plain values, in one language, from the cache.

What is shown about a lesson anywhere (a list, a class's table, an official's screen) comes from here,
so a page costs no query for it. A lesson that is not translated is its English one, marked so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.cache import cache
from django.utils.translation import get_language

from cms.core import content_version, review_states
from curriculum.models import Band, LessonPage, ModulePage
from quizzes.models import Quiz

SOURCE_LANGUAGE = "en"


@dataclass(frozen=True)
class LessonInfo:
    """A lesson as lists show it. `language` is that of its words, which may be English for want of another.

    `is_held_back` says that there is a translation which this reader is not to see yet (`with_least_review`).
    """

    key: UUID
    module_key: UUID
    page_id: int
    slug: str
    title: str
    summary: str
    picture: str
    minutes: int
    language: str
    is_fallback: bool
    review_state: str
    url: str
    practice_quiz_id: int | None
    is_held_back: bool = False


@dataclass(frozen=True)
class ModuleInfo:
    """A module with its lessons in order."""

    key: UUID
    page_id: int
    slug: str
    title: str
    summary: str
    picture: str
    band: str
    is_sensitive: bool
    language: str
    is_fallback: bool
    review_state: str
    url: str
    lessons: tuple[LessonInfo, ...]
    final_quiz_id: int | None
    is_held_back: bool = False

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def modules(language: str | None = None) -> tuple[ModuleInfo, ...]:
    """Every live module by band and order, in `language` (the active one unless given)."""
    language = language or get_language() or SOURCE_LANGUAGE
    cache_key = f"catalogue:{language}:{content_version.current()}"
    found = cache.get(cache_key)
    if found is None:
        found = _read(language)
        cache.set(cache_key, found)
    return found


def module(key: UUID, language: str | None = None) -> ModuleInfo | None:
    return next((one for one in modules(language) if one.key == key), None)


def lesson(key: UUID, language: str | None = None) -> LessonInfo | None:
    return next((lesson for one in modules(language) for lesson in one.lessons if lesson.key == key), None)


def for_class(class_level: int, language: str | None = None) -> tuple[ModuleInfo, ...]:
    """The modules of the band that a class belongs to."""
    band = Band.of_class(class_level)
    return tuple(one for one in modules(language) if one.band == band)


def with_least_review(found: Iterable[ModuleInfo], least: str) -> tuple[ModuleInfo, ...]:
    """The modules, in English where people have looked at a translation less than `least` says."""
    return tuple(_held_back(one, least) for one in found)


def _held_back(one: ModuleInfo, least: str) -> ModuleInfo:
    source = module(one.key, SOURCE_LANGUAGE)
    if source is None or one.language == SOURCE_LANGUAGE:
        return one
    english = {lesson.key: lesson for lesson in source.lessons}
    lessons = tuple(
        _in_english(lesson, english[lesson.key]) if _is_below(lesson, least) else lesson
        for lesson in one.lessons
    )
    if not _is_below(one, least):
        return replace(one, lessons=lessons)
    return replace(_in_english(one, source), lessons=lessons)


def _is_below(info: LessonInfo | ModuleInfo, least: str) -> bool:
    order = review_states.ORDER
    is_translated = info.language != SOURCE_LANGUAGE and info.review_state in order
    return is_translated and order.index(info.review_state) < order.index(least)


def _in_english[Info: (LessonInfo, ModuleInfo)](info: Info, english: Info) -> Info:
    return replace(english, url=info.url, is_fallback=True, is_held_back=True)


def _read(language: str) -> tuple[ModuleInfo, ...]:
    quizzes = list(Quiz.objects.all())
    practice = {quiz.lesson_key: quiz.pk for quiz in quizzes if quiz.kind == Quiz.Kind.PRACTICE}
    final = {quiz.module_key: quiz.pk for quiz in quizzes if quiz.kind == Quiz.Kind.FINAL}
    chosen_modules = _in_language(ModulePage.objects.live().select_related("locale"), language)
    chosen_lessons = _in_language(
        LessonPage.objects.live().select_related("locale").order_by("path"), language
    )
    sources = ModulePage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
    source_paths = {page.path: page.translation_key for page in sources}
    order = _lesson_order()
    rows = []
    bands = list(Band.values)
    for page in sorted(chosen_modules, key=lambda one: (bands.index(one.band), one.order, one.pk)):
        lessons = [
            one
            for one in chosen_lessons
            if one.translation_key in order
            and source_paths.get(order[one.translation_key][0]) == page.translation_key
        ]
        lessons.sort(key=lambda one: order[one.translation_key][1])
        rows.append(_module_info(page, language, lessons, practice, final.get(page.translation_key)))
    return tuple(rows)


def _lesson_order() -> dict[UUID, tuple[str, str]]:
    """For each lesson, the path of its English module and its own: what it belongs to, and its place."""
    sources = LessonPage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
    return {page.translation_key: (page.path[: -LessonPage.steplen], page.path) for page in sources}


def _in_language(pages, language: str) -> list:
    """One page for each translation key: in `language` where there is one, else in English."""
    chosen = {}
    for page in pages.filter(locale__language_code__in=[language, SOURCE_LANGUAGE]):
        if page.translation_key not in chosen or page.locale.language_code == language:
            chosen[page.translation_key] = page
    return list(chosen.values())


def _module_info(
    page: ModulePage, language: str, lessons: Iterable[LessonPage], practice: dict, final_quiz_id: int | None
) -> ModuleInfo:
    url = f"/{language}/learn/{page.slug}/"
    return ModuleInfo(
        key=page.translation_key,
        page_id=page.pk,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        picture=page.picture,
        band=page.band,
        is_sensitive=page.is_sensitive,
        language=page.locale.language_code,
        is_fallback=page.locale.language_code != language,
        review_state=page.review_state,
        url=url,
        lessons=tuple(_lesson_info(one, page, language, url, practice) for one in lessons),
        final_quiz_id=final_quiz_id,
    )


def _lesson_info(page: LessonPage, module: ModulePage, language: str, url: str, practice: dict) -> LessonInfo:
    return LessonInfo(
        key=page.translation_key,
        module_key=module.translation_key,
        page_id=page.pk,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        picture=page.picture,
        minutes=page.minutes,
        language=page.locale.language_code,
        is_fallback=page.locale.language_code != language,
        review_state=page.review_state,
        url=f"{url}{page.slug}/",
        practice_quiz_id=practice.get(page.translation_key),
    )
