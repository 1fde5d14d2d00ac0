"""A student's way from the class code to 'Finish and leave', with and without JavaScript."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import choose_alias, sign_in_student, tap


def test_the_whole_journey_without_javascript(visit):
    one = visit(javascript=False)

    page = sign_in_student(one, 0)
    expect(page.get_by_role("heading", name="Hello, Red Mango")).to_be_visible()

    title = _first_lesson(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    _finish_lesson(page)
    expect(page.get_by_role("heading", name="You finished this lesson.")).to_be_visible()

    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check yourself")
    page.get_by_role("button", name="Start").click()
    _answer_all(page)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".result__score")).to_be_visible()
    expect(page.get_by_role("heading", name="Question by question")).to_be_visible()

    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text("Next for you")).to_be_visible()
    page.get_by_role("button", name="Finish and leave").click()
    expect(page.get_by_role("heading", name="Go to your class")).to_be_visible()
    _nothing_is_left(page, "Red Mango")


def test_a_lesson_step_by_step_goes_on_on_another_device(visit):
    school, home = visit(), visit()

    page = sign_in_student(school, 1)
    _first_lesson(page)
    expect(page.get_by_text(re.compile(r"^Step 1 of \d+$"))).to_be_visible()
    expect(page.get_by_role("button", name="Back", exact=True)).to_be_disabled()
    for _step in range(2):
        with page.expect_response(lambda response: response.url.endswith("/step/")) as noted:
            page.get_by_role("button", name="Next").click()
        assert noted.value.status == 204
    expect(page.locator(".lesson > .block:visible")).to_have_count(1)

    page = sign_in_student(home, 1)
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text(re.compile(r"^Step 3 of \d+$"))).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.get_by_text(re.compile(r"^Step 2 of \d+$"))).to_be_visible()


def test_the_end_of_a_lesson_with_javascript_and_back_after_leaving(visit):
    one = visit()

    page = sign_in_student(one, 2)
    _first_lesson(page)
    while page.get_by_role("button", name="Next").is_visible():
        page.get_by_role("button", name="Next").click()
    _finish_lesson(page)
    expect(page.get_by_role("heading", name="You finished this lesson.")).to_be_visible()

    page.get_by_role("button", name="Finish and leave").click()
    expect(page.get_by_role("heading", name="Go to your class")).to_be_visible()
    _nothing_is_left(page, "Red Tiger")


def test_wrong_pictures_get_a_kind_message_and_another_try(visit):
    one = visit()

    student = choose_alias(one, 3)
    tap(one.page, student["pictures"][::-1])
    expect(one.page.get_by_role("alert")).to_contain_text("Those pictures do not match.")
    expect(one.page.locator(".pin-slot--filled")).to_have_count(0)

    tap(one.page, student["pictures"])
    expect(one.page.get_by_role("heading", name=f"Hello, {student['alias']}")).to_be_visible()


def test_a_wrong_class_code_says_no_more_than_that(visit):
    page = visit(javascript=False).go("/join/")

    page.get_by_label("Class code").fill("AAAA2222")
    page.get_by_role("button", name="Next").click()

    expect(page.get_by_role("alert")).to_contain_text(
        "That did not open a class. Check the code with your teacher."
    )


def test_a_quiz_handed_in_twice_counts_once(visit):
    one = visit(javascript=False)
    page = sign_in_student(one, 3)
    _first_lesson(page)
    _finish_lesson(page)
    page.get_by_role("link", name="Continue").click()
    start, start_form = page.url, _form(page)
    page.get_by_role("button", name="Start").click()
    _answer_all(page)
    hand_in, hand_in_form = page.url, _form(page)

    page.get_by_role("button", name="Hand in").click()
    score = page.locator(".result__score").inner_text()
    again = one.context.request.post(hand_in, form=hand_in_form, headers={"Referer": hand_in})
    anew = one.context.request.post(start, form=start_form, headers={"Referer": start})

    assert again.url == anew.url == page.url
    page.reload()
    expect(page.locator(".result__score")).to_have_text(score)


def _first_lesson(page: Page) -> str:
    """Open what is next for a student who has not begun; returns the lesson's title."""
    title = page.locator(".continue h2").inner_text()
    page.get_by_role("link", name="Continue").click()
    return title


def _finish_lesson(page: Page) -> None:
    page.get_by_role("button", name="I have finished this lesson").click()


def _answer_all(page: Page) -> None:
    """Choose the first answer of every question, up to the last look."""
    while page.locator("form.quiz").is_visible():
        page.locator(".choice input").first.check()
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="All questions have an answer")).to_be_visible()


def _form(page: Page) -> dict[str, str]:
    """What the page's own form sends: a double tap sends it a second time."""
    fields = page.locator("main form input[type=hidden]").all()
    return {field.get_attribute("name"): field.get_attribute("value") for field in fields}


def _nothing_is_left(page: Page, alias: str) -> None:
    """Back, as often as one likes, shows nothing of the child who left."""
    for _press in range(4):
        page.go_back()
        expect(page.get_by_role("heading", name="Go to your class")).to_be_visible()
        assert alias not in page.content()
