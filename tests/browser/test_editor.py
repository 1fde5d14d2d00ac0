"""An editor's change, a translator's, and the two reviews that stand before the readers."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, Visit

LESSON = "Kind and balanced"
FAMILY_PAGE = "/learn/everyday-skills/family/"
ENGLISH = "Dear family, sit together for a while and let your child show you."
REFUSAL = "Sorry, you do not have permission"
HINDI = "प्रिय परिवार, थोड़ी देर साथ बैठिए।"


def sign_in(visit, label: str) -> tuple[Visit, Page]:
    """One person's own browser, on the first page of the editors' side."""
    own = visit(viewport=DESKTOP)
    own.context.set_default_timeout(30_000)
    person = own.site.people["staff"][label]
    page = own.go("/accounts/login/?next=/cms/")
    page.locator("[name=login]").fill(person["email"])
    page.locator("[name=password]").fill(person["password"])
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(f"{own.site.url}/cms/")
    return own, page


def open_lesson(own: Visit) -> Page:
    page = own.go(f"/cms/pages/{number_of_lesson(own, 'en')}/edit/")
    expect(page.locator("textarea[name=summary]")).to_be_visible()
    return page


def choose(page: Page, action: str) -> None:
    """Press a button of the menu below the form."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile(f"^{action}")).first.click()


def test_a_change_reaches_families_after_both_reviews(visit):
    family = visit()
    own, _home = sign_in(visit, "editor")
    page = open_lesson(own)
    page.locator("textarea[name=family_note]").fill(ENGLISH)
    choose(page, "Submit to")
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()
    expect(family.go(f"/en{FAMILY_PAGE}").get_by_text(ENGLISH)).to_have_count(0)

    for reviewer in ("subject-reviewer", "safeguarding-reviewer"):
        expect(family.go(f"/en{FAMILY_PAGE}").get_by_text(ENGLISH)).to_have_count(0)
        _own, desk = sign_in(visit, reviewer)
        desk.locator("main table").get_by_role("link", name=LESSON).first.click()
        choose(desk, "Approve")
        expect(desk.get_by_text("has been updated")).to_be_visible()
        expect(desk.get_by_text(REFUSAL)).to_have_count(0)
        expect(desk.locator("table.listing").get_by_text(LESSON)).to_be_visible()

    expect(family.go(f"/en{FAMILY_PAGE}").get_by_text(ENGLISH)).to_be_visible(timeout=30_000)


def test_a_question_is_approved_on_the_reviewers_first_pages(visit):
    words = "Whom would you tell first?"
    own, _home = sign_in(visit, "editor")
    page = own.go("/cms/snippets/quizzes/question/")
    page.locator("table.listing tbody td.title a").last.click()
    page.get_by_role("tab", name="English").click()
    page.locator("textarea[name=text_en]").fill(words)
    choose(page, "Submit to")
    expect(page.get_by_text("has been submitted for moderation")).to_be_visible()
    listed = page.locator("table.listing tbody").get_by_role("link", name=words)
    expect(listed).to_have_count(0)

    for reviewer in ("subject-reviewer", "safeguarding-reviewer"):
        _own, desk = sign_in(visit, reviewer)
        waiting = desk.locator("main table tr").filter(has_text=words)
        waiting.get_by_role("button", name="Actions").click()
        desk.get_by_role("button", name="Approve", exact=True).locator("visible=true").click()
        expect(waiting).to_have_count(0)
        expect(desk).to_have_url(f"{own.site.url}/cms/")
        expect(desk.get_by_text(REFUSAL)).to_have_count(0)

    own.go("/cms/snippets/quizzes/question/")
    expect(listed).to_be_visible()


def test_a_new_choice_gets_its_words_in_every_language(visit):
    own, _home = sign_in(visit, "editor")
    page = own.go("/cms/snippets/quizzes/question/")
    page.locator("table.listing tbody td.title a").first.click()
    words = page.locator("[data-choice]")
    expect(page.get_by_role("button", name="Add Choice")).to_be_visible()
    before = words.count()

    page.get_by_role("button", name="Add Choice").click()
    expect(words).to_have_count(before + 9)
    page.get_by_role("tab", name="Hindi").click()
    expect(page.locator("textarea[name$='-text_hi']:visible").last).to_have_value("")
    page.get_by_role("tab", name="Question", exact=True).click()
    page.locator("[data-inline-panel-child] button[title=Delete]:visible").last.click()
    page.get_by_role("tab", name="Hindi").click()

    expect(page.locator("[data-choice]:visible")).to_have_count(before // 9)


def test_a_translator_sends_words_and_publishes_nothing(visit):
    reader = visit()
    own, _home = sign_in(visit, "translator-hi")
    page = own.go(f"/cms/pages/{number_of_lesson(own, 'hi')}/edit/")
    expect(page.get_by_role("button", name="Send to the reviewers")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    expect(page.locator(".js-translation-editor").get_by_text("Preview", exact=True)).to_be_visible()
    expect(page.get_by_text("Convert to alias page")).to_be_hidden()
    expect(page.get_by_text("Stop Synced translation")).to_be_hidden()

    row = page.locator(".js-translation-editor").get_by_role("button", name="Edit", exact=True).last
    row.click()
    page.locator(".js-translation-editor textarea:visible").first.fill(HINDI)
    page.locator(".js-translation-editor").get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text(HINDI)).to_be_visible()
    page.get_by_role("button", name="Send to the reviewers").click()

    expect(page.get_by_text("The translation is with the reviewers now.")).to_be_visible()
    expect(reader.go(f"/hi{FAMILY_PAGE}").get_by_text(HINDI)).to_have_count(0)

    for reviewer in ("subject-reviewer", "safeguarding-reviewer"):
        other, _home = sign_in(visit, reviewer)
        desk = other.go(f"/cms/pages/{number_of_lesson(own, 'hi')}/edit/")
        desk.get_by_role("button", name="Approve").click()
        expect(desk.get_by_text("Your answer is noted")).to_be_visible()
        expect(desk.get_by_text(REFUSAL)).to_have_count(0)

    expect(reader.go(f"/hi{FAMILY_PAGE}").get_by_text(HINDI)).to_be_visible(timeout=30_000)


def number_of_lesson(own: Visit, language: str) -> int:
    """Asked for by its address: the search of the admin knows a page of a new site only after a while."""
    lessons = f"{own.site.url}/cms/api/main/pages/?type=curriculum.LessonPage"
    listing = f"{lessons}&locale={language}&slug=kind-and-balanced"
    return own.context.request.get(listing).json()["items"][0]["id"]
