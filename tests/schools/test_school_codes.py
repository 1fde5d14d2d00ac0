"""A school joins with a code, or asks without one; teachers join with the staff code."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core.models import AuditEvent
from cms.users.models import User
from schools import school_codes
from schools.actions import invitations, join_requests
from schools.actions import school_codes as actions
from schools.actions.invitations import InvitationClosedError
from schools.models import Department, JoinRequest, Membership, Role, School, SchoolCode, WrongCode
from tests.factories import MembershipFactory, SchoolFactory, StaffFactory
from tests.schools.mail import browser_with_mail, newest_link
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db

PASSWORD = "four quiet green lamps"
ACCOUNT = {"name": "Hema Head", "password1": PASSWORD, "password2": PASSWORD}
WRONG = "That code does not work. Check it with those who gave it to you."


@pytest.fixture
def school():
    return SchoolFactory(name="Green Valley School")


@pytest.fixture
def officer(school):
    return MembershipFactory(role=Role.BLOCK_OFFICIAL, school=None, block=school.block).user


@pytest.fixture
def codes(school):
    return f"/people/places/block/{school.block_id}/codes/"


def code_of(school, kind="join"):
    code = SchoolCode.objects.filter(SchoolCode.OPEN, school=school, kind=kind).get()
    return school_codes.unseal(code.sealed)


def joins(browser, code, email="hema@example.org"):
    """Types the code, says who; returns the link in the message."""
    browser.post("/people/join/", {"code": code, "name": "Hema", "email": email})
    return newest_link()


def staff_code(school, head, days=7):
    actions.issue_staff(school=school, days=days, by=head)
    return code_of(school, "staff")


def test_a_school_joins_with_its_code(school, officer, codes):
    official, guest = browser_with_mail(officer), browser_with_mail()

    made = text(official.post(f"{codes}issue/", follow=True))
    code = school_codes.spaced(code_of(school)).lower().replace(" ", "-")
    named = text(guest.post("/people/join/", {"code": code}))
    sent = guest.post("/people/join/", {"code": code, "name": "Hema", "email": "Hema@Example.org"})
    done = guest.post(newest_link(), ACCOUNT)

    assert "1 code is ready to be handed out." in made
    assert "Green Valley School" in named
    assert "you become the head of this school" in named
    assert (sent.url, done.url) == ("/people/sent/", "/start/")
    school.refresh_from_db()
    assert school.joined_at is not None
    assert Membership.objects.get(school=school).role == Role.HEAD
    assert SchoolCode.objects.get().used_at is not None
    assert WRONG in text(guest.post("/people/join/", {"code": code}))
    assert "Joined on" in text(official.get(codes))
    logged = set(AuditEvent.objects.values_list("action", flat=True))
    assert logged >= {"school_codes.issued", "invitation.sent", "invitation.accepted", "school.joined"}


def test_an_official_does_not_become_head_by_a_code_that_they_can_print(school, officer, codes):
    official = browser_with_mail(officer)
    official.post(f"{codes}issue/")
    link = joins(browser_with_mail(), code_of(school), email=officer.email)

    answer = official.post(link)

    assert answer.status_code == 403
    assert not Membership.objects.filter(role=Role.HEAD).exists()
    assert SchoolCode.objects.get().used_at is None


def test_a_message_to_an_address_that_anybody_typed_says_nothing_that_they_typed(
    school, officer, codes, department
):
    browser_with_mail(officer).post(f"{codes}issue/")
    words = "Your account is locked: https://evil.example/"
    browser = browser_with_mail()

    browser.post("/people/join/", {"code": code_of(school), "name": words, "email": "victim@example.org"})
    asks(browser, school, name=words, email="other@example.org")

    assert len(mail.outbox) == 2
    assert all("evil.example" not in one.body for one in mail.outbox)


def test_of_two_people_with_one_code_the_first_wins(school, officer):
    actions.issue_missing(place=school.block, by=officer)
    code = code_of(school)
    first, second = browser_with_mail(), browser_with_mail()
    links = [joins(first, code), joins(second, code, "other@example.org")]

    first.post(links[0], ACCOUNT)
    late = second.post(links[1], ACCOUNT)

    assert "This link does not work" in text(late)
    assert Membership.objects.get(role=Role.HEAD).user.email == "hema@example.org"
    assert not User.objects.filter(email="other@example.org").exists()


def test_a_code_used_up_between_the_page_and_the_press_undoes_everything(school, officer):
    """The lock on the code decides, not what was read before."""
    actions.issue_missing(place=school.block, by=officer)
    link = joins(browser_with_mail(), code_of(school))
    SchoolCode.objects.update(used_at=timezone.now())

    with pytest.raises(InvitationClosedError):
        invitations.accept_as_new(token=link.split("/")[3], name="Hema", password=PASSWORD)

    assert not User.objects.filter(email="hema@example.org").exists()
    assert not Membership.objects.filter(role=Role.HEAD).exists()


def test_issuing_again_gives_codes_to_those_without_only(school, officer):
    joined = SchoolFactory(block=school.block, joined_at=timezone.now())
    closed = SchoolFactory(block=school.block, closed_on=timezone.localdate())
    elsewhere = SchoolFactory()

    first = actions.issue_missing(place=school.block, by=officer)
    code = code_of(school)
    second = actions.issue_missing(place=school.block, by=officer)

    assert (first, second) == (1, 0)
    assert code_of(school) == code
    for other in (joined, closed, elsewhere):
        assert not other.codes.exists()


def test_the_bulk_goes_on_batch_by_batch(school, officer, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for _number in range(4):
        SchoolFactory(block=school.block)

    assert actions.issue_missing(place=school.block, by=officer) == 5
    assert SchoolCode.objects.count() == 5
    events = AuditEvent.objects.filter(action="school_codes.issued")
    assert sorted(one.details["number"] for one in events) == [1, 2, 2]


def test_a_new_code_replaces_the_old_one(school, officer, codes):
    browser = browser_of(officer)
    browser.post(f"{codes}issue/")
    old = code_of(school)
    link = joins(browser_with_mail(), old)

    browser.post(f"/people/school/{school.udise_code}/code/again/")

    assert code_of(school) != old
    assert WRONG in text(browser_with_mail().post("/people/join/", {"code": old}))
    assert browser_with_mail().get(link).status_code == 404
    browser.post(f"/people/school/{school.udise_code}/code/withdraw/")
    assert not SchoolCode.objects.filter(SchoolCode.OPEN).exists()
    page = browser.post(f"/people/school/{school.udise_code}/code/withdraw/", follow=True)
    assert "There is no code to withdraw." in text(page)


def test_the_file_is_safe_in_a_spreadsheet(school, officer, codes):
    School.objects.filter(pk=school.pk).update(name='=HYPERLINK("x")')
    browser = browser_of(officer)
    browser.post(f"{codes}issue/")

    response = browser.get(f"{codes}file/")

    content = b"".join(response.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    assert content.startswith("\ufeff")
    assert rows[0][:4] == ["District", "Block", "UDISE code", "School"]
    assert rows[1][2:4] == [school.udise_code, '\'=HYPERLINK("x")']
    assert rows[1][4].replace(" ", "") == code_of(school)
    assert AuditEvent.objects.get(action="school_codes.shown").details == {"way": "file"}


def test_slips_are_printed_by_block_and_district_and_as_a_pdf(school, officer, codes):
    browser = browser_of(officer)
    browser.post(f"{codes}issue/")
    code = school_codes.spaced(code_of(school))

    page = text(browser.get(f"{codes}slips/"))
    one = text(browser.get(f"/people/school/{school.udise_code}/code/slip/"))
    pdf = browser.get(f"{codes}slips.pdf")

    assert code in page
    assert "testserver/people/join/" in page
    assert code in one
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    ways = AuditEvent.objects.filter(action="school_codes.shown").values_list("details__way", flat=True)
    assert sorted(ways) == ["pdf", "print", "print"]


def test_a_state_is_not_printed_at_once(school):
    admin = MembershipFactory(role=Role.STATE_ADMIN, school=None, state=school.state).user

    assert browser_of(admin).get(f"/people/places/state/{school.state_id}/codes/slips/").status_code == 404


def test_the_list_of_schools_is_searched_and_filtered(school, officer, codes):
    SchoolFactory(block=school.block, name="Blue Hill School", joined_at=timezone.now())
    browser = browser_of(officer)

    joined = text(browser.get(f"{codes}?joined=joined"))
    found = text(browser.get(f"{codes}?words=green"))
    by_code = text(browser.get(f"{codes}?words={school.udise_code}"))

    assert ("Blue Hill School" in joined, "Green Valley School" in joined) == (True, False)
    assert ("Blue Hill School" in found, "Green Valley School" in found) == (False, True)
    assert ("Blue Hill School" in by_code, "Green Valley School" in by_code) == (False, True)


def withdrawn(code):
    code.withdrawn_at = timezone.now()


def used(code):
    code.used_at = timezone.now()


def over(code):
    code.expires_at = timezone.now()


@pytest.mark.parametrize("change", [withdrawn, used, over])
def test_codes_that_do_not_work_are_answered_alike(school, officer, change):
    actions.issue_missing(place=school.block, by=officer)
    code = SchoolCode.objects.get()
    change(code)
    code.save()
    browser = browser_with_mail()
    form = {"name": "Hema", "email": "hema@example.org"}

    dead = browser.post("/people/join/", form | {"code": code_of_any(code)})
    forged = browser.post("/people/join/", form | {"code": "0000000000"})

    assert WRONG in text(dead)
    assert WRONG in text(forged)
    assert WrongCode.objects.count() == 2
    assert not mail.outbox


def code_of_any(code):
    return school_codes.unseal(code.sealed)


def test_wrong_codes_are_slowed_down(school, officer):
    actions.issue_missing(place=school.block, by=officer)
    browser = browser_with_mail()
    for _time in range(100):
        browser.post("/people/join/", {"code": "0000000000"})

    page = browser.post("/people/join/", {"code": code_of(school)})

    assert WRONG in text(page)
    assert WrongCode.objects.count() == 100


def test_one_address_gets_three_messages_from_strangers_a_day(school, officer):
    actions.issue_missing(place=school.block, by=officer)
    browser = browser_with_mail()
    form = {"code": code_of(school), "name": "Hema", "email": "hema@example.org"}
    for _time in range(3):
        browser.post("/people/join/", form)

    page = text(browser.post("/people/join/", form))

    assert "This address has had several messages today." in page
    assert 'value="hema@example.org"' in page
    assert len(mail.outbox) == 3


def test_what_is_said_does_not_depend_on_an_account(school, officer):
    actions.issue_missing(place=school.block, by=officer)
    StaffFactory(email="known@example.org")
    form = {"code": code_of(school), "name": "Hema"}

    got = [
        browser_with_mail().post("/people/join/", form | {"email": email}).url
        for email in ("known@example.org", "unknown@example.org")
    ]

    assert got == ["/people/sent/", "/people/sent/"]
    bodies = [one.body.splitlines()[:3] for one in mail.outbox]
    assert bodies[0] == bodies[1]


def test_a_teacher_joins_with_the_staff_code_and_waits_for_the_head(school):
    head = head_of(school)
    boss, guest = browser_with_mail(head), browser_with_mail()
    page = f"/people/school/{school.udise_code}/"

    boss.post(f"{page}staff-code/", {"days": 30})
    code = code_of(school, "staff")
    asked = text(guest.post("/people/join/", {"code": code}))
    link = joins(guest, code, "tara@example.org")
    guest.post(link, ACCOUNT | {"name": "Tara Teacher"})
    waits = text(guest.get("/start/", follow=True))
    closed = guest.get(f"/school/{school.udise_code}/").status_code
    request = JoinRequest.objects.get()
    guest_tries = guest.post(f"/people/requests/{request.pk}/", {"answer": "yes"}).status_code
    seen = text(boss.get(page))
    boss.post(f"/people/requests/{request.pk}/", {"answer": "yes"})

    assert school_codes.spaced(code) in seen
    assert "you ask to teach at this school" in asked
    assert "Teacher, <bdi>Green Valley School</bdi>" in waits
    assert "It waits for the word of the school&#x27;s head." in waits
    assert (closed, guest_tries) == (404, 404)
    assert "Tara Teacher" in seen
    assert guest.get("/start/").url == "/teach/"
    assert mail.outbox[-1].subject == "Your request is approved"
    assert mail.outbox[-1].to == ["tara@example.org"]
    logged = list(AuditEvent.objects.values_list("action", flat=True))
    assert "join_request.made" in logged
    assert "join_request.approved" in logged
    assert SchoolCode.objects.get().used_at is None


def test_the_head_says_no_and_the_person_is_told(school):
    head, tara = head_of(school), StaffFactory(email="tara@example.org")
    link = joins(browser_with_mail(), staff_code(school, head), "tara@example.org")
    browser_with_mail(tara).post(link)
    request = JoinRequest.objects.get()

    page = browser_with_mail(head).post(f"/people/requests/{request.pk}/", {"answer": "no"}, follow=True)

    assert "is refused" in text(page)
    assert mail.outbox[-1].subject == "Your request was not approved"
    assert "Not approved" in text(browser_of(tara).get("/start/", follow=True))
    assert not tara.memberships.exists()
    with pytest.raises(ValidationError):
        join_requests.decide(request=request, is_approved=True, by=head)


def test_a_teacher_of_the_school_cannot_approve(school):
    link = joins(browser_with_mail(), staff_code(school, head_of(school)), "tara@example.org")
    browser_with_mail().post(link, ACCOUNT)
    request = JoinRequest.objects.get()
    colleague, stranger = head_of(school, Role.TEACHER), head_of(SchoolFactory())

    got = [
        browser_of(one).post(f"/people/requests/{request.pk}/", {"answer": "yes"}).status_code
        for one in (colleague, stranger)
    ]

    assert got == [403, 404]
    assert not Membership.objects.filter(user=request.user).exists()


def test_a_staff_code_ends_after_its_days(school):
    code = staff_code(school, head_of(school), days=7)

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert WRONG in text(browser_with_mail().post("/people/join/", {"code": code}))
    assert "ask to teach" in text(browser_with_mail().post("/people/join/", {"code": code}))


@pytest.mark.parametrize("days", ["", "8", "365", "x"])
def test_a_staff_code_lasts_7_or_30_days(school, days):
    browser = browser_of(head_of(school))

    page = browser.post(f"/people/school/{school.udise_code}/staff-code/", {"days": days}, follow=True)

    assert "Choose 7 or 30 days." in text(page)
    assert not school.codes.exists()


def test_a_head_s_code_is_not_the_head_s_and_the_staff_s_not_the_official_s(school, officer):
    head = browser_of(head_of(school))
    page = f"/people/school/{school.udise_code}/"

    head_got = [head.post(f"{page}{path}").status_code for path in ("code/again/", "code/withdraw/")]
    head_got.append(head.get(f"{page}code/slip/").status_code)
    official_got = browser_of(officer).post(f"{page}staff-code/", {"days": 7}).status_code
    other_got = browser_of(head_of(SchoolFactory())).post(f"{page}staff-code/withdraw/").status_code

    assert head_got == [403, 403, 403]
    assert (official_got, other_got) == (403, 404)


def asks(browser, school, **changes):
    form = {
        "udise_code": school.udise_code,
        "name": "Hema",
        "email": "hema@example.org",
        "post": "Head teacher",
    }
    return browser.post("/people/ask/", form | changes)


@pytest.fixture
def department(school):
    return Department.objects.create(state=school.state, name="D", status=Department.Status.APPROVED)


@pytest.mark.usefixtures("department")
def test_a_school_without_a_code_asks_and_an_official_approves(school, officer):
    guest, official = browser_with_mail(), browser_with_mail(officer)

    asked = asks(guest, school)
    nobody_yet = text(official.get(f"/people/places/block/{school.block_id}/requests/"))
    guest.post(newest_link(), ACCOUNT)
    waits = text(guest.get("/start/", follow=True))
    listed = text(official.get(f"/people/places/block/{school.block_id}/requests/"))
    official.post(f"/people/requests/{JoinRequest.objects.get().pk}/", {"answer": "yes"})

    assert asked.url == "/people/sent/"
    assert "Nobody waits" in nobody_yet
    assert "It waits for the word of your block, district or state office." in waits
    assert "Hema Head" in listed
    assert "Head teacher" in listed
    school.refresh_from_db()
    assert school.joined_at is not None
    assert guest.get("/start/").url == "/school/"


@pytest.mark.usefixtures("department")
def test_a_request_is_seen_in_its_own_block_only(school, officer):
    other = SchoolFactory(block__district=school.district)
    elsewhere = MembershipFactory(role=Role.BLOCK_OFFICIAL, school=None, block=other.block).user
    guest = browser_with_mail()
    asks(guest, school)
    guest.post(newest_link(), ACCOUNT)
    request = JoinRequest.objects.get()

    assert "Nobody waits" in text(
        browser_of(elsewhere).get(f"/people/places/block/{other.block_id}/requests/")
    )
    assert browser_of(elsewhere).post(f"/people/requests/{request.pk}/", {"answer": "yes"}).status_code == 404
    with pytest.raises(PermissionDenied):
        join_requests.decide(request=request, is_approved=True, by=elsewhere)


@pytest.mark.usefixtures("department")
def test_an_official_cannot_make_themselves_head(school, officer):
    browser = browser_with_mail(officer)
    asks(browser, school, email=officer.email)
    browser.post(newest_link())
    request = JoinRequest.objects.get()

    page = browser.post(f"/people/requests/{request.pk}/", {"answer": "yes"}, follow=True)

    assert "You cannot approve your own request." in text(page)
    assert not Membership.objects.filter(role=Role.HEAD).exists()


@pytest.mark.usefixtures("department")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"udise_code": "99999999999"}, "No open school in the list has this code."),
        ({"udise_code": "123"}, "A UDISE code has exactly 11 digits."),
        ({"email": "nonsense"}, "Enter a valid email address."),
        ({"post": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(school, changes, words):
    page = text(asks(browser_with_mail(), school, **changes))

    assert words in page
    assert 'value="Hema"' in page
    assert not mail.outbox


def test_without_a_department_nobody_could_say_yes(school):
    assert "The department of this state has not signed up yet" in text(asks(browser_with_mail(), school))


@pytest.mark.usefixtures("department")
def test_one_place_asks_so_often_a_day(school):
    browser = browser_with_mail()
    for number in range(30):
        asks(browser, school, email=f"person{number}@example.net")

    page = text(asks(browser, school, email="one.more@example.net"))

    assert "There were very many requests from here today." in page
    assert len(mail.outbox) == 30
