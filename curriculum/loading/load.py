"""Loads the shipped curriculum: all files are read before the first thing is written."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page

from curriculum import content_messages
from curriculum.loading import pages, questions
from curriculum.loading.digests import Ledger
from curriculum.loading.report import Report
from curriculum.loading.translations import load_translation
from curriculum.loading.tree import ensure_tree
from curriculum.models import LearnIndexPage
from curriculum.queries.catalogue import SOURCE_LANGUAGE
from curriculum.source.reader import (
    CONTENT_DIR,
    ContentError,
    Fault,
    ModuleSource,
    module_folders,
    read_module,
)


def load_curriculum(
    home_model: type[Page], *, content_dir: Path = CONTENT_DIR, locale_dir: Path = content_messages.LOCALE_DIR
) -> Report:
    """Create or update every module found. Raises `ContentError`, having written nothing, if a file is broken."""
    sources = _read_all(content_dir)
    report = Report()
    with translation.override(SOURCE_LANGUAGE):
        with transaction.atomic():
            index = ensure_tree(home_model)
        for source in sources:
            with transaction.atomic():
                report.merge(_load_module(index, source, locale_dir))
    return report


def _read_all(content_dir: Path) -> list[ModuleSource]:
    sources, faults = [], []
    for folder in module_folders(content_dir):
        try:
            sources.append(read_module(folder))
        except ContentError as error:
            faults += error.faults
    faults += _keys_used_twice(sources)
    if faults:
        raise ContentError(faults)
    return sources


def _keys_used_twice(sources: Iterable[ModuleSource]) -> list[Fault]:
    """Lessons, questions and objectives have one identity in the whole curriculum."""
    seen: dict[str, Path] = {}
    faults = []
    for source in sources:
        names = [f"module {source.module.key}", *[f"lesson {lesson.key}" for lesson in source.lessons]]
        names += [f"objective {objective.code}" for objective in source.module.objectives]
        asked = [question for lesson in source.lessons for question in lesson.questions]
        names += [f"question {one.key}" for one in [*asked, *source.module.final_quiz.questions]]
        for name in names:
            if name in seen:
                path = source.folder / "module.yaml"
                faults.append(Fault(path, 1, f"{name} is also in {seen[name].name}"))
            seen[name] = source.folder
    return faults


def _load_module(index: LearnIndexPage, source: ModuleSource, locale_dir: Path) -> Report:
    report, ledger = Report(), Ledger()
    languages = [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
    translations = {code: content_messages.read(source.module.key, code, locale_dir) for code in languages}
    questions.load_bank(source, translations, ledger, report)
    module_page = pages.load_module_page(index, source.module, ledger, report)
    written = [(f"module/{source.module.key}", module_page)]
    for lesson in source.lessons:
        written.append((f"lesson/{lesson.key}", pages.load_lesson_page(module_page, lesson, ledger, report)))
    questions.load_quizzes(source, translations)
    block_paths = pages.block_paths(source.module, source.lessons)
    for code in languages:
        if translations[code]:
            locale = Locale.objects.get(language_code=code)
            for prefix, page in written:
                load_translation(page, prefix, locale, translations[code], block_paths, ledger, report)
    return report
