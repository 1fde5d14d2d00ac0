"""Inviting to a role by e-mail, and taking it up, through the front door."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.utils import timezone

from cms.core.models import AuditEvent
from cms.users.models import User
from schools.actions import invitations
from schools.actions.invitations import InvitationClosedError
from schools.models import Department, Invitation, Membership, Role, School
from schools.models.scopes import active_roles
from tests.factories import (
    BlockFactory,
    DistrictFactory,
    MembershipFactory,
    SchoolFactory,
    StaffFactory,
    StateFactory,
    give_second_factor,
)
from tests.schools.mail import browser_with_mail, newest_link
from tests.schools.staff import head_of, text

pytestmark = pytest.mark.django_db

PASSWORD = "four quiet green lamps"
ACCOUNT = {"name": "Meena Das", "password1": PASSWORD, "password2": PASSWORD}
CLOSED = "This link does not work"


def official(role, **place):
    return MembershipFactory(role=role, school=None, **place).user


@pytest.fixture
def state():
    return StateFactory()


@pytest.fixture
def district(state):
    return DistrictFactory(state=state)


@pytest.fixture
def admin(state):
    return official(Role.STATE_ADMIN, state=state)


def form(**changes):
    return {"name": "Meena", "email": "Meena@Example.org", "language": "en"} | changes


def offer(place, by, role=Role.DISTRICT_OFFICIAL, email="meena@example.org", **more):
    """An open invitation, and the link to it."""
    more = {"name": "Meena", "origin": Invitation.Origin.NAMED, "language": "en"} | more
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = invitations.invite(email=email, role=role, place=place, by=by, **more)
    return made, newest_link()


def actions_logged():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_a_state_administrator_names_a_district_official_who_makes_an_account(admin, district):
    boss, guest = browser_with_mail(admin), browser_with_mail()

    page = boss.post(
        f"/people/places/district/{district.pk}/invite/", form(role=Role.DISTRICT_OFFICIAL), follow=True
    )
    link = newest_link()
    shown = text(guest.get(link))
    done = guest.post(link, ACCOUNT)

    assert "A message with a link is on its way to meena@example.org." in text(page)
    assert mail.outbox[0].to == ["meena@example.org"]
    assert f"District official, {district}" in mail.outbox[0].body
    assert str(admin) in shown
    assert "District official" in shown
    assert done.url == "/start/"
    person = User.objects.get(email="meena@example.org")
    assert guest.session["_auth_user_id"] == str(person.pk)
    assert person.check_password(PASSWORD)
    assert person.memberships.get().place == district
    assert EmailAddress.objects.get(user=person).verified
    assert actions_logged() == [
        "invitation.sent",
        "account.created",
        "invitation.accepted",
        "membership.added",
    ]


def test_an_official_sees_nothing_before_the_second_step(admin, district):
    _made, link = offer(district, admin)
    guest = browser_with_mail()
    guest.post(link, ACCOUNT)
    person = User.objects.get(email="meena@example.org")

    assert guest.get(f"/people/places/district/{district.pk}/").url == "/start/second-step/"
    give_second_factor(person)
    assert guest.get(f"/people/places/district/{district.pk}/").status_code == 200


def test_only_a_digest_of_the_link_is_kept(admin, district):
    made, link = offer(district, admin)

    token = link.split("/")[3]

    assert len(token) == 43  # 256 bits
    assert token not in str(Invitation.objects.filter(pk=made.pk).values().get())


def test_somebody_with_an_account_signs_in_first_and_presses_one_button(admin, district):
    person = StaffFactory(email="meena@example.org")
    _made, link = offer(district, admin, email="MEENA@example.org")
    guest = browser_with_mail()

    before = text(guest.get(link))
    signed_in = guest.post(
        f"/accounts/login/?next={link}", {"login": person.email, "password": "correct horse battery"}
    )
    page = text(guest.get(link))
    guest.post(link)

    assert "Sign in as <bdi>meena@example.org</bdi> first." in before
    assert "password1" not in before
    assert signed_in.url == link
    assert "Accept" in page
    assert person.memberships.get().role == Role.DISTRICT_OFFICIAL
    assert User.objects.filter(email="meena@example.org").count() == 1


def test_posting_an_account_for_an_address_that_has_one_gives_nothing(admin, district):
    person = StaffFactory(email="meena@example.org")
    _made, link = offer(district, admin)

    page = browser_with_mail().post(link, ACCOUNT)

    assert "Sign in as" in text(page)
    assert not person.memberships.exists()
    assert not User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_somebody_else_is_told_so_and_gets_nothing(admin, district):
    other = head_of(SchoolFactory(), email="other@example.org")
    _made, link = offer(district, admin)
    browser = browser_with_mail(other)

    page = text(browser.get(link))
    browser.post(link)

    assert "You are signed in as other@example.org, but this link is for another address." in page
    assert other.memberships.count() == 1
    assert Invitation.objects.get().is_open


def expired(made):
    Invitation.objects.filter(pk=made.pk).update(expires_at=timezone.now())


def withdrawn(made):
    Invitation.objects.filter(pk=made.pk).update(withdrawn_at=timezone.now())


def giver_left(made):
    Membership.objects.filter(user=made.invited_by).update(ended_at=timezone.now())


def state_suspended(made):
    Department.objects.create(state=made.district.state, name="D", status=Department.Status.SUSPENDED)


def without(response, address):
    """The page without its own address, to which the links of other languages lead back."""
    return text(response).replace(quote(address, safe=""), "")


@pytest.mark.parametrize("change", [expired, withdrawn, giver_left, state_suspended])
@pytest.mark.parametrize("has_account", [True, False])
def test_links_that_do_not_work_are_answered_alike(admin, district, change, has_account):
    made, link = offer(district, admin)
    if has_account:
        StaffFactory(email="meena@example.org")
    change(made)
    browser = browser_with_mail()

    dead, forged = browser.get(link), browser.get("/people/invitation/forged/")

    assert CLOSED in text(dead)
    assert without(dead, link) == without(forged, "/people/invitation/forged/")
    assert dead.status_code == forged.status_code == 404
    assert browser.post(link, ACCOUNT).status_code == 404
    assert not Membership.objects.filter(user__email="meena@example.org").exists()


def test_a_used_link_works_for_nobody_and_leads_its_owner_on(admin, district):
    _made, link = offer(district, admin)
    guest = browser_with_mail()
    guest.post(link, ACCOUNT)

    assert CLOSED in text(browser_with_mail().get(link))
    give_second_factor(User.objects.get(email="meena@example.org"))
    assert guest.get(link).url == "/start/"
    assert Membership.objects.filter(user__email="meena@example.org").count() == 1


def test_of_two_acceptances_one_wins(admin, district):
    """Both have opened the page; the second press finds the link used."""
    person = StaffFactory(email="meena@example.org")
    _made, link = offer(district, admin)
    token = link.split("/")[3]

    invitations.accept(token=token, by=person)

    with pytest.raises(InvitationClosedError):
        invitations.accept(token=token, by=person)
    assert person.memberships.count() == 1


def test_a_link_works_for_fourteen_days(admin, district):
    _made, link = offer(district, admin)
    browser = browser_with_mail()

    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert browser.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=14, hours=1)):
        assert browser.get(link).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password2": "something else here"}, "The two passwords are not the same."),
        ({"password1": "123456789012", "password2": "123456789012"}, "entirely numeric"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_weak_account_is_refused_and_the_name_is_kept(admin, district, changes, words):
    _made, link = offer(district, admin)

    page = text(browser_with_mail().post(link, ACCOUNT | changes))

    assert words in page
    assert changes.get("name", "Meena Das") in page
    assert not User.objects.filter(email="meena@example.org").exists()
    assert Invitation.objects.get().is_open


def test_inviting_again_replaces_the_open_invitation(admin, district):
    first, old = offer(district, admin)

    second, new = offer(district, admin, email="Meena@Example.ORG")

    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert browser_with_mail().get(old).status_code == 404
    assert browser_with_mail().get(new).status_code == 200
    assert Invitation.objects.filter(Invitation.OPEN).get() == second


def test_resending_and_withdrawing_from_the_list(admin, state, district):
    made, old = offer(district, admin)
    boss = browser_with_mail(admin)
    listed = f"/people/places/state/{state.pk}/?show=invited"

    assert "meena@example.org" in text(boss.get(listed))
    boss.post(f"/people/invitations/{made.pk}/again/")
    fresh = Invitation.objects.filter(Invitation.OPEN).get()
    assert (old != newest_link(), browser_with_mail().get(old).status_code) == (True, 404)
    boss.post(f"/people/invitations/{fresh.pk}/withdraw/")

    assert browser_with_mail().get(newest_link()).status_code == 404
    assert "Nobody here" in text(boss.get(listed))
    assert "invitation.withdrawn" in actions_logged()
    page = boss.post(f"/people/invitations/{fresh.pk}/withdraw/", follow=True)
    assert "This invitation is not open any more." in text(page)


def test_a_message_is_in_the_reader_s_language(admin, district):
    offer(district, admin, language="hi")

    assert "/people/invitation/" in mail.outbox[0].body
    assert Invitation.objects.get().language == "hi"


def test_an_address_gets_so_many_messages_a_day(admin, district):
    for _time in range(10):
        offer(district, admin)

    page = browser_with_mail(admin).post(
        f"/people/places/district/{district.pk}/invite/", form(role=Role.DISTRICT_OFFICIAL)
    )

    assert "This address has had several messages today." in text(page)
    assert 'value="Meena@Example.org"' in text(page)
    assert len(mail.outbox) == 10


def test_nobody_names_themselves(admin, district):
    with pytest.raises(ValidationError):
        offer(district, admin, email=admin.email.upper())


def test_a_closed_school_takes_nobody(admin, state):
    school = SchoolFactory(block__district__state=state)
    _made, link = offer(school, admin, Role.HEAD)
    School.objects.update(closed_on=timezone.localdate())
    school.refresh_from_db()

    with pytest.raises(ValidationError):
        offer(school, admin, Role.HEAD, email="another@example.org")
    assert browser_with_mail().post(link, ACCOUNT).status_code == 404


def test_the_operator_invites_a_state_s_first_administrator_and_nobody_else(state, district):
    operator = StaffFactory(is_superuser=True)

    _made, link = offer(state, operator, Role.STATE_ADMIN, origin=Invitation.Origin.SIGN_UP)
    browser_with_mail().post(link, ACCOUNT)

    assert Membership.objects.get().role == Role.STATE_ADMIN
    for role, place, origin in (
        (Role.STATE_ADMIN, state, "named"),
        (Role.DISTRICT_OFFICIAL, district, "sign-up"),
        (Role.DISTRICT_OFFICIAL, district, "named"),
        (Role.STATE_ADMIN, state, "school-code"),
    ):
        with pytest.raises(PermissionDenied):
            offer(place, operator, role, origin=origin)


def test_a_state_administrator_cannot_use_the_operator_s_way(admin, state):
    with pytest.raises(PermissionDenied):
        offer(state, admin, Role.STATE_ADMIN, origin=Invitation.Origin.SIGN_UP)


def test_forged_roles_and_places_are_refused(district):
    browser = browser_with_mail(official(Role.DISTRICT_OFFICIAL, district=district))
    elsewhere = BlockFactory()
    inside = BlockFactory(district=district)

    above = browser.post(f"/people/places/state/{district.state_id}/invite/", form(role=Role.STATE_ADMIN))
    other = browser.post(f"/people/places/block/{elsewhere.pk}/invite/", form(role=Role.BLOCK_OFFICIAL))
    own = browser.post(f"/people/places/district/{district.pk}/invite/", form(role=Role.DISTRICT_OFFICIAL))
    role = browser.post(f"/people/places/block/{inside.pk}/invite/", form(role=Role.STATE_ADMIN))
    nowhere = browser.post("/people/places/village/1/invite/", form(role=Role.STATE_ADMIN))

    assert (above.status_code, other.status_code, own.status_code, nowhere.status_code) == (
        404,
        404,
        403,
        404,
    )
    assert "Please look at this again." in text(role)
    assert not mail.outbox


def test_one_person_holds_roles_in_several_schools(admin, state):
    person = StaffFactory(email="meena@example.org")
    schools = [SchoolFactory(block__district__state=state) for _time in range(2)]
    browser = browser_with_mail(person)

    for school in schools:
        _made, link = offer(school, admin, Role.HEAD)
        browser.post(link)

    assert [one.place for one in active_roles(person).order_by("pk")] == schools
    assert all(str(school) in text(browser.get("/people/")) for school in schools)


def test_a_mail_server_that_is_away_is_said_and_undoes_nothing(admin, district, settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    boss = browser_with_mail(admin)

    boss.post(f"/people/places/district/{district.pk}/invite/", form(role=Role.DISTRICT_OFFICIAL))

    page = text(boss.get(f"/people/places/district/{district.pk}/?show=invited"))
    assert "The message has not left: please send it again" in page
