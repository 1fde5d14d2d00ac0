"""Every kind of page: no violation that axe finds, and nothing that makes a screen scroll sideways.

In English, in Hindi and, from right to left, in Urdu; on a phone and on a desk.
"""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.people import choose_alias, sign_in_staff, tap

MODULE = "learn/chats-and-friendships/"
LESSON = f"{MODULE}who-is-on-the-other-side/"
PUBLIC = (
    "",
    "learn/",
    MODULE,
    f"{MODULE}family/",
    LESSON,
    "help/",
    "search/",
    "search/?q=friend",
    "nothing/",
)
STUDENT = 4
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"

pytestmark = pytest.mark.parametrize("language", ["en", "hi", "ur"])


class Look:
    """Looks at pages in one language and gathers what is wrong with them."""

    def __init__(self, one: Visit, language: str) -> None:
        self.one = one
        self.page = one.page
        self.language = language
        self.faults: list[str] = []

    def speak(self) -> None:
        """From here on, in the language; who signs in does it in English before."""
        self.one.context.add_cookies([{"name": "language", "value": self.language, "url": self.one.site.url}])

    def at(self, path: str) -> None:
        self.one.go(path)
        self.here()

    def here(self) -> None:
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.faults.append(f"{self.page.url} is in another language")
        for size in (PHONE, DESKTOP):
            self.page.set_viewport_size(size)
            self._check(f"{self.page.url} at {size['width']}")
        self.page.set_viewport_size(PHONE)

    def follow(self, selector: str) -> None:
        """Go where the first such link or button leads, and look there."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.here()

    def _check(self, where: str) -> None:
        try:
            self.one.check_accessibility()
        except AssertionError as error:
            self.faults.append(f"{where}: {error}")
        if self.page.evaluate(SIDEWAYS):
            self.faults.append(f"{where} scrolls sideways")

    def is_clean(self) -> None:
        assert not self.faults, "\n\n".join(self.faults)


@pytest.fixture
def look(visit, language) -> Look:
    return Look(visit(), language)


def test_public_pages(look, language):
    for path in PUBLIC:
        look.at(f"/{language}/{path}")
    look.at(f"/{language}/{LESSON}?{_first_answer(look)}")

    look.is_clean()


def test_the_pages_before_signing_in(look):
    choose_alias(look.one, STUDENT)
    look.speak()
    for path in ("/join/pictures/", "/join/who/", "/join/", "/accounts/login/", "/accounts/password/reset/"):
        look.at(path)

    look.is_clean()


def test_the_pages_of_a_student(look):
    student = choose_alias(look.one, STUDENT)
    tap(look.page, student["pictures"])
    look.page.wait_for_url("**/class/")
    look.speak()

    look.at("/class/")
    look.follow(".card__link")
    module = look.page.url
    look.follow(".card__link")
    look.page.goto(module)
    look.page.locator(".card__link").nth(1).click()
    look.here()
    look.follow("main form button")
    while look.page.locator(".choice input").count():
        look.page.locator(".choice input").first.check()
        look.page.locator("form.quiz button").click()
        look.page.wait_for_load_state()
    look.here()
    look.follow("main form button")

    look.is_clean()


def test_the_pages_of_a_teacher(look):
    page = sign_in_staff(look.one, "teacher")
    page.get_by_role("heading").get_by_role("link", name="7 A", exact=False).first.click()
    classroom = page.url.removeprefix(look.one.site.url)
    look.speak()

    for path in (
        "students/",
        "students/add/",
        "students/cards/",
        "sign-in/",
        "modules/",
        "notice/",
        "teachers/",
    ):
        look.at(classroom + path)
    for path in ("/teach/", "/teach/classes/new/", "/teach/modules/", classroom, f"{classroom}results/"):
        look.at(path)
    look.follow("main .checklist a")

    look.is_clean()


def test_the_pages_of_a_head(look):
    sign_in_staff(look.one, "head")
    look.speak()
    school = look.one.site.people["classroom"]["school"]

    for path in ("/school/", f"/school/{school}/", f"/school/{school}/readiness/"):
        look.at(path)

    look.is_clean()


def test_the_pages_of_an_official(look):
    sign_in_staff(look.one, "state-official")
    look.speak()

    look.at("/insights/")
    look.follow(".district a")
    look.follow("#schools a, table a")

    look.is_clean()


def _first_answer(look: Look) -> str:
    """What the address says once the first practice question of the lesson has an answer."""
    look.one.go(f"/{look.language}/{LESSON}")
    choice = look.page.locator("form.quiz input").first
    return f"{choice.get_attribute('name')}={choice.get_attribute('value')}"
