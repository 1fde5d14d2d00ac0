"""What a lesson costs on a cheap phone and a slow line. The budgets are in `bench/weight.py`."""

from bench.weight import context_of, weigh
from tests.browser.people import sign_in_student


def test_a_public_lesson_is_light(browser, site, visit):
    page = visit().go("/en/learn/")
    page.locator("main a[href^='/en/learn/']").first.click()
    page.locator("main a[href*='/learn/']:not([href$='/families/'])").last.click()
    address = page.url

    weight = weigh("Public lesson", address, lambda: context_of(browser))

    assert not weight.is_missed, weight.row()


def test_a_students_lesson_is_light(browser, site, visit):
    one = visit()
    page = sign_in_student(one, 4)
    page.get_by_role("link", name="Continue").click()
    signed_in = one.context.storage_state()

    weight = weigh("Student's lesson", page.url, lambda: context_of(browser, storage_state=signed_in))

    assert "/class/lessons/" in page.url
    assert not weight.is_missed, weight.row()
