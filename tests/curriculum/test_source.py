"""Reading modules from files: every fault is told with its file and line, all in one pass."""

import pytest

from curriculum.models import ModulePage
from curriculum.source.faults import ContentError, Fault
from curriculum.source.reader import module_folders, read_module, read_modules
from curriculum.source.sentences import sentences
from tests.curriculum import sample_module

NO_SECOND_RIGHT = "        text: Asking\n        correct: true"


@pytest.fixture
def folder(tmp_path):
    return sample_module.write(tmp_path)


def faults_of(folder):
    with pytest.raises(ContentError) as caught:
        read_module(folder)
    return caught.value.faults


def line_of(folder, name, text):
    """The number of the first line that holds `text`, as an editor shows it."""
    lines = (folder / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_module_without_fault_is_read_in_teaching_order(folder):
    source = read_module(folder)

    assert source.folder == folder
    assert source.module.key == "sample"
    assert [lesson.key for lesson in source.lessons] == ["first", "second"]
    assert [question.key for question in source.lessons[0].questions] == ["check-01", "practice-01"]


def test_only_folders_with_a_module_are_found_in_a_stable_order(folder, tmp_path):
    (tmp_path / "middle" / "empty").mkdir()
    other = tmp_path / "band" / "early"
    other.mkdir(parents=True)
    (other / "module.yaml").write_text("key: early", encoding="utf-8")

    assert module_folders(tmp_path) == [other, folder]


# File, what stands there, what is put there, a text of the line that must be named, and the message.
BROKEN = {
    "a field that is not known": (
        "first",
        "heading: A start",
        "heding: A start",
        "heding: A start",
        "Extra inputs are not permitted",
    ),
    "a field that is missing": (
        "module",
        "title: Good company\n",
        "",
        "key: sample",
        "title: Field required",
    ),
    "a text that is empty": (
        "first",
        "summary: Begin here.",
        'summary: " "',
        "summary:",
        "at least 1 character",
    ),
    "a heading that is too long": (
        "module",
        "title: Good company",
        f"title: {'x' * 201}",
        "title: x",
        "at most 200",
    ),
    "a key with capitals": ("first", "key: welcome", "key: Welcome", "key: Welcome", "should match pattern"),
    "a bare no as a key": ("first", "- key: not-now", "- key: no", "- key: no", "valid string"),
    "a band that is not there": (
        "module",
        "band: middle",
        "band: nursery",
        "band: nursery",
        "band: Input should be",
    ),
    "minutes that are too many": (
        "first",
        "minutes: 20",
        "minutes: 90",
        "minutes: 90",
        "less than or equal to 60",
    ),
    "a kind of block that is not there": (
        "first",
        "type: sort",
        "type: sorting",
        "- key: helpers",
        "'sorting'",
    ),
    "an item whose bin is not listed": (
        "first",
        "bin: not-now",
        "bin: nowhere",
        "- key: helpers",
        "a bin that is not listed: joker",
    ),
    "a block's key twice": (
        "first",
        "key: helpers",
        "key: welcome",
        "key: first",
        "block key used twice: welcome",
    ),
    "an item's key twice": (
        "first",
        "key: joker",
        "key: aunt",
        "key: first",
        "item key in block helpers used twice: aunt",
    ),
    "a guide's key twice": (
        "module",
        "    body: Read it all.\n",
        "    body: Read it all.\n  - {key: prepare, heading: Again, body: Again.}\n",
        "key: sample",
        "section key used twice: prepare",
    ),
    "a check of a question that is not there": (
        "first",
        "question: check-01",
        "question: check-09",
        "key: first",
        "unknown questions: check-09",
    ),
    "a check question that no block shows": (
        "first",
        "  - key: look-back\n    type: check\n    question: check-01\n",
        "",
        "key: first",
        "no block shows: check-01",
    ),
    "a single question with two right choices": (
        "first",
        "text: Nobody",
        "text: Nobody\n          correct: true",
        "key: practice-01",
        "exactly one correct choice, not 2",
    ),
    "a question with one choice": (
        "second",
        '        - key: b\n          text: "False"\n          why: You may.\n',
        "",
        "key: practice-02",
        "at least two choices",
    ),
    "a true-false question with three choices": (
        "second",
        "          why: You may.\n",
        "          why: You may.\n        - {key: c, text: Maybe, why: You may.}\n",
        "key: practice-02",
        "exactly two choices",
    ),
    "a multiple question with one right choice": (
        "first",
        NO_SECOND_RIGHT,
        "        text: Asking",
        "key: check-01",
        "two or more correct choices",
    ),
    "a multiple question without a wrong choice": (
        "first",
        "text: Hiding",
        "text: Hiding\n        correct: true",
        "key: check-01",
        "one that is not",
    ),
    "a choice's key twice": (
        "second",
        "- key: b",
        "- key: a",
        "key: practice-02",
        "choice key used twice: a",
    ),
    "a choice without a reason": (
        "second",
        "          why: You may.\n",
        "",
        "- key: b",
        "why: Field required",
    ),
    "an objective's code twice": (
        "module",
        "    text: Choose good company.\n",
        "    text: Choose good company.\n  - {code: MID-X1, text: Again.}\n",
        "key: sample",
        "objective code used twice: MID-X1",
    ),
    "a lesson listed twice": (
        "module",
        "lessons: [first, second]",
        "lessons: [first, second, first]",
        "key: sample",
        "a lesson is listed twice",
    ),
    "a lesson that has no file": (
        "module",
        "[first, second]",
        "[first, second, third]",
        None,
        "this file is missing",
    ),
    "a module whose key is not its folder's name": (
        "module",
        "key: sample",
        "key: another",
        "key: another",
        "differs from the folder's name sample",
    ),
    "a lesson whose key is not its file's name": (
        "second",
        "key: second",
        "key: later",
        "key: later",
        "key later differs from the file's name",
    ),
    "a lesson's objective that is not the module's": (
        "second",
        "objectives: [MID-X1]",
        "objectives: [MID-X1, MID-X9]",
        "objectives:",
        "objective MID-X9 is not the module's",
    ),
    "a question's objective that is not the module's": (
        "second",
        "      objective: MID-X1",
        "      objective: MID-X9",
        "key: practice-02",
        "objective MID-X9 is not the module's",
    ),
    "a drawing that is not there": (
        "first",
        "picture: path",
        "picture: pathh",
        "picture: pathh",
        "picture: no drawing is called pathh; there are book, chart",
    ),
    "a module's drawing that is not there": (
        "module",
        "picture: chat",
        "picture: icon",
        "picture: icon",
        "no drawing is called icon",
    ),
    "a drawing's name that is longer than its column": (
        "first",
        "picture: path",
        f"picture: {'x' * 60}",
        "picture: x",
        "no drawing is called xx",
    ),
    "a block's drawing that is not there": (
        "second",
        "    body: We go on.\n",
        "    body: We go on.\n    picture: shieldd\n",
        "picture: shieldd",
        "no drawing is called shieldd",
    ),
    "a help line in a text that is not there": (
        "second",
        "body: We go on.",
        "body: Call {child-109} now.",
        "{child-109}",
        "no help line is called {child-109}; there are child-1098, ",
    ),
    "a help line in a note to families that is not shown": (
        "module",
        "family_note: Dear family, listen first.",
        "family_note: Write to {pocso-ebox}.",
        "{pocso-ebox}",
        "family_note: no help line is called {pocso-ebox}",
    ),
    "a help line with one brace": (
        "first",
        "text: Who helps Ravi?",
        "text: Is it {child-1098 who helps Ravi?",
        "{child-1098 who",
        "no help line is called {child-1098; there",
    ),
    "a listed help line that is not there": (
        "second",
        "    body: We go on.\n",
        "    body: We go on.\n  - {key: help, type: help, lines: [child-109]}\n",
        "lines: [child-109]",
        "no help line is called child-109",
    ),
    "a lesson at the address of the note to families": (
        "first",
        "key: first\n",
        f"key: {ModulePage.FAMILY}\n",
        "key: family",
        "the address of the module's note to families",
    ),
    "a choice's key that is longer than its column": (
        "second",
        "- key: b",
        f"- key: {'b' * 41}",
        "- key: b",
        "at most 40",
    ),
    "an order that is longer than its column": (
        "module",
        "order: 1",
        "order: 99999",
        "order: 99999",
        "less than or equal to 1000",
    ),
    "a field that stands twice": (
        "first",
        "minutes: 20\n",
        "minutes: 20\nminutes: 25\n",
        "minutes: 25",
        "minutes stands here a second time; the first is in line 5",
    ),
    "a field that stands twice in a block": (
        "second",
        "    body: We go on.\n",
        "    body: We go on.\n    body: Or not.\n",
        "body: Or not",
        "body stands here a second time",
    ),
    "a day that no calendar has": (
        "first",
        "minutes: 20",
        "minutes: 2024-13-45",
        "minutes: 2024",
        "'2024-13-45' has no meaning as timestamp",
    ),
    "a value that is not what its tag says": (
        "module",
        "sensitive: false",
        "sensitive: !!bool perhaps",
        "sensitive:",
        "'perhaps' has no meaning as bool",
    ),
    "an invisible character": (
        "first",
        "body: |\n      We",
        "body: |\n      W\x07e",
        "W\x07e",
        "the invisible character U+0007",
    ),
    "text that is not YAML": (
        "first",
        "title: First steps",
        "title: First: steps",
        "title:",
        "not valid YAML",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_fault_names_its_file_and_line(folder, case):
    name, old, new, where, message = BROKEN[case]
    sample_module.change(folder, name, old, new)

    faults = faults_of(folder)

    expected_file = "third" if where is None else name
    expected_line = 1 if where is None else line_of(folder, name, where)
    assert [(fault.path.stem, fault.line) for fault in faults] == [(expected_file, expected_line)]
    assert message in faults[0].message
    assert str(faults[0]) == f"{folder / expected_file}.yaml:{expected_line}: {faults[0].message}"


def test_a_question_that_is_asked_in_two_files_is_named_in_both(folder):
    sample_module.change(folder, "second", "key: practice-02", "key: practice-01")

    faults = faults_of(folder)

    assert [(fault.path.stem, fault.line) for fault in faults] == [
        ("first", line_of(folder, "first", "key: practice-01")),
        ("second", line_of(folder, "second", "key: practice-01")),
    ]
    assert {fault.message for fault in faults} == {"question practice-01 is used twice"}


def test_a_quiz_whose_key_two_lessons_have_is_named_in_both(folder):
    sample_module.change(folder, "second", "key: second-practice", "key: first-practice")

    faults = faults_of(folder)

    assert [(fault.path.stem, fault.line) for fault in faults] == [
        ("first", line_of(folder, "first", "key: first-practice")),
        ("second", line_of(folder, "second", "key: first-practice")),
    ]
    assert {fault.message for fault in faults} == {"quiz first-practice is used twice"}


def test_a_file_that_the_module_does_not_list_is_a_fault(folder):
    sample_module.write_lesson(folder, "third")
    (folder / "first.yml").write_text("key: first", encoding="utf-8")

    faults = faults_of(folder)

    assert [fault.path.name for fault in faults] == ["first.yml", "third.yaml"]
    assert {fault.message for fault in faults} == {"this file is not in the module's list of lessons"}


def test_what_two_modules_have_is_named_in_both_with_its_line(folder, tmp_path):
    other = sample_module.write_another(tmp_path)
    sample_module.change(other, "third", "key: third-practice", "key: second-practice")

    with pytest.raises(ContentError) as caught:
        read_modules(tmp_path)

    line = line_of(folder, "second", "key: second-practice")
    assert caught.value.faults == [
        Fault(other / "third.yaml", line, "quiz second-practice is also in middle/sample/second.yaml"),
        Fault(folder / "second.yaml", line, "quiz second-practice is also in middle/another/third.yaml"),
    ]


def test_faults_of_all_modules_are_told_at_once(folder, tmp_path):
    other = sample_module.write_another(tmp_path)
    sample_module.change(folder, "first", "minutes: 20", "minutes: 2")
    sample_module.change(other, "third", "minutes: 20", "minutes: 2")

    with pytest.raises(ContentError) as caught:
        read_modules(tmp_path)

    assert [fault.path.stem for fault in caught.value.faults] == ["third", "first"]


def test_a_list_that_holds_itself_is_a_fault_and_no_endless_walk(folder):
    sample_module.change(folder, "second", "blocks:\n", "blocks: &all\n  - *all\n")

    assert [fault.path.stem for fault in faults_of(folder)] == ["second"]


def test_all_faults_are_told_at_once_by_file_and_line(folder):
    sample_module.change(folder, "first", "minutes: 20", "minutes: 2")
    sample_module.change(folder, "first", "heading: A start", "heding: A start")
    sample_module.change(folder, "second", "summary: Go on.\n", "")

    faults = faults_of(folder)

    assert [fault.path.stem for fault in faults] == ["first", "first", "second"]
    assert faults == sorted(faults)
    with pytest.raises(
        ContentError, match=r"first\.yaml:5: minutes.*\n.*first\.yaml:\d+: .*heding.*\n.*second\.yaml:1"
    ):
        read_module(folder)


def test_an_empty_file_and_one_in_another_encoding_are_faults(folder):
    (folder / "first.yaml").write_text("", encoding="utf-8")
    (folder / "second.yaml").write_bytes("key: दूसरा".encode("utf-16"))

    faults = faults_of(folder)

    assert [(fault.path.stem, fault.line) for fault in faults] == [("first", 1), ("second", 1)]
    assert faults[1].message.startswith("this file is not UTF-8")


def test_a_fault_that_is_found_twice_is_told_once(tmp_path):
    fault = Fault(tmp_path / "module.yaml", 3, "title: Field required")

    assert ContentError([fault, fault]).faults == [fault]


def test_sentences_have_paths_that_hang_on_keys_alone(folder):
    found = dict(sentences(read_module(folder)))

    assert found["module/sample/title"] == "Good company"
    assert found["objective/MID-X1/text"] == "Choose good company."
    assert found["lesson/first/blocks/helpers/bins/not-now/label"] == "Not now"
    assert found["lesson/first/blocks/helpers/items/joker/why"] == "He laughs."
    assert found["lesson/second/teacher_guide/aim/body"] == "Children can go on."
    assert found["quiz/first-practice/title"] == "Check yourself"
    assert found["question/check-01/choices/c/why"] == "Nobody sees it then."
    assert found["question/final-01/text"] == "A friend can wait."


def test_sentences_are_each_given_once_and_hold_no_keys_or_names_of_drawings(folder):
    found = list(sentences(read_module(folder)))

    assert len(found) == len(dict(found))
    assert not {"path", "chat", "check-01", "yes-please", "MID-X1", "middle"} & {
        text for _path, text in found
    }
