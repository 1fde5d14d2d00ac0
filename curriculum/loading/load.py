"""Loads the shipped curriculum: all files are read and checked before the first thing is written.

Each module is a transaction of its own, so that a running site waits for one module at the longest.
"""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page

from cms.core.identifiers import key_for
from curriculum import content_messages
from curriculum.loading import order, pages, questions
from curriculum.loading.digests import Ledger
from curriculum.loading.faults import named_by, taken_addresses, translation_faults
from curriculum.loading.report import Report
from curriculum.loading.translations import load_translation
from curriculum.loading.tree import ensure_tree
from curriculum.models import CurriculumPage, LearnIndexPage
from curriculum.queries.catalogue import SOURCE_LANGUAGE
from curriculum.source.checks import ModuleSource
from curriculum.source.faults import ContentError, Fault
from curriculum.source.reader import CONTENT_DIR, read_modules


def load_curriculum(
    home_model: type[Page], *, content_dir: Path = CONTENT_DIR, locale_dir: Path = content_messages.LOCALE_DIR
) -> Report:
    """Create or update every module found. Raises `ContentError`, having changed nothing, if a file is broken.

    What only writing shows (an editor took an address in the meantime) leaves its own module as it was;
    the error's `loaded` names the modules before it.
    """
    sources = read_modules(content_dir)
    report, ledger = Report(), Ledger()
    translations = [_translations(source, locale_dir) for source in sources]
    faults = taken_addresses(sources, ledger)
    if faults:
        raise ContentError(faults)
    loaded: list[str] = []
    with translation.override(SOURCE_LANGUAGE):
        index = ensure_tree(home_model)
        for source, translated in zip(sources, translations, strict=True):
            try:
                with transaction.atomic():
                    _load_module(index, source, translated, ledger, report)
            except ContentError as error:
                error.loaded = loaded
                raise
            loaded.append(source.module.key)
    report.orphaned = _orphaned(sources, ledger)
    return report


def _translations(source: ModuleSource, locale_dir: Path) -> questions.Translations:
    """The module's translations by language. Raises `ContentError`, also for one that pages cannot hold."""
    languages = [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
    found = {code: content_messages.read(source.module.key, code, locale_dir) for code in languages}
    faults: list[Fault] = []
    for code, entries in found.items():
        faults += translation_faults(content_messages.po_path(code, source.module.key, locale_dir), entries)
    if faults:
        raise ContentError(faults)
    return found


def _load_module(
    index: LearnIndexPage,
    source: ModuleSource,
    translations: questions.Translations,
    ledger: Ledger,
    report: Report,
) -> None:
    questions.load_bank(source, translations, ledger, report)
    loaded = _load_pages(index, source, ledger, report)
    questions.load_quizzes(source, translations)
    _load_translations(source, loaded, translations, ledger, report)


def _load_pages(
    index: LearnIndexPage, source: ModuleSource, ledger: Ledger, report: Report
) -> dict[Path, CurriculumPage]:
    """The module's English pages by their files, without those that somebody deleted."""
    with named_by(source.file):
        module = pages.load_module_page(index, source.module, ledger, report)
    if module is None:
        return {}
    lessons = {}
    for path, lesson in source.files:
        with named_by(path):
            page = pages.load_lesson_page(module, lesson, ledger, report)
        if page:
            lessons[path] = page
    order.arrange(module, list(lessons.values()), f"module/{source.module.key}/lessons", report)
    return {source.file: module} | lessons


def _load_translations(
    source: ModuleSource,
    loaded: Mapping[Path, CurriculumPage],
    translations: questions.Translations,
    ledger: Ledger,
    report: Report,
) -> None:
    block_paths = pages.block_paths(source.module, source.lessons)
    for code, entries in translations.items():
        if not entries:
            continue
        locale = Locale.objects.get(language_code=code)
        for path, page in loaded.items():
            kind, key = ("module", source.module.key) if path == source.file else ("lesson", path.stem)
            with named_by(path):
                load_translation(page, f"{kind}/{key}", locale, entries, block_paths, ledger, report)


def _orphaned(sources: list[ModuleSource], ledger: Ledger) -> list[str]:
    """The live pages, in any language, that were made of files which are gone."""
    named = {f"module/{source.module.key}" for source in sources}
    named |= {f"lesson/{lesson.key}" for source in sources for lesson in source.lessons}
    found = []
    for path in sorted(ledger.items):
        prefix, _at, language = path.partition("@")
        if language and prefix not in named:
            key = key_for(*prefix.split("/"))
            pages_left = Page.objects.live().filter(translation_key=key, locale__language_code=language)
            found += [path] * pages_left.count()
    return found
