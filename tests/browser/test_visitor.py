"""A visitor reads, asks, searches, changes the language and leaves, without an account."""

from playwright.sync_api import expect

LESSON = "learn/chats-and-friendships/who-is-on-the-other-side/"
GONE = "/exit/gone/"


def test_from_the_first_page_to_a_lesson_without_javascript(visit):
    page = visit(javascript=False).go("/en/")

    page.get_by_role("link", name="See the lessons").click()
    expect(page.get_by_role("heading", name="Classes 6 to 8")).to_be_visible()
    page.get_by_role("link", name="Chats and friendships", exact=True).click()
    page.get_by_role("link", name="Who is on the other side?", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Who is on the other side?")
    expect(page.get_by_text("That was the whole lesson.")).to_be_visible()
    expect(page.get_by_role("link", name="Call 1098")).to_have_attribute("href", "tel:1098")


def test_a_practice_question_is_answered_without_javascript_and_says_why(visit):
    page = visit(javascript=False).go(f"/en/{LESSON}")
    question = page.locator("form.quiz").first

    question.locator("input").first.check()
    question.get_by_role("button", name="Check my answer").click()

    expect(page.locator(".feedback")).to_have_count(1)
    expect(page.locator(".feedback__title")).to_be_in_viewport()
    expect(question.locator("input").first).to_be_checked()


def test_the_language_switch_stays_on_the_page(visit):
    one = visit(javascript=False)
    page = one.go(f"/en/{LESSON}")

    page.locator("#languages a[lang=hi]").click()

    expect(page).to_have_url(f"{one.site.url}/hi/{LESSON}")
    expect(page.locator("html")).to_have_attribute("lang", "hi")
    expect(page.get_by_role("heading", level=1)).to_have_text("दूसरी तरफ़ कौन है?")


def test_a_lesson_without_a_translation_is_marked_as_english(visit):
    page = visit(javascript=False).go(f"/te/{LESSON}")

    title = page.get_by_role("heading", level=1)

    expect(page.locator("html")).to_have_attribute("lang", "te")
    expect(page.locator("main .notice")).to_be_visible()
    expect(title).to_have_text("Who is on the other side?")
    expect(title).to_have_attribute("lang", "en")


def test_help_has_numbers_to_call_and_leaves_no_cookie(visit):
    one = visit(javascript=False)
    page = one.go("/en/")

    page.get_by_role("banner").get_by_role("link", name="Help").click()

    expect(page.get_by_role("heading", name="You can get help today")).to_be_visible()
    for number in ("1098", "112", "1930"):
        expect(page.locator(f"a[href='tel:{number}']")).to_be_visible()
    assert one.context.cookies() == []


def test_search_finds_lessons_in_english_and_in_hindi(visit):
    page = visit(javascript=False).go("/en/search/")

    page.get_by_label("Words to look for").fill("friendships")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("link", name="Chats and friendships", exact=True)).to_be_visible()

    page.goto(page.url.split("/en/")[0] + "/hi/search/")
    page.locator("#q").fill("दोस्ती")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("link", name="चैट और दोस्ती", exact=True)).to_be_visible()


def test_the_exit_works_without_javascript(visit):
    one = visit(javascript=False)
    page = one.go("/en/help/")

    page.get_by_role("link", name="Leave this page").click()

    expect(page).to_have_url(one.site.url + GONE)
    assert "Sure Steps" not in page.content()


def test_escape_twice_leaves_and_back_leads_away_again(visit):
    one = visit()
    page = one.go("/en/")
    page.get_by_role("banner").get_by_role("link", name="Help").click()
    expect(page.get_by_role("heading", name="You can get help today")).to_be_visible()

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page).to_have_url(one.site.url + GONE)
    page.go_back(wait_until="commit")

    expect(page).to_have_url(one.site.url + GONE)
    expect(page.get_by_role("heading", name="You can get help today")).to_have_count(0)


def test_the_exit_link_takes_the_place_of_the_page_in_the_history(visit):
    one = visit()
    page = one.go("/en/help/")
    pages = page.evaluate("history.length")

    page.get_by_role("link", name="Leave this page").click()

    expect(page).to_have_url(one.site.url + GONE)
    assert page.evaluate("history.length") == pages
