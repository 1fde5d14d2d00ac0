"""A YAML file as plain values; what cannot be read, or says two things at once, is a fault with its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from curriculum.source.faults import ContentError, Fault


class _Loader(yaml.SafeLoader):
    """Names the place of a value that has a known form and no meaning, such as the date 2024-13-45."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError) as error:
            problem = f"{node.value!r} has no meaning as {node.tag.rpartition(':')[2]}"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


def parse(path: Path) -> tuple[yaml.Node | None, Any]:
    """The file's tree, which knows its lines, and its values. Raises `ContentError`."""
    text = _text(path)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        repeated = [Fault(path, line, message) for line, message in _repeated(node)]
        data = None if node is None or repeated else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError([Fault(path, line, f"not valid YAML: {error.problem}")]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"not valid YAML: the invisible character U+{ord(text[error.position]):04X}"
        raise ContentError([Fault(path, line, message)]) from None
    if repeated:
        raise ContentError(repeated)
    return node, data


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError([Fault(path, 1, "this file is missing")]) from None
    except UnicodeDecodeError as error:
        raise ContentError([Fault(path, 1, f"this file is not UTF-8: {error.reason}")]) from None


def _repeated(root: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Line and sentence for every field that is written twice in one place: the last would win in silence."""
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, yaml.CollectionNode) or id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
            continue
        waiting += [value for _key, value in node.value]
        yield from _repeated_in(node)


def _repeated_in(node: yaml.CollectionNode) -> Iterator[tuple[int, str]]:
    lines: dict[str, int] = {}
    for key, _value in node.value:
        line = key.start_mark.line + 1
        if str(key.value) in lines:
            yield line, f"{key.value} stands here a second time; the first is in line {lines[key.value]}"
        lines.setdefault(str(key.value), line)
