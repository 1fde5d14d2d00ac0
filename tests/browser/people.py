"""How the people of the journeys sign in."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

PERIOD = 30
"""Seconds for which an authenticator app shows a code."""
_given: set[str] = set()


def sign_in_student(visit: Visit, number: int) -> Page:
    """Join the demonstration class as its student of that number, by code, alias and pictures."""
    student = choose_alias(visit, number)
    tap(visit.page, student["pictures"])
    expect(visit.page).to_have_url(f"{visit.site.url}/class/")
    return visit.page


def choose_alias(visit: Visit, number: int) -> dict:
    """Go as far as the picture board; returns the student."""
    classroom = visit.site.people["classroom"]
    student = classroom["students"][number]
    page = visit.go("/join/")
    page.get_by_label("Class code").fill(classroom["code"])
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name=student["alias"], exact=True).click()
    expect(page.get_by_text("Tap your four pictures, in order.")).to_be_visible()
    return student


def tap(page: Page, pictures: list[str]) -> None:
    for count, picture in enumerate(pictures, 1):
        page.locator(f".pin-key[value={picture}]").click()
        if count < len(pictures):
            expect(page.locator(".pin-slot--filled")).to_have_count(count)


def sign_in_staff(visit: Visit, label: str) -> Page:
    """Sign in with e-mail, password and, for officials, a code; ends on the person's own first page."""
    person = visit.site.people["staff"][label]
    page = visit.go("/accounts/login/")
    page.locator("[name=login]").fill(person["email"])
    page.locator("[name=password]").fill(person["password"])
    page.locator("main form button[type=submit]").first.click()
    if "totp_secret" in person:
        page.locator("[name=code]").fill(fresh_code(person))
        page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def fresh_code(person: dict) -> str:
    """The code that the person's app shows now; a recovery code where that one was used, since each works once."""
    code = format_hotp_value(hotp_value(person["totp_secret"], int(time.time()) // PERIOD))
    if code in _given:
        code = next(one for one in person["recovery_codes"] if one not in _given)
    _given.add(code)
    return code
