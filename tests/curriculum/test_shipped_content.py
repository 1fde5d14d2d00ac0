"""The modules that we ship, read as they are: what every lesson and quiz must hold."""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from curriculum import content_messages
from curriculum.source.schema import PLACEHOLDER
from tests.curriculum.shipped import (
    FOLDERS,
    LANGUAGES,
    as_shown,
    help_lines,
    questions,
    shipped,
    singles,
    words,
)

PICTURES = Path(__file__).resolve().parent.parent.parent / "cms" / "static" / "pictures"
REHEARSING = {"chat", "choose-next", "talk-together"}
"""Blocks in which children practise leaving, refusing, telling, helping or choosing, not only recognise."""
FIRST_HELP = ["child-1098", "erss-112"]

# The order in which a child acts. Telling may always come first; nothing may come in another order.
ORDER = {
    "breathe": 0,
    "stop": 1,
    "stop-replying": 1,
    "nothing-more": 2,
    "keep": 3,
    "note": 3,
    "tell": 4,
    "report": 5,
    "report-block": 5,
    "block": 6,
}


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def module(request):
    return shipped(request.param)


def lengths(module, question, language):
    """How long the right choice is as shown, and how long the others are."""
    texts = words(module, language)
    shown = {
        choice: len(as_shown(texts[f"question/{question.key}/choices/{choice.key}/text"], language))
        for choice in question.choices
    }
    right = [length for choice, length in shown.items() if choice.correct]
    return right[0], [length for choice, length in shown.items() if not choice.correct]


def ranks_of_length(module, language):
    """How often the shortest, second, third or longest of four choices is right; equal lengths share a rank."""
    found = Counter()
    for question in singles(module):
        if len(question.choices) != 4:
            continue
        right, wrong = lengths(module, question, language)
        first = 1 + sum(length < right for length in wrong)
        last = 4 - sum(length > right for length in wrong)
        for rank in range(first, last + 1):
            found[rank] += Fraction(1, last - first + 1)
    return found


def share(found, among):
    return len(found) / len(among)


def test_there_are_modules_and_their_order_in_a_band_is_one_each():
    places = [(shipped(folder).module.band, shipped(folder).module.order) for folder in FOLDERS]

    assert places
    assert len(places) == len(set(places))


def test_keys_are_used_once_in_the_whole_curriculum():
    keys = Counter()
    for folder in FOLDERS:
        module = shipped(folder)
        keys.update(lesson.key for lesson in module.lessons)
        keys.update(lesson.practice_quiz.key for lesson in module.lessons)
        keys.update([module.module.key, module.module.final_quiz.key])
        keys.update(question.key for question in questions(module))
        keys.update(objective.code for objective in module.module.objectives)

    assert [key for key, times in keys.items() if times > 1] == []


def test_hindi_is_complete_and_faithful(module):
    assert content_messages.faults(module, "hi") == []


def test_each_lesson_rehearses_talks_and_ends_with_help(module):
    for lesson in module.lessons:
        types = Counter(block.type for block in lesson.blocks)

        assert sum(types[name] for name in REHEARSING) >= 2, lesson.key
        assert types["talk-together"] >= 1, lesson.key
        assert lesson.blocks[-1].type == "help", lesson.key
        assert lesson.blocks[-1].lines[:2] == FIRST_HELP, lesson.key
        assert 10 <= len(lesson.blocks) <= 14, lesson.key
        assert 20 <= lesson.minutes <= 40, lesson.key


def test_help_lines_that_are_named_are_published(module):
    published = {key for key, line in help_lines().items() if line["published"]}
    listed = {
        key for lesson in module.lessons for block in lesson.blocks for key in getattr(block, "lines", ())
    }
    named = {key for text in words(module, "en").values() for key in PLACEHOLDER.findall(text)}

    assert listed | named <= published


def test_quizzes_have_a_fitting_number_of_questions(module):
    for lesson in module.lessons:
        assert 3 <= len(lesson.practice_quiz.questions) <= 5, lesson.key
        assert 1 <= len(lesson.check_questions) <= 2, lesson.key
    assert 6 <= len(module.module.final_quiz.questions) <= 8


def test_the_final_quiz_asks_twice_about_each_objective(module):
    asked = Counter(question.objective for question in module.module.final_quiz.questions)

    assert set(asked) == {objective.code for objective in module.module.objectives}
    assert min(asked.values()) >= 2


def test_each_objective_is_a_lessons(module):
    taught = {code for lesson in module.lessons for code in lesson.objectives}

    assert taught == {objective.code for objective in module.module.objectives}


def test_each_lesson_asks_about_its_objectives_and_no_others(module):
    for lesson in module.lessons:
        asked = {question.objective for question in lesson.questions}

        assert set(lesson.objectives) == asked, lesson.key


def test_the_place_of_the_right_answer_gives_nothing_away(module):
    for kind, most in [("single", 0.4), ("true-false", 0.6)]:
        asked = [question for question in questions(module) if question.kind == kind]
        places = Counter(
            place for question in asked for place, choice in enumerate(question.choices) if choice.correct
        )

        assert max(places.values()) / len(asked) <= most, (kind, places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_length_of_the_right_answer_gives_nothing_away(module, language):
    asked = singles(module)
    compared = {question.key: lengths(module, question, language) for question in asked}
    longest = [key for key, (right, wrong) in compared.items() if right > max(wrong)]
    shortest = [key for key, (right, wrong) in compared.items() if right < min(wrong)]

    assert share(longest, asked) <= 0.3, longest
    assert share(shortest, asked) <= 0.4, shortest


@pytest.mark.parametrize(("language", "least", "most"), [("en", 0.15, 0.35), ("hi", 0, 0.4)])
def test_no_rank_of_length_among_four_choices_is_right_too_often(language, least, most):
    by_module = {folder.name: ranks_of_length(shipped(folder), language) for folder in FOLDERS}
    found = sum(by_module.values(), Counter())

    for rank in range(1, 5):
        assert least <= found[rank] / found.total() <= most, (rank, found)
        for name, of_module in by_module.items():
            assert of_module[rank] / of_module.total() <= 0.6, (name, rank, of_module)


def test_no_two_choices_of_a_question_are_the_same(module):
    for language in LANGUAGES:
        texts = words(module, language)
        for question in questions(module):
            shown = [
                texts[f"question/{question.key}/choices/{choice.key}/text"] for choice in question.choices
            ]
            assert len(set(shown)) == len(shown), (question.key, language)


def test_the_steps_to_take_are_in_the_one_order(module):
    for lesson in module.lessons:
        for block in lesson.blocks:
            if block.type != "steps":
                continue
            places = [ORDER[item.key] for item in block.items if item.key in ORDER]
            assert places == sorted(places), (lesson.key, block.key)


def test_each_drawing_is_there(module):
    named = [module.module.picture, *(lesson.picture for lesson in module.lessons)]
    named += [
        block.picture
        for lesson in module.lessons
        for block in lesson.blocks
        if getattr(block, "picture", None)
    ]

    assert [name for name in named if not (PICTURES / f"{name}.svg").is_file()] == []
