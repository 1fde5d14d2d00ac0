"""What no child may read in a module that we ship, in any language that it speaks."""

import re

import pytest

from curriculum.source.schema import PLACEHOLDER
from tests.curriculum.shipped import (
    FOLDERS,
    LANGUAGES,
    childrens_words,
    help_lines,
    questions,
    shipped,
    words,
)

NEVER_TO_A_CHILD = {
    r"stranger danger|beware of strangers|अजनबी": "many children who are harmed know the person",
    r"good touch|bad touch|गुड टच|बैड टच": "blames the child who could not tell; say safe and unsafe",
    r"groom(?!s?\b)|ग्रूमिंग": "an adults' word; children learn what tricky behaviour looks like",
    r"sextort|सेक्सटॉर्शन": "an adults' word; say threat or blackmail",
    r"porn|पोर्न|अश्लील": "makes abuse sound like a film; say private picture",
    r"\brap(?:e|ed|ist)\b|बलात्कार|molest|paedophil|pedophil|predator": "frightens, and tells nothing to do",
    r"suicid|self-harm|kill (?:him|her|your|them)sel|आत्महत्या|ख़ुदकुशी": "say not safe with yourself",
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
SECRECY = re.compile(
    r"never tell|(?:keep|stays?) (?:it |this )?(?:a )?secret|nobody will|राज़ रख|किसी को नहीं बताऊँ", re.I
)
BLAME = re.compile(r"\bwhy did you|should(?: not|n't)? have\b|तुमने .*क्यों|चाहिए थी", re.IGNORECASE)

APPS = [
    *["whatsapp", "facebook", "instagram", "insta", "snapchat", "telegram", "youtube", "tiktok", "discord"],
    *[
        "roblox",
        "minecraft",
        "pubg",
        "bgmi",
        "free fire",
        "fortnite",
        "twitter",
        "google",
        "gmail",
        "chatgpt",
    ],
    *[
        "gemini",
        "sharechat",
        "truecaller",
        "paytm",
        "phonepe",
        "skype",
        "omegle",
        "reddit",
        "pinterest",
        "netflix",
    ],
    *["व्हाट्सऐप", "व्हाट्सएप", "व्हाट्सअप", "वॉट्सऐप", "वॉट्सएप", "इंस्टाग्राम", "इंस्टा", "फ़ेसबुक", "फेसबुक"],
    *["स्नैपचैट", "टेलीग्राम", "यूट्यूब", "टिकटॉक", "डिस्कॉर्ड", "पबजी", "फ़्री फ़ायर", "फ्री फायर", "गूगल", "पेटीएम"],
]
APP = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in APPS), re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?:|www\.|\b[a-z0-9-]+\.(?:com|org|net|in|gov|nic)\b|\S@\S", re.IGNORECASE)
LONG_NUMBER = re.compile(r"\d(?:[\s().-]?\d){3,}")

IN_NO_KEY = re.compile(r"groom|sext|abus|porn|nud(?:e|ity)|rape|molest|predator|suicid|victim", re.IGNORECASE)
IN_NO_TITLE = re.compile(
    IN_NO_KEY.pattern + r"|blackmail|threat|danger|police|crime|private|ब्लैकमेल|धमकी|ख़तर|पुलिस|अपराध|निजी",
    re.IGNORECASE,
)


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def module(request):
    return shipped(request.param)


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
