"""The sentences of a module, each under a path that stays the same when its words change.

The path is the `msgctxt` of the module's PO files and what the loader looks translations up by:
`module/<key>/title`, `lesson/<key>/blocks/<block>/items/<item>/body`, `question/<key>/choices/<choice>/why`.
"""

from collections.abc import Iterator

from pydantic import BaseModel

from curriculum.source import schema
from curriculum.source.checks import ModuleSource

TRANSLATABLE = frozenset(
    [
        *[
            "title",
            "summary",
            "heading",
            "body",
            "intro",
            "text",
            "why",
            "family_note",
            "myth",
            "fact",
            "who",
            "sign",
        ],
        *["situation", "choice", "outcome", "label", "prompt", "note"],
    ]
)
"""Fields whose words a reader sees. All others are keys, codes, numbers and names of drawings."""


def sentences(source: ModuleSource) -> Iterator[tuple[str, str]]:
    """Yield (path, English text) for every sentence of the module, in reading order."""
    module = source.module
    yield from _walk(f"module/{module.key}", module)
    for objective in module.objectives:
        yield f"objective/{objective.code}/text", objective.text
    for lesson in source.lessons:
        yield from _walk(f"lesson/{lesson.key}", lesson)
        for question in lesson.check_questions:
            yield from _walk(f"question/{question.key}", question)
        yield from _quiz(lesson.practice_quiz)
    yield from _quiz(module.final_quiz)


def _quiz(quiz: schema.Quiz) -> Iterator[tuple[str, str]]:
    yield f"quiz/{quiz.key}/title", quiz.title
    for question in quiz.questions:
        yield from _walk(f"question/{question.key}", question)


def _walk(path: str, thing: BaseModel) -> Iterator[tuple[str, str]]:
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        if name in TRANSLATABLE and isinstance(value, str):
            yield f"{path}/{name}", value
        elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
            if name in ("objectives", "check_questions"):
                continue
            for item in value:
                yield from _walk(f"{path}/{name}/{item.key}", item)
