"""English pages from a module's files."""

from typing import Any
from uuid import UUID

from cms.core.identifiers import key_for
from curriculum.loading.digests import Ledger, digest, page_digest
from curriculum.loading.report import Report
from curriculum.models import CurriculumPage, LearnIndexPage, LessonPage, ModulePage, ReviewState
from curriculum.queries.catalogue import SOURCE_LANGUAGE
from curriculum.source import schema
from quizzes.models import Objective, Question

MODELS: dict[str, type[CurriculumPage]] = {"module": ModulePage, "lesson": LessonPage}


def page_path(kind: str, key: str) -> str:
    """What the ledger and the report call the English page of a module or lesson."""
    return f"{kind}/{key}@{SOURCE_LANGUAGE}"


def english_page(kind: str, key: str) -> Any:
    """The English page of a module or lesson; None if there is none."""
    pages = MODELS[kind].objects.filter(locale__language_code=SOURCE_LANGUAGE)
    return pages.filter(translation_key=key_for(kind, key)).first()


def load_module_page(
    index: LearnIndexPage, module: schema.Module, ledger: Ledger, report: Report
) -> ModulePage | None:
    """Create or update the English page of a module, unless an editor changed or deleted it since."""
    fields = {
        "title": module.title,
        "slug": module.key,
        "summary": module.summary,
        "picture": module.picture,
        "band": module.band,
        "order": module.order,
        "is_sensitive": module.sensitive,
        "family_note": module.family_note,
        "teacher_guide": _guide(f"module/{module.key}", module.teacher_guide),
    }
    return _write(index, "module", module.key, fields, ledger, report)


def load_lesson_page(
    parent: ModulePage, lesson: schema.Lesson, ledger: Ledger, report: Report
) -> LessonPage | None:
    """Create or update the English page of a lesson, unless an editor changed or deleted it since."""
    prefix = f"lesson/{lesson.key}"
    fields = {
        "title": lesson.title,
        "slug": lesson.key,
        "summary": lesson.summary,
        "picture": lesson.picture,
        "minutes": lesson.minutes,
        "family_note": lesson.family_note,
        "body": [_block(prefix, block) for block in lesson.blocks],
        "teacher_guide": _guide(prefix, lesson.teacher_guide),
        "objectives": list(Objective.objects.filter(code__in=lesson.objectives)),
    }
    return _write(parent, "lesson", lesson.key, fields, ledger, report)


def _write(parent: Any, kind: str, key: str, fields: dict, ledger: Ledger, report: Report) -> Any:
    path, page = page_path(kind, key), english_page(kind, key)
    codes = [objective.code for objective in fields.get("objectives", ())]
    source_digest = digest(fields | {"objectives": codes})
    if page and ledger.is_current(path, source_digest):
        report.unchanged.append(path)
        return page
    if ledger.is_deleted(path, page) or (page and ledger.is_edited(path, page_digest(page))):
        report.kept.append(path)
        return page
    page = _fill(page or MODELS[kind](), fields, parent, key_for(kind, key))
    ledger.note(path, source_digest, page_digest(page))
    report.written.append(path)
    return page


def _fill(page: Any, fields: dict, parent: Any, translation_key: UUID) -> Any:
    for name, value in fields.items():
        setattr(page, name, value)
    page.review_state = ReviewState.SOURCE
    if page.pk is None:
        page.translation_key = translation_key
        page.locale = parent.locale
        parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _guide(prefix: str, sections: list[schema.Section]) -> list[dict[str, Any]]:
    return [
        {
            "type": "section",
            "id": str(key_for("block", f"{prefix}/teacher_guide/{section.key}")),
            "value": {"heading": section.heading, "body": section.body},
        }
        for section in sections
    ]


def _block(prefix: str, block: schema.Block) -> dict[str, Any]:
    path = f"{prefix}/blocks/{block.key}"
    value: dict[str, Any] = {}
    for name in type(block).model_fields:
        content = getattr(block, name)
        if name in ("key", "type"):
            continue
        if name in ("items", "bins"):
            value[name] = [_item(f"{path}/{name}/{item.key}", item) for item in content]
        elif name == "question":
            value[name] = Question.objects.get(key=content).pk
        else:
            value[name] = content if content is not None else ""
    kind = block.type.replace("-", "_")  # type: ignore[attr-defined]
    return {"type": kind, "id": str(key_for("block", path)), "value": value}


def _item(path: str, item: Any) -> dict[str, Any]:
    value = {name: getattr(item, name) for name in type(item).model_fields}
    if not isinstance(item, schema.Bin):
        value.pop("key")
    filled = {name: content if content is not None else "" for name, content in value.items()}
    return {"type": "item", "id": str(key_for("block", path)), "value": filled}


def block_paths(module: schema.Module, lessons: tuple[schema.Lesson, ...]) -> dict[str, str]:
    """Where each block and item stands in the files, by its id in the page: how a translation finds its place."""
    paths: dict[str, str] = {}
    things: list[tuple[str, Any]] = [(f"module/{module.key}", module)]
    things += [(f"lesson/{lesson.key}", lesson) for lesson in lessons]
    for prefix, thing in things:
        paths |= _paths(f"{prefix}/teacher_guide", thing.teacher_guide)
        for block in getattr(thing, "blocks", ()):
            path = f"{prefix}/blocks/{block.key}"
            paths[str(key_for("block", path))] = path
            paths |= _paths(f"{path}/items", getattr(block, "items", ()))
            paths |= _paths(f"{path}/bins", getattr(block, "bins", ()))
    return paths


def _paths(prefix: str, things: Any) -> dict[str, str]:
    return {str(key_for("block", f"{prefix}/{thing.key}")): f"{prefix}/{thing.key}" for thing in things}
