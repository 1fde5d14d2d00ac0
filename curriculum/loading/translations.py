"""Translated pages, made by wagtail-localize from a module's PO entries."""

from collections.abc import Mapping

from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from curriculum.content_messages import REVIEW_STATES, Translated
from curriculum.loading.digests import Ledger, digest, page_digest
from curriculum.loading.report import Report
from curriculum.models import CurriculumPage, LessonPage

Entries = Mapping[str, Translated]


def load_translation(
    page: CurriculumPage,
    prefix: str,
    locale: Locale,
    entries: Entries,
    block_paths: Mapping[str, str],
    ledger: Ledger,
    report: Report,
) -> None:
    """Bring one page's translation up to date; leaves it alone when a person changed it since.

    A page that is not wholly translated is not made, nor is one whose module is not: readers get the
    English one, marked so.
    """
    path = f"{prefix}@{locale.language_code}"
    if not page.get_parent().has_translation(locale):
        return
    source, _created = TranslationSource.update_or_create_from_instance(page)
    segments = list(StringSegment.objects.filter(source=source).select_related("string", "context"))
    found = {segment: entries.get(_path(segment, prefix, block_paths)) for segment in segments}
    chosen = {segment: entry for segment, entry in found.items() if entry and _translates(entry, segment)}
    if not segments or len(chosen) < len(segments):
        return
    source_digest = digest([(s.context.path, e.source, e.text, e.review) for s, e in chosen.items()])
    target = page.get_translation_or_none(locale)
    if target is not None and ledger.is_current(path, source_digest):
        report.unchanged.append(path)
        return
    if ledger.is_deleted(path, target) or (
        target is not None
        and (ledger.is_edited(path, page_digest(target)) or _has_a_persons_work(segments, locale))
    ):
        report.kept.append(path)
        return
    _write_strings(chosen, locale)
    target = _publish(source, locale, page, chosen)
    ledger.note(path, source_digest, page_digest(target))
    report.written.append(path)


def _translates(entry: Translated, segment: StringSegment) -> bool:
    """Whether the entry is for these very words: the file's English, or the page's, may have changed since."""
    return not entry.is_stale and StringValue.from_plaintext(entry.source).data == segment.string.data


def _path(segment: StringSegment, prefix: str, block_paths: Mapping[str, str]) -> str:
    """The path in the files of a segment such as `body.<block id>.items.<item id>.body`."""
    path, field = prefix, ""
    for part in segment.context.path.split("."):
        path, field = (block_paths[part], "") if part in block_paths else (path, part)
    return f"{path}/{field}"


def _has_a_persons_work(segments: list[StringSegment], locale: Locale) -> bool:
    return StringTranslation.objects.filter(
        translation_of__in=[segment.string_id for segment in segments],
        context__in=[segment.context_id for segment in segments],
        locale=locale,
        last_translated_by__isnull=False,
    ).exists()


def _write_strings(chosen: Mapping[StringSegment, Translated], locale: Locale) -> None:
    for segment, entry in chosen.items():
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={
                "data": StringValue.from_plaintext(entry.text).data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MACHINE,
                "tool_name": entry.review,
            },
        )


def _publish(
    source: TranslationSource,
    locale: Locale,
    page: CurriculumPage,
    chosen: Mapping[StringSegment, Translated],
) -> CurriculumPage:
    Translation.objects.get_or_create(source=source, target_locale=locale)
    target, _created = source.create_or_update_translation(locale, publish=False, fallback=True)
    target = target.get_latest_revision_as_object()
    target.review_state = min((entry.review for entry in chosen.values()), key=REVIEW_STATES.index)
    if isinstance(target, LessonPage):
        target.objectives = page.objectives.all()
    target.save_revision().publish()
    target.refresh_from_db()
    return target
