"""What a state sets, kept with its before and after, and what students and teachers then see."""

import pytest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale

from cms.core import content_version
from cms.core.models import AuditEvent
from schools.models import Department, Role, StaleSchool
from tests.factories import AssignmentFactory, MembershipFactory, SchoolFactory
from tests.schools.lessons import final_quiz, lessons_of, make_module
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def department(school):
    return Department.objects.create(state=school.state, name="Department of Test", status="approved")


@pytest.fixture
def browser(department):
    return browser_of(MembershipFactory(role=Role.STATE_ADMIN, state=department.state).user)


def settings_of(department, **changes):
    return {
        "name": department.name,
        "year_starts_in": department.year_starts_in,
        "languages": department.languages,
        "least_review_state": department.least_review_state,
        "publication_threshold": department.publication_threshold,
        "completion_percent": department.completion_percent,
        "retention_years": department.retention_years,
        "safety_lead_title": department.safety_lead_title,
        "grievance_contact": department.grievance_contact,
        "data_protection_contact": department.data_protection_contact,
    } | changes


def change(browser, department, **changes):
    address = f"/state/{department.state.code}/settings/"
    return browser.post(address, settings_of(department, **changes), follow=True)


def test_the_first_page_says_what_is_set_and_what_is_missing(browser, department):
    page = text(browser.get(f"/state/{department.state.code}/"))

    assert "Department of Test" in page
    assert "Contacts for grievances and data protection" in page
    assert "One of them is missing." in page
    assert "1 school" in page
    assert "60 % of a class" in page
    assert f"/state/{department.state.code}/plan/" in page


def test_signing_in_leads_to_the_own_state(browser, department):
    assert browser.get("/start/").url == "/state/"
    assert browser.get("/state/").url == f"/state/{department.state.code}/"
    assert 'href="/state/" aria-current="page"' in text(browser.get("/state/", follow=True))


def test_a_change_is_kept_and_logged_with_its_before_and_after(browser, department):
    page = change(
        browser, department, publication_threshold=25, languages=["te", "hi"], safety_lead_title="CPO"
    )

    department.refresh_from_db()
    event = AuditEvent.objects.get(action="department.settings_changed")
    assert "The settings are kept." in text(page)
    assert (department.publication_threshold, department.languages) == (25, ["hi", "te"])
    assert event.state_id == department.state_id
    assert event.details["changes"] == {
        "languages": {"before": [], "after": ["hi", "te"]},
        "publication_threshold": {"before": 10, "after": 25},
        "safety_lead_title": {"before": "", "after": "CPO"},
    }


def test_keeping_what_was_there_is_no_change(browser, department):
    page = change(browser, department)

    assert "Nothing was changed." in text(page)
    assert not AuditEvent.objects.filter(action="department.settings_changed").exists()


def test_another_share_lets_every_school_be_counted_again(browser, department, school):
    StaleSchool.objects.all().delete()

    change(browser, department, completion_percent=75)

    assert StaleSchool.objects.filter(school=school).exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("publication_threshold", 9, "Choose a number from 10 to 100."),
        ("publication_threshold", 5, "Choose a number from 10 to 100."),
        ("publication_threshold", 12, "Choose a multiple of 5."),
        ("publication_threshold", "many", "Enter a whole number."),
        ("completion_percent", 0, "Ensure this value is greater than or equal to 1."),
        ("completion_percent", 101, "Ensure this value is less than or equal to 100."),
        ("retention_years", 0, "Ensure this value is greater than or equal to 1."),
        ("retention_years", 11, "Ensure this value is less than or equal to 10."),
        ("year_starts_in", 13, "Select a valid choice."),
        ("languages", ["xx"], "Select a valid choice."),
        ("least_review_state", "none", "Select a valid choice."),
        ("name", "", "This field is required."),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(browser, department, field, value, words):
    page = text(change(browser, department, **{field: value}))

    before = settings_of(department)
    department.refresh_from_db()
    assert words in page
    assert settings_of(department) == before


def test_another_states_settings_are_not_there(department):
    other = Department.objects.create(state=SchoolFactory().state, name="Other", status="approved")
    browser = browser_of(MembershipFactory(role=Role.STATE_ADMIN, state=other.state).user)

    response = change(browser, department, name="Taken over")

    department.refresh_from_db()
    assert response.status_code == 404
    assert department.name == "Department of Test"


def test_words_are_words_and_never_markup(browser, department):
    change(browser, department, grievance_contact="<script>alert(1)</script>")

    page = text(browser.get(f"/state/{department.state.code}/"))

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


# What teachers see


def test_a_teacher_chooses_among_the_languages_that_the_state_offers(department, school):
    Department.objects.update(languages=["hi", "te"])
    browser = browser_of(head_of(school, Role.TEACHER))
    written = {"school": school.pk, "class_level": 7, "section": "A"}

    form = text(browser.get("/teach/classes/new/"))
    refused = text(browser.post("/teach/classes/new/", written | {"language": "as"}))
    made = browser.post("/teach/classes/new/", written | {"language": "te"})

    assert 'value="hi"' in form
    assert 'value="as"' not in form
    assert "Select a valid choice." in refused
    assert made.status_code == 302


# What students see


def translated(page, *, title, review_state="machine-draft", language="hi"):
    """`page` in another language, live."""
    locale, _is_new = Locale.objects.get_or_create(language_code=language)
    copy = page.copy_for_translation(locale, copy_parents=True)
    copy.title, copy.review_state = title, review_state
    copy.save_revision().publish()
    return copy


@pytest.fixture
def lesson(classroom):
    module = make_module("Chats", lessons=1)
    AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    return lessons_of(module)[0]


@pytest.fixture
def rules(classroom):
    return Department.objects.create(state=classroom.school.state, name="Department", status="approved")


def read(child, lesson, language):
    child.client.cookies["language"] = language
    return text(child.client.get(f"/class/lessons/{lesson.translation_key}/"))


def waits_in_hindi(page):
    """Whether the page, whose frame is in Hindi, shows the English lesson."""
    return "<h1>Chats 1</h1>" in page


@pytest.mark.parametrize(
    ("least", "state", "is_english"),
    [
        ("machine-draft", "machine-draft", False),
        ("reviewed", "machine-draft", True),
        ("reviewed", "reviewed", False),
        ("approved", "reviewed", True),
        ("approved", "approved", False),
    ],
)
def test_a_translation_is_shown_once_it_has_the_review_that_the_state_asks_for(
    child, lesson, rules, least, state, is_english
):
    translated(lesson, title="Hindi lesson", review_state=state)
    Department.objects.update(least_review_state=least)
    content_version.bump()

    page = read(child.signs_in(), lesson, "hi")

    assert waits_in_hindi(page) == is_english
    assert ("Hindi lesson" in page) != is_english


def test_a_lesson_that_waits_says_why(child, lesson, rules):
    translated(lesson, title="Assamese lesson", language="as")
    Department.objects.update(least_review_state="approved")
    content_version.bump()

    page = read(child.signs_in(), lesson, "as")

    with translation.override("as"):
        held_back = gettext(
            "Your state waits until people have read the translation. Until then this lesson is in English."
        )
    assert "Chats 1" in page
    assert held_back in page


def test_states_have_each_their_own_page_of_the_same_lesson(new_child, classroom, lesson, rules):
    translated(lesson, title="Assamese lesson", language="as")
    content_version.bump()
    child = new_child(0).signs_in()

    before = read(child, lesson, "as")
    Department.objects.update(least_review_state="reviewed")
    after = read(child, lesson, "as")

    assert "Assamese lesson" in before
    assert "Assamese lesson" not in after


def test_a_language_that_is_not_offered_gives_the_class_its_own(child, classroom, lesson, rules):
    translated(lesson, title="Assamese lesson", language="as")
    Department.objects.update(languages=["en", "te"])
    content_version.bump()

    page = read(child.signs_in(), lesson, "as")

    assert "<h1>Chats 1</h1>" in page
    assert "Assamese lesson" not in page


def test_the_language_switch_has_what_the_state_offers(child, lesson, rules):
    Department.objects.update(languages=["en", "te"])

    page = read(child.signs_in(), lesson, "en")

    assert 'hreflang="te"' in page
    assert 'hreflang="as"' not in page


def test_a_quiz_of_a_module_that_waits_is_asked_in_english(child, classroom, lesson, rules):
    translated(lesson, title="Hindi lesson")
    quiz = final_quiz(lesson.get_parent().specific)
    quiz.questions.update(text_hi="Hindi question?")
    Department.objects.update(least_review_state="reviewed")
    content_version.bump()
    browser = child.signs_in().client
    browser.cookies["language"] = "hi"
    attempt = "0197a0a0-0000-7000-8000-000000000001"

    page = text(browser.post(f"/class/quizzes/{quiz.pk}/", {"attempt": attempt}, follow=True))

    assert "Hindi question?" not in page
    assert f"Question {quiz.questions.order_by('places').first().key}?" in page


@pytest.mark.counts_queries
def test_the_states_rules_cost_a_student_no_query(child, lesson, rules, django_assert_num_queries):
    Department.objects.update(languages=["en", "hi"], least_review_state="reviewed")
    browser = child.signs_in().client
    browser.get(f"/class/lessons/{lesson.translation_key}/")

    with django_assert_num_queries(4):
        browser.get(f"/class/lessons/{lesson.translation_key}/")
