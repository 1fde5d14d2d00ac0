"""A teacher, from the first class to the results of one that has worked."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP
from tests.browser.people import sign_in_staff

EVERYDAY = "Everyday online skills"


def test_from_a_new_class_to_its_first_module(visit):
    page = sign_in_staff(visit(viewport=DESKTOP), "teacher")

    _make_class(page, "Pine")
    _add_students(page, "1 Blue Lotus\n2 Green Drum\n3 Silver Boat")
    _print_cards(page, ["Blue Lotus", "Green Drum", "Silver Boat"])
    _open_sign_in(page)

    _to_class(page, "Pine")
    _section(page, "Modules")
    page.get_by_role("link", name=f"Give to the class {EVERYDAY}").click()
    page.get_by_role("button", name="Give to the class").click()
    _to_class(page, "Pine")
    expect(page.get_by_role("table", name="How far everyone is")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Blue Lotus")).to_be_visible()


def test_a_list_of_full_names_is_asked_about_before_it_is_saved(visit):
    page = sign_in_staff(visit(javascript=False), "teacher")
    _make_class(page, "Oak")

    page.get_by_label("Students, one in each line").fill("Blue Kite\nAsha Sharma")
    page.get_by_role("button", name="Save the list").click()
    expect(page.get_by_role("heading", name="These look like full names")).to_be_visible()
    expect(page.get_by_text("Line 2: Asha Sharma")).to_be_visible()

    page.get_by_label("Students, one in each line").fill("Blue Kite\nGolden River")
    page.get_by_role("button", name="Save the list").click()
    expect(page.get_by_role("rowheader", name="Golden River")).to_be_visible()


def test_a_sensitive_module_waits_until_families_were_told(visit):
    page = sign_in_staff(visit(javascript=False), "teacher")
    _make_class(page, "Fir")
    _add_students(page, "Blue Lotus")

    _to_class(page, "Fir")
    _section(page, "Modules")
    expect(page.get_by_text("Before this can open")).to_be_visible()
    expect(page.get_by_role("link", name="Give to the class Chats and friendships")).to_have_count(0)

    _to_class(page, "Fir")
    _section(page, "Families")
    page.get_by_label("All families had the notice on").fill(timezone.localdate().isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Keep the day").click()
    _to_class(page, "Fir")
    _section(page, "Modules")
    expect(page.get_by_role("link", name="Give to the class Chats and friendships")).to_be_visible()


def test_results_say_what_was_hard_and_name_nobody_unless_opened(visit):
    one = visit(viewport=DESKTOP)
    page = sign_in_staff(one, "teacher")
    aliases = [student["alias"] for student in one.site.people["classroom"]["students"]]

    page.get_by_role("link", name="7 A").first.click()
    _section(page, "Results")
    page.locator(".checklist a").first.click()
    expect(page.get_by_text("Each student counts once, with the first try.")).to_be_visible()
    assert not [alias for alias in aliases if alias in page.get_by_role("main").inner_text()]

    page.get_by_role("link", name="See results by student").click()
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_label("I want to help a student who finds this hard").check()
    page.get_by_role("button", name="Show results by student").click()
    expect(page.get_by_role("table", name="First try of each student")).to_be_visible()


def test_a_teacher_previews_a_lesson_as_a_student_sees_it(visit):
    page = sign_in_staff(visit(javascript=False), "teacher")

    _unfold_menu(page)
    page.get_by_role("link", name="Lessons and guides").click()
    page.get_by_role("link", name="Preview Chats and friendships").click()
    page.get_by_role("link", name="Who is on the other side?", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Who is on the other side?")
    expect(page.locator(".lesson > .block").first).to_be_visible()


def _make_class(page: Page, section: str) -> None:
    page.get_by_role("link", name="Make another class").click()
    page.get_by_label("Class", exact=True).select_option("7")
    page.get_by_label("Section").fill(section)
    page.get_by_label("Language", exact=True).select_option("en")
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_text("The class is made. Add your students next.")).to_be_visible()


def _add_students(page: Page, lines: str) -> None:
    page.get_by_label("Students, one in each line").fill(lines)
    page.get_by_role("button", name="Save the list").click()
    expect(page.get_by_role("table", name="The list of the class")).to_be_visible()


def _print_cards(page: Page, aliases: list[str]) -> None:
    page.get_by_role("link", name="Print sign-in cards").click()
    cards = page.locator(".print-card")
    expect(cards).to_have_count(len(aliases))
    for card, alias in zip(cards.all(), aliases, strict=True):
        expect(card).to_contain_text(alias)
        expect(card.locator(".print-card__pictures li")).to_have_count(4)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Sign-in cards")).to_be_hidden()
    expect(cards.first).to_be_visible()
    page.emulate_media(media="screen")


def _open_sign_in(page: Page) -> None:
    _to_class(page, "Pine")
    _section(page, "Sign-in")
    page.get_by_role("button", name="For this lesson (45 minutes)").click()
    expect(page.get_by_role("button", name="Close now")).to_be_visible()


def _unfold_menu(page: Page) -> None:
    """On a phone the places are behind one button; on a desk they stand in the line."""
    fold = page.locator(".menu__fold > summary")
    if fold.is_visible():
        fold.click()


def _to_class(page: Page, section: str) -> None:
    _unfold_menu(page)
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="My classes").click()
    page.get_by_role("heading").get_by_role("link", name=section.upper()).click()


def _section(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="This class").get_by_role("link", name=name, exact=True).click()
