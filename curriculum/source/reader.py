"""Reads a module's folder and says every fault with its file and line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from curriculum.source import schema

CONTENT_DIR = Path(__file__).resolve().parent.parent / "content"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, where a person will find it. `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """A module that cannot be loaded; `faults` lists all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class ModuleSource:
    """A module and its lessons, in teaching order, as the files have them."""

    folder: Path
    module: schema.Module
    lessons: tuple[schema.Lesson, ...]


def module_folders(root: Path = CONTENT_DIR) -> list[Path]:
    """The folders below `root` that hold a module, in a stable order."""
    return sorted(path.parent for path in root.glob("*/*/module.yaml"))


def read_module(folder: Path) -> ModuleSource:
    """Read one module. Raises `ContentError` with every fault found in its files."""
    module_path = folder / "module.yaml"
    module = _read(module_path, schema.Module)
    faults: list[Fault] = []
    lessons = []
    for key in module.lessons:
        try:
            lessons.append(_read(folder / f"{key}.yaml", schema.Lesson))
        except ContentError as error:
            faults += error.faults
    if not faults:
        faults = _cross_faults(folder, module, lessons)
    if faults:
        raise ContentError(faults)
    return ModuleSource(folder, module, tuple(lessons))


def _read[Model: BaseModel](path: Path, model: type[Model]) -> Model:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError([Fault(path, 1, "this file is missing")]) from None
    except UnicodeDecodeError as error:
        raise ContentError([Fault(path, 1, f"this file is not UTF-8: {error.reason}")]) from None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError([Fault(path, line, f"not valid YAML: {error.problem}")]) from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [Fault(path, _line_of(node, found["loc"]), _sentence(found)) for found in error.errors()]
        raise ContentError(faults) from None


def _sentence(found) -> str:
    place = ".".join(str(part) for part in found["loc"])
    message = found["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def _line_of(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    """The line of the deepest node that `loc` reaches. Discriminator names in it are passed over."""
    line = 1
    for part in loc:
        below = None
        if isinstance(node, yaml.MappingNode):
            below = next(((key, value) for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            below = (node.value[part], node.value[part])
        if below is not None:
            line = below[0].start_mark.line + 1
            node = below[1]
    return line


def _line_with(path: Path, needle: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if needle in line), 1)


def _cross_faults(folder: Path, module: schema.Module, lessons: list[schema.Lesson]) -> list[Fault]:
    """What only shows when the files of a module are read together."""
    module_path = folder / "module.yaml"
    faults = []
    if module.key != folder.name:
        faults.append(Fault(module_path, 1, f"key {module.key} differs from the folder's name {folder.name}"))
    codes = {objective.code for objective in module.objectives}
    asked = [(module_path, question) for question in module.final_quiz.questions]
    for listed, lesson in zip(module.lessons, lessons, strict=True):
        path = folder / f"{listed}.yaml"
        if lesson.key != listed:
            faults.append(Fault(path, 1, f"key {lesson.key} differs from the file's name"))
        for code in lesson.objectives:
            if code not in codes:
                faults.append(Fault(path, _line_with(path, code), f"objective {code} is not the module's"))
        asked += [(path, question) for question in lesson.questions]
    counts = Counter(question.key for _path, question in asked)
    for path, question in asked:
        line = _line_with(path, question.key)
        if counts[question.key] > 1:
            faults.append(Fault(path, line, f"question {question.key} is used twice"))
        if question.objective not in codes:
            faults.append(Fault(path, line, f"objective {question.objective} is not the module's"))
    return faults
