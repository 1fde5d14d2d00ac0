"""Reads a module's folder and says every fault with its file and line."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from curriculum.source import schema
from curriculum.source.checks import ModuleSource, faults_between, faults_within, unlisted
from curriculum.source.faults import ContentError, Fault
from curriculum.source.parsing import parse

CONTENT_DIR = Path(__file__).resolve().parent.parent / "content"


def module_folders(root: Path = CONTENT_DIR) -> list[Path]:
    """The folders below `root` that hold a module, in a stable order."""
    return sorted(path.parent for path in root.glob("*/*/module.yaml"))


def read_modules(root: Path = CONTENT_DIR) -> list[ModuleSource]:
    """Read every module below `root`. Raises `ContentError` with every fault found in and between them."""
    sources, faults = [], []
    for folder in module_folders(root):
        try:
            sources.append(read_module(folder))
        except ContentError as error:
            faults += error.faults
    faults += faults_between(sources)
    if faults:
        raise ContentError(faults)
    return sources


def read_module(folder: Path) -> ModuleSource:
    """Read one module. Raises `ContentError` with every fault found in its files."""
    module = _read(folder / "module.yaml", schema.Module)
    faults = unlisted(folder, module)
    lessons = []
    for key in module.lessons:
        try:
            lessons.append(_read(folder / f"{key}.yaml", schema.Lesson))
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    source = ModuleSource(folder, module, tuple(lessons))
    faults = faults_within(source)
    if faults:
        raise ContentError(faults)
    return source


def _read[Model: BaseModel](path: Path, model: type[Model]) -> Model:
    node, data = parse(path)
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
