"""The order of a module's lessons: that of its list, until an editor chose another."""

from collections.abc import Sequence

from curriculum.loading.report import Report
from curriculum.models import LessonPage, LoadedOrder, ModulePage


def arrange(module: ModulePage, lessons: Sequence[LessonPage], path: str, report: Report) -> None:
    """Put the lessons' pages, which come in the list's order, into it; what else is there follows them."""
    children = LessonPage.objects.child_of(module).order_by("path")
    present = [str(key) for key in children.values_list("translation_key", flat=True)]
    wanted = [str(lesson.translation_key) for lesson in lessons if str(lesson.translation_key) in present]
    loaded = LoadedOrder.objects.filter(module_key=module.translation_key).first()
    is_in_order = wanted == _those_in(present, wanted)
    if not is_in_order and loaded and loaded.lessons == wanted:
        report.unchanged.append(path)
        return
    if not is_in_order and (loaded is None or _is_reordered(loaded.lessons, present)):
        report.kept.append(path)
        return
    if not is_in_order:
        _move(module, [lesson for lesson in lessons if str(lesson.translation_key) in present])
        report.written.append(path)
    if loaded is None or loaded.lessons != wanted:
        LoadedOrder.objects.update_or_create(module_key=module.translation_key, defaults={"lessons": wanted})


def _is_reordered(loaded: Sequence[str], present: Sequence[str]) -> bool:
    """Whether an editor moved pages since; that some were added or deleted says nothing of their order."""
    return _those_in(loaded, present) != _those_in(present, loaded)


def _those_in(keys: Sequence[str], others: Sequence[str]) -> list[str]:
    return [key for key in keys if key in others]


def _move(module: ModulePage, lessons: Sequence[LessonPage]) -> None:
    for lesson in reversed(lessons):
        lesson.refresh_from_db()
        lesson.move(ModulePage.objects.get(pk=module.pk), pos="first-child")
    for lesson in lessons:
        lesson.refresh_from_db()
