"""What stands against a load, named by the file that it concerns."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError

from cms.help.shipped import published_keys
from curriculum.content_messages import Translated
from curriculum.loading.digests import Ledger
from curriculum.loading.pages import english_page, page_path
from curriculum.models import LessonPage, ModulePage
from curriculum.queries.catalogue import SOURCE_LANGUAGE
from curriculum.source.checks import ModuleSource
from curriculum.source.faults import ContentError, Fault, line_of_key, line_with
from curriculum.source.names import unknown_help_lines

LONGEST_TITLE = 200


@contextmanager
def named_by(path: Path) -> Iterator[None]:
    """Tell what a record refuses as a fault of the file that it was made of."""
    try:
        yield
    except ValidationError as error:
        fields = error.message_dict if hasattr(error, "error_dict") else {"page": error.messages}
        messages = [f"{name}: {said}" for name, found in fields.items() for said in found]
        raise ContentError([Fault(path, 1, message) for message in messages]) from error


def translation_faults(po: Path, entries: Mapping[str, Translated]) -> Iterator[Fault]:
    """What a page could not hold of a translation, or would leave out in silence."""
    for path, entry in entries.items():
        if entry.is_stale:
            continue
        if path.endswith("/title") and len(entry.text) > LONGEST_TITLE:
            yield Fault(po, line_with(po, path), f"{path}: longer than {LONGEST_TITLE} characters")
        unknown = unknown_help_lines(entry.text, published_keys())
        if unknown:
            yield Fault(po, line_with(po, path), f"{path}: no help line is called {', '.join(unknown)}")


def taken_addresses(sources: Iterable[ModuleSource], ledger: Ledger) -> list[Fault]:
    """The files whose page would be new, and whose address an editor gave to a page of their own."""
    faults: list[Fault] = []
    for source in sources:
        modules = ModulePage.objects.filter(locale__language_code=SOURCE_LANGUAGE)
        module = english_page("module", source.module.key)
        if module is None:
            faults += _taken("module", source.module.key, source.file, modules, ledger)
            continue
        for path, lesson in source.files:
            lessons = LessonPage.objects.child_of(module)
            faults += _taken("lesson", lesson.key, path, lessons, ledger)
    return faults


def _taken(kind: str, key: str, path: Path, siblings, ledger: Ledger) -> Iterator[Fault]:
    if ledger.holds(page_path(kind, key)) or english_page(kind, key):
        return
    for page in siblings.filter(slug=key):
        message = f"the address {key} is that of an editor's page, “{page.title}”; change one of the two"
        yield Fault(path, line_of_key(path, key), message)
