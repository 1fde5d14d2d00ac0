"""A teacher takes a whole class through a lesson on one screen, also when the connection drops."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.people import sign_in_staff

LESSON = "Who is on the other side?"
SLIDE = "[data-current]"


def test_a_lesson_from_the_first_screen_to_the_end_without_a_connection(visit):
    one = visit(viewport=DESKTOP)
    page = _start(one)
    one.check_accessibility()

    page.keyboard.press("PageDown")
    expect(page.get_by_text("2 of", exact=False)).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("1 of", exact=False)).to_be_visible()
    _blank_and_back(page)
    _list_of_keys(page)

    _to_the_first_question(page)
    one.check_accessibility()
    reason = page.locator(f"{SLIDE} .slide__reasons li").first
    expect(reason).to_be_hidden()

    one.context.set_offline(True)
    _raise_hands(page, 0, 3)
    _raise_hands(page, 1, 1)
    page.keyboard.press("PageDown")
    expect(reason).to_be_visible()
    expect(page.locator(f"{SLIDE} [data-bar] [data-count]").first).to_have_text("3")

    page.keyboard.press("End")
    _count_heads(page, "9")
    expect(page.get_by_text("It will be sent when the connection is back.")).to_be_visible()

    one.context.set_offline(False)
    expect(page).to_have_url(one.site.url + _path(page).replace("end/", "result/"), timeout=60_000)
    expect(page.get_by_text("to 9 students")).to_be_visible()
    expect(page.locator(".tally-bar__words", has_text="3 hands")).to_be_visible()
    one.check_accessibility()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_could_not_be_sent_survives_a_closed_page_and_an_ended_sign_in(visit):
    one = visit()
    page = _start(one)
    address = page.url
    one.context.set_offline(True)
    page.keyboard.press("End")
    _count_heads(page, "8")
    expect(page.get_by_text("Kept on this device.", exact=False).first).to_be_visible()
    page.goto("about:blank")

    one.context.clear_cookies()
    one.context.set_offline(False)
    sign_in_staff(one, "teacher")
    page.goto(address.rsplit("/", 2)[0] + "/")
    expect(page.get_by_text("Kept on this device and not yet sent")).to_be_visible()
    page.get_by_role("link", name="Send the end of the lesson").click()

    expect(page.get_by_text("to 8 students")).to_be_visible()


def test_the_counting_is_there_again_after_a_reload_and_notes_follow(visit):
    one = visit(viewport=DESKTOP)
    page = _start(one)
    _to_the_first_question(page)
    _raise_hands(page, 0, 2)

    page.reload()
    expect(page.locator(f"{SLIDE} [data-choice]").first).to_have_value("2")
    with one.context.expect_page() as opened:
        page.get_by_role("link", name="Notes").click()
    notes = opened.value
    asked = page.locator(f"{SLIDE} h2").inner_text()
    expect(notes.locator("[data-note][data-current]")).to_contain_text(asked)

    page.keyboard.press("Home")
    expect(notes.locator("[data-note][data-current]")).to_contain_text("Opening")
    notes.get_by_role("button", name="Next").click()
    expect(page.get_by_text("2 of", exact=False)).to_be_visible()


def test_without_a_script_the_lesson_is_one_page_with_one_form(visit):
    one = visit(javascript=False)
    page = _start(one)

    expect(page.locator("[data-slide]").nth(3)).to_be_visible()
    page.locator("[data-choice]").first.fill("5")
    page.locator("summary", has_text="Show the answer").first.click()
    page.get_by_label("How many students were there?").fill("0")
    page.get_by_role("button", name="End the lesson").click()

    expect(page.get_by_text("Please look at this again. Nothing you typed is lost.")).to_be_visible()
    page.get_by_label("How many students were there?").fill("7")
    page.get_by_role("button", name="End the lesson").click()
    expect(page.get_by_text("to 7 students")).to_be_visible()
    expect(page.locator(".tally-bar__words", has_text="5 hands")).to_be_visible()


def _start(visit) -> Page:
    page = sign_in_staff(visit, "teacher")
    page.get_by_role("heading").get_by_role("link", name="7 A").click()
    page.get_by_role("navigation", name="This class").get_by_role("link", name="Teach on one screen").click()
    page.get_by_role("link", name=f"Get ready {LESSON}").click()
    page.get_by_role("button", name="Start the lesson").click()
    expect(page.locator("[data-slide]").first).to_be_visible()
    return page


def _blank_and_back(page: Page) -> None:
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_visible()
    expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_hidden()


def _list_of_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()


def _to_the_first_question(page: Page) -> None:
    for _number in range(60):
        if page.locator(f"{SLIDE} [data-hands]").count():
            return
        page.keyboard.press("PageDown")
    raise AssertionError("no question in this lesson")


def _raise_hands(page: Page, choice: int, times: int) -> None:
    for _number in range(times):
        page.locator(f"{SLIDE} .hand-tally").nth(choice).get_by_role("button", name="One hand more").click()


def _count_heads(page: Page, heads: str) -> None:
    expect(page.get_by_label("Day of the lesson")).to_have_value(timezone.localdate().isoformat())
    page.get_by_label("How many students were there?").fill(heads)
    page.get_by_role("button", name="End the lesson").click()


def _path(page: Page) -> str:
    """The address of the form that is on the page, without the host."""
    return str(page.locator("form[data-session]").get_attribute("action"))
