"""What only shows when the files of a module, or all modules, are read together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from curriculum.source import schema
from curriculum.source.faults import Fault, line_of_key, line_with


@dataclass(frozen=True)
class ModuleSource:
    """A module and its lessons, in teaching order, as the files have them."""

    folder: Path
    module: schema.Module
    lessons: tuple[schema.Lesson, ...]

    @property
    def file(self) -> Path:
        return self.folder / "module.yaml"

    @property
    def files(self) -> list[tuple[Path, schema.Lesson]]:
        """Each lesson with its file."""
        names = [self.folder / f"{key}.yaml" for key in self.module.lessons]
        return list(zip(names, self.lessons, strict=True))


@dataclass(frozen=True)
class Identity:
    """A key that only one thing in the whole curriculum may have, and the file that gives it."""

    kind: str
    key: str
    path: Path

    @property
    def name(self) -> str:
        return f"{self.kind} {self.key}"

    def fault(self, message: str) -> Fault:
        return Fault(self.path, line_of_key(self.path, self.key), f"{self.name} {message}")


def faults_within(source: ModuleSource) -> list[Fault]:
    """What is wrong between the files of one module."""
    counts = Counter(one.name for one in _identities(source))
    twice = [one.fault("is used twice") for one in _identities(source) if counts[one.name] > 1]
    return [*_misnamed(source), *_foreign_objectives(source), *twice]


def faults_between(sources: Iterable[ModuleSource]) -> list[Fault]:
    """What several modules have and only one may."""
    holders = defaultdict(list)
    for source in sources:
        for one in _identities(source):
            holders[one.name].append(one)
    return [
        one.fault(f"is also in {other.path.relative_to(other.path.parents[2])}")
        for found in holders.values()
        for one in found
        for other in found
        if other is not one
    ]


def unlisted(folder: Path, module: schema.Module) -> list[Fault]:
    """The files in a module's folder that it does not list: nobody would ever see what they hold."""
    listed = {folder / f"{name}.yaml" for name in ("module", *module.lessons)}
    found = {path for path in folder.iterdir() if path.suffix in (".yaml", ".yml")}
    return [Fault(path, 1, "this file is not in the module's list of lessons") for path in found - listed]


def _identities(source: ModuleSource) -> Iterator[Identity]:
    yield Identity("module", source.module.key, source.file)
    for objective in source.module.objectives:
        yield Identity("objective", objective.code, source.file)
    yield from _quiz(source.module.final_quiz, source.file)
    for path, lesson in source.files:
        yield Identity("lesson", lesson.key, path)
        yield from _quiz(lesson.practice_quiz, path)
        for question in lesson.check_questions:
            yield Identity("question", question.key, path)


def _quiz(quiz: schema.Quiz, path: Path) -> Iterator[Identity]:
    yield Identity("quiz", quiz.key, path)
    for question in quiz.questions:
        yield Identity("question", question.key, path)


def _misnamed(source: ModuleSource) -> Iterator[Fault]:
    key, folder = source.module.key, source.folder.name
    if key != folder:
        yield Fault(source.file, 1, f"key {key} differs from the folder's name {folder}")
    for path, lesson in source.files:
        if lesson.key != path.stem:
            yield Fault(path, 1, f"key {lesson.key} differs from the file's name")


def _foreign_objectives(source: ModuleSource) -> Iterator[Fault]:
    codes = {objective.code for objective in source.module.objectives}
    asked = [(source.file, question) for question in source.module.final_quiz.questions]
    for path, lesson in source.files:
        asked += [(path, question) for question in lesson.questions]
        for code in set(lesson.objectives) - codes:
            yield Fault(path, line_with(path, code), f"objective {code} is not the module's")
    for path, question in asked:
        if question.objective not in codes:
            line = line_of_key(path, question.key)
            yield Fault(path, line, f"objective {question.objective} is not the module's")
