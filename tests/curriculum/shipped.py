"""The modules that we ship, read once for all tests."""

import functools

import yaml

from cms.help.loading import HELP_LINES
from curriculum import content_messages
from curriculum.source.reader import module_folders, read_module
from curriculum.source.schema import PLACEHOLDER
from curriculum.source.sentences import sentences

LANGUAGES = ["en", "hi"]
FOLDERS = module_folders()


@functools.cache
def shipped(folder):
    return read_module(folder)


@functools.cache
def help_lines():
    return {line["id"]: line for line in yaml.safe_load(HELP_LINES.read_text(encoding="utf-8"))}


def words(module, language):
    """Every sentence of the module in a language, by path."""
    return dict(_read_words(module.folder, language))


@functools.cache
def _read_words(folder, language):
    if language == "en":
        return dict(sentences(shipped(folder)))
    return {path: entry.text for path, entry in content_messages.read(folder.name, language).items()}


def childrens_words(module, language):
    """What a child can see: all but the guides, the letters to families and the teachers' notes."""
    return {
        path: text
        for path, text in words(module, language).items()
        if "/teacher_guide/" not in path and not path.endswith(("/family_note", "/note"))
    }


def questions(module):
    asked = [question for lesson in module.lessons for question in lesson.questions]
    return asked + module.module.final_quiz.questions


def singles(module):
    return [question for question in questions(module) if question.kind == "single"]


def as_shown(text, language):
    """The text with each help line's name in its place, as a child reads it."""
    return PLACEHOLDER.sub(lambda found: help_lines()[found[1]]["name"][language], text)
