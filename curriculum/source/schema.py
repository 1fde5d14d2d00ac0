"""The shape of a module's YAML files, as pydantic models."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from curriculum.source import names

PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
LessonKey = Annotated[Key, AfterValidator(names.is_free_address)]
HelpLineKey = Annotated[Key, AfterValidator(names.is_help_line)]
ChoiceKey = Annotated[Key, StringConstraints(max_length=40)]
Drawing = Annotated[Key, AfterValidator(names.is_drawing)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(names.only_help_lines_in_braces),
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=20)]


class Strict(BaseModel):
    """Unknown fields are faults: a misspelt `heding` must not pass in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def require_unique(things: Sequence[Any], what: str, field: str = "key") -> None:
    """Raise `ValueError` naming the values of `field` that occur more than once."""
    counts = Counter(getattr(thing, field) for thing in things)
    twice = sorted(value for value, count in counts.items() if count > 1)
    if twice:
        raise ValueError(f"{what} used twice: {', '.join(twice)}")


class Section(Strict):
    key: Key
    heading: Line
    body: Text


class Objective(Strict):
    code: Code
    text: Text
    frameworks: dict[Literal["ncf_se", "ukcis", "cbse"], Line] = Field(default_factory=dict)


class Choice(Strict):
    key: ChoiceKey
    text: Text
    correct: bool = False
    why: Text


class Question(Strict):
    key: Key
    kind: Literal["single", "multiple", "true-false"]
    objective: Code
    difficulty: Literal[1, 2, 3] = 2
    text: Text
    choices: list[Choice]

    @model_validator(mode="after")
    def has_fitting_choices(self) -> Self:
        require_unique(self.choices, "choice key")
        right = sum(choice.correct for choice in self.choices)
        if len(self.choices) < 2:
            raise ValueError("a question needs at least two choices")
        if self.kind in ("single", "true-false") and right != 1:
            raise ValueError(f"a {self.kind} question has exactly one correct choice, not {right}")
        if self.kind == "true-false" and len(self.choices) != 2:
            raise ValueError("a true-false question has exactly two choices")
        if self.kind == "multiple" and (right < 2 or right == len(self.choices)):
            raise ValueError("a multiple question has two or more correct choices and one that is not")
        return self


class Quiz(Strict):
    key: Key
    title: Line
    pass_mark: int = Field(default=60, ge=0, le=100)
    attempts: int | None = Field(default=None, ge=1, le=20)
    questions: list[Question] = Field(min_length=1)


class Block(Strict):
    key: Key


class TextBlock(Block):
    type: Literal["text"]
    heading: Line | None = None
    body: Text
    picture: Drawing | None = None


class KeyIdeaBlock(Block):
    type: Literal["key-idea"]
    body: Text


class Step(Strict):
    key: Key
    title: Line
    body: Text | None = None


class StepsBlock(Block):
    type: Literal["steps"]
    heading: Line
    intro: Text | None = None
    items: list[Step] = Field(min_length=2)


class MythFact(Strict):
    key: Key
    myth: Text
    fact: Text


class MythFactBlock(Block):
    type: Literal["myth-fact"]
    heading: Line
    intro: Text | None = None
    items: list[MythFact] = Field(min_length=1)


class ChatLine(Strict):
    key: Key
    who: Line
    side: Literal["me", "them"]
    body: Text
    sign: Text | None = None


class ChatBlock(Block):
    type: Literal["chat"]
    heading: Line
    intro: Text
    items: list[ChatLine] = Field(min_length=2)


class NextChoice(Strict):
    key: Key
    choice: Text
    outcome: Text
    verdict: Literal["safe", "unsure", "risky"]


class ChooseNextBlock(Block):
    type: Literal["choose-next"]
    heading: Line
    situation: Text
    items: list[NextChoice] = Field(min_length=2)


class Bin(Strict):
    key: Key
    label: Line


class SortItem(Strict):
    key: Key
    body: Text
    bin: Key
    why: Text


class SortBlock(Block):
    type: Literal["sort"]
    heading: Line
    intro: Text | None = None
    bins: list[Bin] = Field(min_length=2, max_length=4)
    items: list[SortItem] = Field(min_length=2)

    @model_validator(mode="after")
    def items_name_a_bin(self) -> Self:
        bins = {one.key for one in self.bins}
        lost = sorted(item.key for item in self.items if item.bin not in bins)
        if lost:
            raise ValueError(f"items with a bin that is not listed: {', '.join(lost)}")
        return self


class Prompt(Strict):
    key: Key
    prompt: Text


class TalkTogetherBlock(Block):
    type: Literal["talk-together"]
    heading: Line
    intro: Text | None = None
    items: list[Prompt] = Field(min_length=1)
    note: Text | None = None


class CheckBlock(Block):
    type: Literal["check"]
    question: Key


class HelpBlock(Block):
    type: Literal["help"]
    body: Text | None = None
    lines: list[HelpLineKey] = Field(min_length=1)


AnyBlock = Annotated[
    TextBlock
    | KeyIdeaBlock
    | StepsBlock
    | MythFactBlock
    | ChatBlock
    | ChooseNextBlock
    | SortBlock
    | TalkTogetherBlock
    | CheckBlock
    | HelpBlock,
    Field(discriminator="type"),
]


class Lesson(Strict):
    key: LessonKey
    title: Line
    summary: Text
    picture: Drawing
    minutes: int = Field(ge=5, le=60)
    objectives: list[Code] = Field(min_length=1)
    blocks: list[AnyBlock] = Field(min_length=1)
    practice_quiz: Quiz
    check_questions: list[Question] = Field(default_factory=list)
    teacher_guide: list[Section] = Field(min_length=1)
    family_note: Text

    @model_validator(mode="after")
    def keys_are_unique_and_met(self) -> Self:
        require_unique(self.blocks, "block key")
        require_unique(self.teacher_guide, "section key")
        for block in self.blocks:
            items = getattr(block, "items", ())
            require_unique(items, f"item key in block {block.key}")
        known = {question.key for question in self.check_questions}
        shown = {block.question for block in self.blocks if isinstance(block, CheckBlock)}
        if shown - known:
            raise ValueError(f"check blocks name unknown questions: {', '.join(sorted(shown - known))}")
        if known - shown:
            raise ValueError(f"check_questions that no block shows: {', '.join(sorted(known - shown))}")
        return self

    @property
    def questions(self) -> list[Question]:
        return [*self.check_questions, *self.practice_quiz.questions]


class Module(Strict):
    key: Key
    band: Literal["preparatory", "middle", "secondary-1", "secondary-2"]
    order: int = Field(ge=1, le=1000)
    title: Line
    summary: Text
    picture: Drawing
    sensitive: bool
    objectives: list[Objective] = Field(min_length=1)
    lessons: list[Key] = Field(min_length=1)
    teacher_guide: list[Section] = Field(min_length=1)
    family_note: Text
    final_quiz: Quiz

    @model_validator(mode="after")
    def keys_are_unique(self) -> Self:
        require_unique(self.objectives, "objective code", "code")
        require_unique(self.teacher_guide, "section key")
        if len(set(self.lessons)) != len(self.lessons):
            raise ValueError("a lesson is listed twice")
        return self
