"""A small module as files, for tests that break it."""

from pathlib import Path

MODULE = """\
key: sample
band: middle
order: 1
title: Good company
summary: How to choose good company.
picture: chat
sensitive: false
objectives:
  - code: MID-X1
    text: Choose good company.
lessons: [first, second]
teacher_guide:
  - key: prepare
    heading: Before you start
    body: Read it all.
family_note: Dear family, listen first.
final_quiz:
  key: sample-final
  title: What you know now
  questions:
    - key: final-01
      kind: true-false
      objective: MID-X1
      text: A friend can wait.
      choices:
        - key: a
          text: "True"
          correct: true
          why: A friend has time.
        - key: b
          text: "False"
          why: A friend has time.
"""

FIRST = """\
key: first
title: First steps
summary: Begin here.
picture: path
minutes: 20
objectives: [MID-X1]
blocks:
  - key: welcome
    type: text
    heading: A start
    body: |
      We **begin** here. Call {child-1098}.

      - one
      - two
  - key: helpers
    type: sort
    heading: Who helps?
    bins:
      - key: yes-please
        label: A helper
      - key: not-now
        label: Not now
    items:
      - key: aunt
        body: An aunt who listens
        bin: yes-please
        why: She listens.
      - key: joker
        body: A neighbour who laughs
        bin: not-now
        why: He laughs.
  - key: look-back
    type: check
    question: check-01
practice_quiz:
  key: first-practice
  title: Check yourself
  questions:
    - key: practice-01
      kind: single
      objective: MID-X1
      text: Who helps Ravi?
      choices:
        - key: a
          text: His aunt
          correct: true
          why: She listens.
        - key: b
          text: Nobody
          why: Help is there.
check_questions:
  - key: check-01
    kind: multiple
    objective: MID-X1
    text: What helps?
    choices:
      - key: a
        text: Telling
        correct: true
        why: Telling helps.
      - key: b
        text: Asking
        correct: true
        why: Asking helps.
      - key: c
        text: Hiding
        why: Nobody sees it then.
teacher_guide:
  - key: aim
    heading: Aim
    body: Children can begin.
family_note: Ask what your child began.
"""

SECOND = """\
key: second
title: Second steps
summary: Go on.
picture: path
minutes: 20
objectives: [MID-X1]
blocks:
  - key: welcome
    type: text
    body: We go on.
practice_quiz:
  key: second-practice
  title: Check yourself
  questions:
    - key: practice-02
      kind: true-false
      objective: MID-X1
      text: You may ask twice.
      choices:
        - key: a
          text: "True"
          correct: true
          why: As often as you need.
        - key: b
          text: "False"
          why: You may.
teacher_guide:
  - key: aim
    heading: Aim
    body: Children can go on.
family_note: Ask what comes next.
"""


def write(root: Path) -> Path:
    """The module's folder below `root`, without a fault."""
    folder = root / "middle" / "sample"
    folder.mkdir(parents=True)
    for name, text in [("module", MODULE), ("first", FIRST), ("second", SECOND)]:
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def write_lesson(folder: Path, name: str) -> None:
    """One more lesson, like the second, which the module does not list yet."""
    text = SECOND.replace("second", name).replace("Second", name.title())
    text = text.replace("practice-02", f"practice-{name}")
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_another(root: Path) -> Path:
    """A second module without a fault, `another`, whose keys are its own."""
    folder = root / "middle" / "another"
    folder.mkdir()
    for name, text in [("module", MODULE), ("third", SECOND)]:
        text = text.replace("[first, second]", "[third]").replace("second", "third").replace("MID-X", "MID-Y")
        text = text.replace("sample", "another").replace("final-01", "final-09").replace("ice-02", "ice-09")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Put `new` where `old` stands, once, in the file `name`."""
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
