"""The files that are loaded as reference data, read as they are, without a database."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
PLACES = ROOT / "schools" / "reference"
HELP_LINES = ROOT / "cms" / "help" / "reference" / "helplines.yaml"

LANGUAGES = ["en", "hi", "as", "kn", "ml", "mr", "pa", "te", "ur"]
SCRIPTS = {
    "hi": "DEVANAGARI",
    "as": "BENGALI",
    "kn": "KANNADA",
    "ml": "MALAYALAM",
    "mr": "DEVANAGARI",
    "pa": "GURMUKHI",
    "te": "TELUGU",
    "ur": "ARABIC",
}
GROUPS = {"state_government", "government_aided", "private_unaided", "central_government", "other"}
LINES_IN_ORDER = [
    "child-1098",
    "erss-112",
    "tele-manas",
    "cyber-1930",
    "local-police",
    "in-app",
    "ncrp",
    "take-it-down",
    "women-181",
    "stopncii",
    "pocso-ebox",
    "meri-trustline",
    "aarambh-iwf",
]
SENTENCES = ["name", "what_for", "what_happens"]
TEXTS = [*SENTENCES, "cost", "hours"]

# Old, foreign or unconfirmed contacts, as digits or as words.
FORBIDDEN_NUMBERS = ["155260", "18005990019", "18008435678", "18002255324", "9868235077"]
FORBIDDEN_WORDS = ["childline india", "the-lost", "call-fbi", "kiran", "pocsoebox-ncpcr@"]
PROMISES = re.compile(r"secret|confidential|anonym|nobody will know|no one will know", re.IGNORECASE)
PLACEHOLDERS = re.compile(r"[{}<>]|%[sd(]|\bTBD\b|\bTODO\b|\?\?|lorem", re.IGNORECASE)


def rows(name):
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines():
    return yaml.safe_load(HELP_LINES.read_text(encoding="utf-8"))


def texts():
    """Every text of every line: line, field, language, words."""
    return [
        (line["id"], field, language, words)
        for line in lines()
        for field in TEXTS
        for language, words in line[field].items()
    ]


def has_script(words, script):
    return any(unicodedata.name(letter, "").startswith(script) for letter in words)


@pytest.mark.parametrize("path", [*(sorted(PLACES.glob("*.csv"))), HELP_LINES], ids=lambda path: path.name)
def test_files_are_composed_unicode_with_plain_line_ends(path):
    content = path.read_bytes().decode("utf-8")

    assert unicodedata.is_normalized("NFC", content)
    assert "\r" not in content
    assert "\ufeff" not in content


def test_there_are_28_states_and_8_union_territories():
    kinds = [row["kind"] for row in rows("states.csv")]

    assert kinds.count("state") == 28
    assert kinds.count("ut") == 8
    assert len(kinds) == 36


def test_each_code_of_a_state_is_one_states_alone():
    states = rows("states.csv")

    codes = [code for row in states for code in [row["iso_3166_2"], *row["aliases"].split(";")] if code]
    prefixes = [prefix for row in states for prefix in row["udise_prefix"].split(";")]

    assert len(codes) == len(set(codes)) == 42
    assert all(re.fullmatch(r"IN-[A-Z]{2}", code) for code in codes)
    assert len(prefixes) == len(set(prefixes)) == 38
    assert len({row["lgd_code"] for row in states}) == 36


def test_codes_of_states_keep_their_leading_zero():
    for row in rows("states.csv"):
        assert re.fullmatch(r"\d{2}", row["lgd_code"]), row["iso_3166_2"]
        assert re.fullmatch(r"\d{2}(;\d{2})*", row["udise_prefix"]), row["iso_3166_2"]


def test_a_state_has_the_udise_prefix_of_its_lgd_code_unless_it_says_what_to_verify():
    differing = [row for row in rows("states.csv") if row["udise_prefix"] != row["lgd_code"]]

    assert [row["iso_3166_2"] for row in differing] == ["IN-DH"]
    assert differing[0]["udise_prefix"] == "25;26;38"
    assert "UDISE prefix" in differing[0]["verify"]


@pytest.mark.parametrize(
    ("code", "alias", "lgd_code", "first_language"),
    [
        ("IN-AP", "", "28", "te"),
        ("IN-AS", "", "18", "as"),
        ("IN-CG", "IN-CT", "22", "hi"),
        ("IN-DH", "IN-DN;IN-DD", "38", "gu"),
        ("IN-DL", "", "07", "hi"),
        ("IN-KA", "", "29", "kn"),
        ("IN-KL", "", "32", "ml"),
        ("IN-LA", "", "37", "en"),
        ("IN-MH", "", "27", "mr"),
        ("IN-OD", "IN-OR", "21", "or"),
        ("IN-PB", "", "03", "pa"),
        ("IN-TS", "IN-TG", "36", "te"),
        ("IN-UK", "IN-UT", "05", "hi"),
        ("IN-UP", "", "09", "hi"),
    ],
)
def test_a_state_has_the_codes_of_the_fact_base(code, alias, lgd_code, first_language):
    state = {row["iso_3166_2"]: row for row in rows("states.csv")}[code]

    assert state["aliases"] == alias
    assert state["lgd_code"] == lgd_code
    assert state["official_languages"].split(";")[0] == first_language


def test_a_state_has_a_name_of_its_own_in_every_language():
    states = rows("states.csv")

    for language in LANGUAGES:
        names = [row[f"name_{language}"] for row in states]
        assert all(names), language
        assert len(set(names)) == 36, language
        assert names == [name.strip() for name in names], language


@pytest.mark.parametrize(("language", "script"), SCRIPTS.items())
def test_a_states_name_is_in_the_script_of_its_language_alone(language, script):
    for row in rows("states.csv"):
        letters = [letter for letter in row[f"name_{language}"] if unicodedata.category(letter)[0] == "L"]
        assert all(unicodedata.name(letter).startswith(script) for letter in letters), row["iso_3166_2"]


def test_urdu_is_written_with_urdus_own_letters():
    arabic_kaf_yeh_heh = {"\u0643", "\u064a", "\u0649", "\u0647"}

    written = "".join(row["name_ur"] for row in rows("states.csv"))
    written += "".join(words for _line, _field, language, words in texts() if language == "ur")

    assert not arabic_kaf_yeh_heh & set(written)


def test_assamese_is_written_with_its_own_ra():
    bengali_ra = "\u09b0"

    written = "".join(row["name_as"] for row in rows("states.csv"))
    written += "".join(words for _line, _field, language, words in texts() if language == "as")

    assert bengali_ra not in written
    assert "\u09f0" in written


def test_school_categories_are_udises_with_their_classes():
    categories = {
        row["code"]: (row["lowest_class"], row["highest_class"]) for row in rows("school_categories.csv")
    }

    assert categories == {
        "1": ("1", "5"),
        "2": ("1", "8"),
        "3": ("1", "12"),
        "4": ("6", "8"),
        "5": ("6", "12"),
        "6": ("1", "10"),
        "7": ("6", "10"),
        "8": ("9", "10"),
        "10": ("9", "12"),
        "11": ("11", "12"),
        "12": ("", ""),
    }


def test_managements_are_udises_each_in_a_group():
    managements = rows("managements.csv")

    codes = [int(row["code"]) for row in managements]
    assert codes == [1, 2, 3, 4, 5, 6, 7, 89, 90, 91, 92, 93, 94, 95, 96, 97, 99, 101, 102]
    assert {row["group"] for row in managements} == GROUPS
    assert all(row["verify"] for row in managements if int(row["code"]) >= 89)


def test_mediums_have_unique_codes_and_languages():
    mediums = {row["code"]: row["bcp47"] for row in rows("mediums.csv")}

    assert mediums == {
        "1": "as",
        "4": "hi",
        "5": "kn",
        "8": "ml",
        "10": "mr",
        "13": "pa",
        "17": "te",
        "18": "ur",
        "19": "en",
        "20": "brx",
    }


@pytest.mark.parametrize("name", ["school_categories.csv", "managements.csv"])
def test_codes_are_unique_and_named_in_english_and_hindi(name):
    listed = rows(name)

    assert len({row["code"] for row in listed}) == len(listed)
    assert len({row["name_en"] for row in listed}) == len(listed)
    assert all(row["name_en"] for row in listed)
    assert all(has_script(row["name_hi"], "DEVANAGARI") for row in listed)


def test_help_lines_are_all_there_with_1098_first():
    listed = lines()

    assert [line["id"] for line in listed] == LINES_IN_ORDER
    orders = [line["order"] for line in listed]
    assert orders == sorted(set(orders))


def test_only_checked_routes_are_published_and_the_one_for_adults_is_not():
    unpublished = [line["id"] for line in lines() if not line["published"]]

    assert unpublished == ["stopncii", "pocso-ebox", "meri-trustline", "aarambh-iwf"]
    assert all(line["verify"].startswith("Unpublished") for line in lines() if not line["published"])


def test_routes_of_adults_are_not_marked_for_children():
    not_for_children = [line["id"] for line in lines() if not line["for_children"]]

    assert not_for_children == ["women-181", "stopncii"]


def test_a_published_line_can_be_reached():
    for line in lines():
        if line["kind"] == "call":
            assert line["numbers"], line["id"]
        elif line["kind"] == "web":
            assert line["url"].startswith("https://"), line["id"]
        else:
            assert line["kind"] == "place", line["id"]
            assert line["id"] in {"local-police", "in-app"}
        assert all(re.fullmatch(r"[0-9-]{3,20}", number) for number in line["numbers"]), line["id"]


def test_lines_have_the_numbers_of_the_fact_base():
    numbers = {line["id"]: line["numbers"] for line in lines() if line["published"] and line["numbers"]}

    assert numbers == {
        "child-1098": ["1098"],
        "erss-112": ["112"],
        "tele-manas": ["14416", "1-800-891-4416"],
        "cyber-1930": ["1930"],
        "women-181": ["181"],
    }


def test_nobody_is_said_to_have_checked_a_line():
    assert all(line["last_verified_on"] is None for line in lines())


def test_a_line_says_where_it_comes_from_and_what_to_verify():
    for line in lines():
        assert line["source"], line["id"]
        assert line["confidence"], line["id"]
        assert line["verify"], line["id"]
        assert line["audience"], line["id"]
        assert line["languages"], line["id"]
        assert line["states"] == [], line["id"]
        assert line["anonymous"] in {"no", "partly", "yes", "confidential", "unknown"}, line["id"]


def test_old_foreign_and_unconfirmed_contacts_are_nowhere():
    content = HELP_LINES.read_text(encoding="utf-8").lower()
    unspaced = re.sub(r"[\s-]", "", content)

    assert not [number for number in FORBIDDEN_NUMBERS if number in unspaced]
    assert not [words for words in FORBIDDEN_WORDS if words in content]


@pytest.mark.parametrize("field", SENTENCES)
def test_a_line_speaks_every_language(field):
    for line in lines():
        assert list(line[field]) == LANGUAGES, line["id"]
        assert all(words.strip() for words in line[field].values()), line["id"]


@pytest.mark.parametrize("field", ["cost", "hours"])
def test_cost_and_hours_are_in_every_language_or_left_out(field):
    for line in lines():
        assert list(line[field]) in (LANGUAGES, []), line["id"]


def test_hours_are_left_out_where_they_are_not_sure():
    without = {line["id"] for line in lines() if line["kind"] == "call" and not line["hours"]}

    assert without == {"erss-112", "cyber-1930", "meri-trustline"}


def test_translations_are_in_their_own_script():
    for line, field, language, words in texts():
        if language != "en":
            assert has_script(words, SCRIPTS[language]), (line, field, language)


def test_translations_are_marked_as_machine_drafts():
    for line in lines():
        assert set(line["review"]) == set(LANGUAGES) - {"en"}, line["id"]
        assert set(line["review"].values()) == {"machine-draft"}, line["id"]


def test_a_translation_names_the_same_numbers_as_the_english():
    for line in lines():
        for field in TEXTS:
            by_language = {
                language: sorted(re.findall(r"\d+", words)) for language, words in line[field].items()
            }
            assert all(found == by_language["en"] for found in by_language.values()), (line["id"], field)


def test_texts_hold_no_placeholder_and_no_stray_space():
    for line, field, language, words in texts():
        assert not PLACEHOLDERS.search(words), (line, field, language)
        assert words == " ".join(words.split()), (line, field, language)


def test_sentences_are_few_and_end_as_sentences_do():
    ends = (".", "।", "۔")

    for line, field, language, words in texts():
        if field in {"what_for", "what_happens"}:
            assert words.endswith(ends), (line, field, language)
            assert len(re.findall(r"[.।۔](?=\s|$)", words)) <= 3, (line, field, language)


def test_english_promises_no_secrecy():
    for line, field, language, words in texts():
        if language == "en":
            assert not PROMISES.search(words), (line, field)


def test_a_child_is_sent_to_1098_from_lines_that_are_not_the_childs_own():
    by_id = {line["id"]: line for line in lines()}

    for key, field in [("women-181", "what_for"), ("ncrp", "what_happens"), ("aarambh-iwf", "what_happens")]:
        assert all("1098" in words for words in by_id[key][field].values()), key
