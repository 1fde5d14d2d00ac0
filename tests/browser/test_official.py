"""Officials go from their state to a school, and find schools and counts there, never a child."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import expect

from schools.demo.seed import ALIASES
from tests.browser.conftest import DESKTOP, Visit
from tests.browser.people import sign_in_staff

LINK = re.compile(r'(?:href|action)="([^"#]*)')
NOT_FOLLOWED = ("/exit/", "/language/", "/accounts/logout/", "/static/")
"""What leads away, signs out, or shows a page again in another language."""


def test_from_the_state_to_a_district_to_a_block_to_a_school(visit):
    page = sign_in_staff(visit(viewport=DESKTOP), "state-official")
    main = page.get_by_role("main")

    expect(main.get_by_role("heading", name="How far schools have come")).to_be_visible()
    expect(main.get_by_role("heading", name="Against the plan")).to_be_visible()
    main.get_by_role("link", name="Lakeside").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lakeside")
    main.get_by_role("link", name="Lotus Block").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lotus Block")
    main.get_by_role("link", name="Lotus Lake School").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Lotus Lake School")
    expect(main.get_by_role("heading", name="How far its classes have come")).to_be_visible()
    expect(main.get_by_text("Figures as of")).to_be_visible()
    expect(main.get_by_role("heading", name="Pupils by module")).to_have_count(0)


def test_from_the_number_of_those_not_started_to_the_list_of_them(visit):
    page = sign_in_staff(visit(javascript=False), "state-official")
    main = page.get_by_role("main")

    main.locator("#parts-table a[href$='#schools']").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Hillside")
    expect(main.get_by_label("How far", exact=True)).to_have_value("not-started")
    expect(main.locator("#schools-table tbody tr")).to_have_count(1)
    expect(main.locator("#schools-table")).to_contain_text("Meadow School")


def test_a_picture_has_its_numbers_in_a_table(visit):
    page = sign_in_staff(visit(javascript=False), "state-official")
    weeks = page.locator("#trend")

    expect(weeks.get_by_role("img", name="Schools that reached each step, week by week")).to_be_visible()
    expect(weeks.get_by_role("table")).to_be_hidden()
    weeks.get_by_text("The same as a table").click()

    expect(weeks.get_by_role("table")).to_be_visible()


def test_a_block_official_begins_at_the_block(visit):
    page = sign_in_staff(visit(), "block-official")

    expect(page.get_by_role("heading", level=1)).to_have_text("Lotus Block")
    expect(page.locator("#schools-table")).to_contain_text("Lotus Lake School")


def test_a_filter_asks_about_one_class(visit):
    page = sign_in_staff(visit(javascript=False), "state-official")

    page.get_by_label("Class", exact=True).select_option("7")
    page.get_by_role("button", name="Show").first.click()

    expect(page.get_by_label("Class", exact=True)).to_have_value("7")
    expect(page.get_by_text("Figures as of")).to_be_visible()


def test_no_link_of_an_official_leads_to_a_child(visit):
    one = visit(javascript=False)
    sign_in_staff(one, "state-official")

    pages = _crawl(one, "/insights/")

    schools = [path for path in pages if re.fullmatch(r"/insights/[^/]+/\d+/\d+/", path)]
    assert len(schools) == 6
    shown = {path: alias for path, text in pages.items() for alias in ALIASES if alias in text}
    assert shown == {}


def test_the_pages_of_schools_and_students_are_closed_to_an_official(visit):
    one = visit(javascript=False)
    sign_in_staff(one, "state-official")

    for path in ("/teach/", "/teach/classes/1/", "/teach/classes/1/students/", "/teach/classes/1/results/"):
        answer = one.context.request.get(one.site.url + path)
        assert answer.status in (403, 404), path
        assert not [alias for alias in ALIASES if alias in answer.text()], path


def _crawl(one: Visit, start: str) -> dict[str, str]:
    """Every page of the site that links lead to, by its path and query."""
    pages: dict[str, str] = {}
    ahead, seen = deque([start]), {start}
    while ahead:
        path = ahead.popleft()
        answer = one.context.request.get(one.site.url + path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        pages[_path(answer.url)] = answer.text()
        for link in _links(answer.url, answer.text()) - seen:
            seen.add(link)
            ahead.append(link)
    return pages


def _links(url: str, text: str) -> set[str]:
    site = urlsplit(url).netloc
    found = [urlsplit(urljoin(url, unescape(link))) for link in LINK.findall(text)]
    ours = {_path(link.geturl()) for link in found if link.netloc == site}
    return {path for path in ours if not path.startswith(NOT_FOLLOWED)}


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
