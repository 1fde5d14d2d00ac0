"""The modules that we ship, read as they are: what every lesson must hold, and what no child may read."""

import functools
import re
from collections import Counter

import pytest
import yaml

from cms.core.catalogues import ROOT
from cms.help.loading import HELP_LINES
from curriculum import content_messages
from curriculum.source.reader import module_folders, read_module
from curriculum.source.schema import PLACEHOLDER
from curriculum.source.sentences import sentences

LANGUAGES = ["en", "hi"]
PICTURES = ROOT / "cms" / "static" / "pictures"
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

NEVER_TO_A_CHILD = {
    r"stranger danger|beware of strangers|अजनबी": "many children who are harmed know the person",
    r"good touch|bad touch|गुड टच|बैड टच": "blames the child who could not tell; say safe and unsafe",
    r"groom(?!s?\b)|ग्रूमिंग": "an adults' word; children learn what tricky behaviour looks like",
    r"sextort|सेक्सटॉर्शन": "an adults' word; say threat or blackmail",
    r"porn|पोर्न|अश्लील": "makes abuse sound like a film; say private picture",
    r"\brap(?:e|ed|ist)\b|बलात्कार|molest|paedophil|pedophil|predator": "frightens, and tells nothing to do",
    r"suicid|self-harm|kill (?:him|her|your|them)sel|आत्महत्या|ख़ुदकुशी": "not named to children; say not safe with yourself",
    r"\bvictims?\b|पीड़ित": "a child is more than what was done to them",
    r"ruin(?:s|ed)? your life|forever on the internet|too late to help": "takes hope away",
}
PROMISES = re.compile(
    r"\b(?:no child|you|nobody|children) (?:can|will|could) (?:ever|never)(?: be| get)? in(?:to)? (?:any )?trouble"
    r"|you (?:won't|will not) (?:be|get) in(?:to)? (?:any )?trouble"
    r"|(?:removed?|gone|deleted?|disappears?) (?:from )?(?:everywhere|the (?:whole )?internet)"
    r"|कोई मुश्किल नहीं होगी|हर जगह से हट",
    re.IGNORECASE,
)
SECRECY = re.compile(r"never tell|(?:keep|stays?) (?:it |this )?(?:a )?secret|nobody will|राज़ रख|किसी को नहीं बताऊँ", re.I)
BLAME = re.compile(r"\bwhy did you|should(?: not|n't)? have\b|तुमने .*क्यों|चाहिए थी", re.IGNORECASE)

APPS = [
    *["whatsapp", "facebook", "instagram", "insta", "snapchat", "telegram", "youtube", "tiktok", "discord"],
    *["roblox", "minecraft", "pubg", "bgmi", "free fire", "fortnite", "twitter", "google", "gmail", "chatgpt"],
    *["gemini", "sharechat", "truecaller", "paytm", "phonepe", "skype", "omegle", "reddit", "pinterest", "netflix"],
    *["व्हाट्सऐप", "व्हाट्सएप", "व्हाट्सअप", "वॉट्सऐप", "वॉट्सएप", "इंस्टाग्राम", "इंस्टा", "फ़ेसबुक", "फेसबुक"],
    *["स्नैपचैट", "टेलीग्राम", "यूट्यूब", "टिकटॉक", "डिस्कॉर्ड", "पबजी", "फ़्री फ़ायर", "फ्री फायर", "गूगल", "पेटीएम"],
]
APP = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in APPS), re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:com|org|net|in|gov|nic)\b|\S@\S", re.IGNORECASE)
LONG_NUMBER = re.compile(r"\d(?:[\s().-]?\d){3,}")

IN_NO_KEY = re.compile(r"groom|sext|abus|porn|nud(?:e|ity)|rape|molest|predator|suicid|victim", re.IGNORECASE)
IN_NO_TITLE = re.compile(
    IN_NO_KEY.pattern + r"|blackmail|threat|danger|police|crime|private|ब्लैकमेल|धमकी|ख़तर|पुलिस|अपराध|निजी", re.IGNORECASE
)


@functools.cache
def shipped(folder):
    return read_module(folder)


@functools.cache
def help_lines():
    return {line["id"]: line for line in yaml.safe_load(HELP_LINES.read_text(encoding="utf-8"))}


@pytest.fixture(params=module_folders(), ids=lambda folder: folder.name)
def module(request):
    return shipped(request.param)


def words(module, language):
    """Every sentence of the module in a language, by path."""
    if language == "en":
        return dict(sentences(module))
    return {path: entry.text for path, entry in content_messages.read(module.module.key, language).items()}


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


def lengths(module, question, language):
    """How long the right choice is as shown, and how long the others are."""
    texts = words(module, language)
    shown = {
        choice: len(as_shown(texts[f"question/{question.key}/choices/{choice.key}/text"], language))
        for choice in question.choices
    }
    right = [length for choice, length in shown.items() if choice.correct]
    return right[0], [length for choice, length in shown.items() if not choice.correct]


def share(found, among):
    return len(found) / len(among)


def test_there_are_modules_and_their_order_in_a_band_is_one_each():
    places = [(shipped(folder).module.band, shipped(folder).module.order) for folder in module_folders()]

    assert places
    assert len(places) == len(set(places))


def test_keys_are_used_once_in_the_whole_curriculum():
    keys = Counter()
    for folder in module_folders():
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
    listed = {key for lesson in module.lessons for block in lesson.blocks for key in getattr(block, "lines", ())}
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


def test_no_two_choices_of_a_question_are_the_same(module):
    for language in LANGUAGES:
        texts = words(module, language)
        for question in questions(module):
            shown = [texts[f"question/{question.key}/choices/{choice.key}/text"] for choice in question.choices]
            assert len(set(shown)) == len(shown), (question.key, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_answer_keeps_no_secret_and_blames_nobody(module, language):
    texts = words(module, language)
    right = [
        texts[f"question/{question.key}/choices/{choice.key}/text"]
        for question in questions(module)
        for choice in question.choices
        if choice.correct
    ]

    assert [text for text in right if SECRECY.search(text) or BLAME.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_to_take_are_in_the_one_order(module, language):
    for lesson in module.lessons:
        for block in lesson.blocks:
            if block.type != "steps":
                continue
            places = [ORDER[item.key] for item in block.items if item.key in ORDER]
            assert places == sorted(places), (lesson.key, block.key, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("pattern", "reason"), NEVER_TO_A_CHILD.items())
def test_words_that_a_child_is_never_to_read(module, language, pattern, reason):
    found = [
        path
        for path, text in childrens_words(module, language).items()
        if re.search(pattern, text, re.IGNORECASE)
    ]

    assert found == [], reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_promised_to_a_child_that_the_law_does_not_keep(module, language):
    found = [path for path, text in childrens_words(module, language).items() if PROMISES.search(text)]

    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phone_number_web_address_or_apps_name(module, language):
    numbers = {number for line in help_lines().values() for number in line["numbers"]}
    short = re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, sorted(numbers)))})(?!\d)")

    for path, text in words(module, language).items():
        plain = PLACEHOLDER.sub("", text)
        assert not LONG_NUMBER.search(plain), path
        assert not short.search(plain), path
        assert not WEB_ADDRESS.search(plain), path
        assert not APP.search(plain), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_neutral(module, language):
    titles = {
        path: text
        for path, text in words(module, language).items()
        if re.fullmatch(r"(?:module|lesson|quiz)/[a-z0-9-]+/title", path)
    }

    assert len(titles) == 2 + 2 * len(module.lessons)
    assert {path: text for path, text in titles.items() if IN_NO_TITLE.search(text)} == {}


def test_keys_and_summaries_are_neutral(module):
    addresses = [module.module.key, *(lesson.key for lesson in module.lessons)]
    summaries = [module.module.summary, *(lesson.summary for lesson in module.lessons)]
    paths = list(words(module, "en"))

    assert [key for key in addresses if IN_NO_TITLE.search(key)] == []
    assert [text for text in summaries if IN_NO_KEY.search(text)] == []
    assert [path for path in paths if IN_NO_KEY.search(path)] == []


def test_each_drawing_is_there(module):
    named = [module.module.picture, *(lesson.picture for lesson in module.lessons)]
    named += [
        block.picture for lesson in module.lessons for block in lesson.blocks if getattr(block, "picture", None)
    ]

    assert [name for name in named if not (PICTURES / f"{name}.svg").is_file()] == []
