"""A state's own help lines: written by its administrator, shown once reviewed and called."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cms.core import content_version
from cms.core.models import AuditEvent
from cms.help.models import HelpLine
from schools.actions import state_help_lines as actions
from schools.models import Department, Role
from tests.factories import MembershipFactory, SchoolFactory, StaffFactory
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db
WRITTEN = {
    "name": "Line of the state",
    "numbers": "000-0001",
    "what_for": "For any child of the state.",
    "what_happens": "Somebody listens.",
    "hours": "",
    "cost": "Free",
    "is_for_children": "on",
}


@pytest.fixture
def department():
    return Department.objects.create(state=SchoolFactory().state, name="Department", status="approved")


@pytest.fixture
def administrator(department):
    return MembershipFactory(role=Role.STATE_ADMIN, state=department.state).user


@pytest.fixture
def browser(administrator):
    return browser_of(administrator)


@pytest.fixture
def url(department):
    return f"/state/{department.state.code}/help-lines/"


@pytest.fixture
def line(browser, url):
    browser.post(f"{url}add/", WRITTEN)
    return HelpLine.objects.get()


def approve(line):
    """What the two reviews end with; their own tests are in tests/editors."""
    line.get_latest_revision().publish(user=StaffFactory(is_superuser=True))
    line.refresh_from_db()


def help_page(client):
    content_version.bump()  # as each change does once it is kept
    return text(client.get("/en/help/"))


def test_a_new_line_is_a_draft_that_nobody_sees(client, browser, url, department, line):
    page = text(browser.get(url))

    assert (line.states, line.live, line.numbers) == ([department.state.code], False, ["000-0001"])
    assert (line.name_en, line.last_verified_on) == ("Line of the state", None)
    assert "Line of the state" in page
    assert "Nobody has called it yet." in page
    assert "Line of the state" not in help_page(client)
    assert AuditEvent.objects.get(action="help_line.added").state_id == department.state_id


def test_it_is_shown_once_it_is_reviewed_and_called(client, browser, url, department, line):
    approve(line)
    reviewed, listed = help_page(client), text(browser.get(url))

    browser.post(f"{url}{line.pk}/called/")

    line.refresh_from_db()
    page = help_page(client)
    assert "Line of the state" not in reviewed
    assert "Approved, but hidden until somebody calls it" in listed
    assert line.last_verified_on == timezone.localdate()
    assert f"<summary>{department.state.name}</summary>" in page
    assert "Line of the state" in page
    assert "tel:0000001" in page
    assert AuditEvent.objects.get(action="help_line.called").details == {"numbers": ["000-0001"]}


def test_a_line_that_was_called_before_the_reviews_keeps_the_day(client, browser, url, line):
    browser.post(f"{url}{line.pk}/called/")

    approve(line)

    assert line.last_verified_on == timezone.localdate()
    assert "Line of the state" in help_page(client)


def test_a_new_number_waits_and_has_not_been_called(client, browser, url, line):
    browser.post(f"{url}{line.pk}/called/")
    approve(line)

    browser.post(f"{url}{line.pk}/", WRITTEN | {"numbers": "000-0002"})
    waiting, shown = text(browser.get(url)), help_page(client)
    line.refresh_from_db()
    approve(line)

    assert "000-0002" in waiting
    assert "Nobody has called it yet." in waiting
    assert "000-0001" in shown
    assert "000-0002" not in shown
    assert line.last_verified_on is None
    assert "Line of the state" not in help_page(client)


def test_calling_a_new_number_says_nothing_about_the_old_one(browser, url, line):
    approve(line)
    browser.post(f"{url}{line.pk}/", WRITTEN | {"numbers": "000-0002"})

    browser.post(f"{url}{line.pk}/called/")

    line.refresh_from_db()
    draft = line.get_latest_revision_as_object()
    assert line.last_verified_on is None
    assert draft.last_verified_on == timezone.localdate()


def test_a_line_is_withdrawn_at_once(client, browser, url, line):
    browser.post(f"{url}{line.pk}/called/")
    approve(line)
    before = help_page(client)

    page = browser.post(f"{url}{line.pk}/withdraw/", follow=True)

    assert "Line of the state" in before
    assert "The line is off the site." in text(page)
    assert "Line of the state" not in help_page(client)
    assert AuditEvent.objects.filter(action="help_line.withdrawn").exists()


def test_an_old_call_asks_for_another(browser, url, line):
    browser.post(f"{url}{line.pk}/called/")
    approve(line)
    old = timezone.localdate() - timedelta(days=91)
    HelpLine.objects.update(last_verified_on=old)
    revision = line.get_latest_revision()
    revision.content["last_verified_on"] = old.isoformat()
    revision.save()

    assert "That is more than 90 days ago: call it again." in text(browser.get(url))


@pytest.mark.parametrize("numbers", ["", "call us", "<script>", "1" * 21])
def test_a_number_has_digits_and_hyphens(browser, url, numbers):
    page = text(browser.post(f"{url}add/", WRITTEN | {"numbers": numbers}))

    assert "field--error" in page
    assert 'value="Line of the state"' in page
    assert not HelpLine.objects.exists()


def test_a_name_is_words_and_never_markup(client, browser, url):
    browser.post(f"{url}add/", WRITTEN | {"name": "<script>alert(1)</script>"})
    line = HelpLine.objects.get()
    browser.post(f"{url}{line.pk}/called/")
    approve(line)

    for page in (text(browser.get(url)), help_page(client)):
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page


def national(**fields):
    words = {"name_en": "For all", "what_for_en": "Anybody."}
    return HelpLine.objects.create(
        key="for-all",
        kind="call",
        numbers=["000-0009"],
        is_published=True,
        is_for_children=True,
        **words,
        **fields,
    )


def test_lines_for_all_of_india_and_of_other_states_are_out_of_reach(browser, url, administrator, department):
    line = national()
    other = HelpLine.objects.create(
        key="other", kind="call", numbers=["000-0008"], name_en="Other", what_for_en="x", states=["IN-QQ"]
    )

    for one in (line, other):
        assert browser.post(f"{url}{one.pk}/withdraw/").status_code == 404
        with pytest.raises(PermissionDenied):
            actions.withdraw(line=one, state=department.state, by=administrator)

    assert set(HelpLine.objects.values_list("live", flat=True)) == {True}


def test_an_error_page_names_only_lines_for_all_of_india(client, browser, url, line):
    browser.post(f"{url}{line.pk}/called/")
    approve(line)
    national()

    page = client.get("/en/no-such-page/").content.decode()

    assert "For all" in page
    assert "Line of the state" not in page


def test_the_line_goes_through_the_sites_reviews(browser, url, settings):
    from cms.home.editorial import groups
    from tests.schools.lessons import make_module

    make_module()
    groups.set_up()

    browser.post(f"{url}add/", WRITTEN)

    line = HelpLine.objects.get()
    assert line.workflow_in_progress
    assert line.current_workflow_task.name == "Subject review"
    assert "With the reviewers" in text(browser.get(url))
