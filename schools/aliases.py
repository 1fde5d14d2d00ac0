"""What an alias may be: nothing by which a child could be reached, and rather not a full name."""

import unicodedata
from collections.abc import Sequence

ALIAS_LENGTH = 30
DIGITS_OF_A_PHONE = 6
JOINERS = "\u200c\u200d"
"""They shape Indic scripts; every other invisible letter is dropped."""
FREQUENT_SURNAMES = (
    "agarwal ahmed ali ansari banerjee begum bhat biswas bora chatterjee chaudhary choudhury das deka devi "
    "dey dutta ghosh gogoi gowda gupta hussain iyer jadhav jain jha joshi kapoor kaur khan khatun kumar "
    "kumari mehta menon mishra mondal mukherjee naidu nair nayak pandey patel patil paul pawar pillai prasad "
    "rai rao rathod reddy roy sah saikia shaikh sharma sheikh shetty shinde shukla singh sinha thakur tiwari "
    "varma verma yadav अली कुमार कुमारी कौर खान गुप्ता जोशी तिवारी दास देवी पटेल पांडे पाटील प्रसाद बेगम मिश्रा "
    "यादव राठौड़ राय राव रेड्डी वर्मा शर्मा शुक्ला शेख साह सिंह सिन्हा"
)
SURNAMES = frozenset(FREQUENT_SURNAMES.split())
"""Enough to ask once more whether a list holds full names; nobody is refused for it."""
COLOURS_ANIMALS_AND_THINGS = (
    "red blue green yellow orange purple violet pink black white brown grey gray golden gold silver copper "
    "bright dark light big small little tiny happy brave quick quiet kind clever lucky swift wild shy "
    "animal ant ball banana bear bee bell bicycle bird boat book bus butterfly camel candle cat cloud cow cricket "
    "crow cup deer dog dolphin dove drum duck eagle elephant fern fish flower flute fox frog garden goat "
    "hawk hill horse jasmine kite lamp lantern leaf lemon leopard lily lion lotus mango monkey moon mountain "
    "myna ocean owl panda panther parrot peacock pearl pencil pigeon planet rabbit rain rainbow river robin "
    "rocket rose sea sheep sky snake snow sparrow squirrel star stone storm sun swan tiger train tree tulip "
    "turtle umbrella water wave whale wind wolf zebra "
    "लाल नीला नीली नीले हरा हरी हरे पीला पीली पीले काला काली काले सफ़ेद सफेद गुलाबी नारंगी बैंगनी भूरा भूरी सुनहरा सुनहरी "
    "पतंग नदी आम तोता बादल ढोल बाघ तारा नाव मछली हाथी सूरज पेड़ मोर शेर चाँद फूल "
    "निळा निळी निळे हिरवा हिरवी हिरवे पिवळा पिवळी काळा काळी पांढरा पांढरी सोनेरी "
    "ৰঙা নীলা সেউজীয়া হালধীয়া বগা সোণালী ਲਾਲ ਨੀਲਾ ਨੀਲੀ ਹਰਾ ਹਰੀ ਪੀਲਾ ਪੀਲੀ ਕਾਲਾ ਕਾਲੀ ਚਿੱਟਾ ਗੁਲਾਬੀ ਸੁਨਹਿਰੀ "
    "ಕೆಂಪು ನೀಲಿ ಹಸಿರು ಹಳದಿ ಕಪ್ಪು ಬಿಳಿ ಗುಲಾಬಿ ചുവന്ന നീല പച്ച മഞ്ഞ കറുത്ത വെളുത്ത ఎర్ర నీలి ఆకుపచ్చ పసుపు నల్ల తెల్ల "
    "لال نیلا نیلی ہرا ہری پیلا پیلی کالا کالی سفید گلابی سنہرا سنہری"
)
ALIAS_WORDS = frozenset(unicodedata.normalize("NFC", COLOURS_ANIMALS_AND_THINGS).split())
"""Words of aliases such as the page suggests: a line with one of them is not taken for a name."""
LARGE_PART = 0.5
"""From this share of lines that could be names on, all of them are asked about."""


def faults_of(alias: str) -> list[str]:
    """What is wrong with an alias, as codes: `no_alias`, `contact`, `letters`, `long_alias`."""
    faults = []
    if not any(unicodedata.category(letter)[0] in "LN" for letter in alias):
        faults.append("no_alias")
    elif sum(letter.isdecimal() for letter in alias) >= DIGITS_OF_A_PHONE or "@" in alias:
        faults.append("contact")
    elif not all(unicodedata.category(letter)[0] in "LMN" or letter in " '’.-" + JOINERS for letter in alias):
        faults.append("letters")
    if len(alias) > ALIAS_LENGTH:
        faults.append("long_alias")
    return faults


def like_full_names(aliases: Sequence[str]) -> list[bool]:
    """For each: whether it has a frequent surname; and all that could be names, when these are a large part."""
    possible = [_could_be_a_full_name(alias) for alias in aliases]
    are_many = sum(possible) >= LARGE_PART * len(aliases)
    return [
        _has_a_surname(alias) or (are_many and is_possible)
        for alias, is_possible in zip(aliases, possible, strict=True)
    ]


def _words(alias: str) -> list[str]:
    return [word.strip(".") for word in alias.casefold().split()]


def _has_a_surname(alias: str) -> bool:
    words = _words(alias)
    return len(words) > 1 and any(word in SURNAMES for word in words)


def _could_be_a_full_name(alias: str) -> bool:
    """Two words or more, all of letters and none an initial, of which none is one of an alias."""
    words = _words(alias)
    if len(words) < 2 or not ALIAS_WORDS.isdisjoint(words):
        return False
    return all(len(word) > 1 and not any(letter.isdecimal() for letter in word) for word in words)
