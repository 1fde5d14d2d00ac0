"""The lists of people, ending roles, and what each official sees of them."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import memberships, school_codes
from schools.models import Invitation, JoinRequest, Membership, Role
from tests.factories import (
    BlockFactory,
    ClassroomFactory,
    DistrictFactory,
    MembershipFactory,
    SchoolFactory,
    StaffFactory,
    teacher_of,
)
from tests.schools.mail import browser_with_mail
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return SchoolFactory()


def official(role, name="", **place):
    person = {"user": StaffFactory(name=name)} if name else {}
    return MembershipFactory(role=role, school=None, **place, **person).user


@pytest.fixture
def admin(school):
    return official(Role.STATE_ADMIN, state=school.state)


def test_a_state_administrator_sees_all_officials_and_filters_them(school, admin):
    official(Role.DISTRICT_OFFICIAL, "Dipa District", district=school.district)
    official(Role.BLOCK_OFFICIAL, "Bipin Block", block=school.block)
    official(Role.BLOCK_OFFICIAL, "Elsewhere Person", block=BlockFactory())
    head_of(school, name="Hema Head")
    page = f"/people/places/state/{school.state_id}/"

    everyone = text(browser_of(admin).get(page))
    blocks = text(browser_of(admin).get(f"{page}?level=block"))

    assert "Dipa District" in everyone
    assert "Bipin Block" in everyone
    assert "Elsewhere Person" not in everyone
    assert "Hema Head" not in everyone
    assert "Dipa District" not in blocks
    assert "Bipin Block" in blocks


def test_a_district_official_sees_own_blocks_officials(school):
    officer = official(Role.DISTRICT_OFFICIAL, district=school.district)
    official(Role.BLOCK_OFFICIAL, "Bipin Block", block=school.block)
    official(Role.STATE_ADMIN, "Sita State", state=school.state)

    page = text(browser_of(officer).get("/people/", follow=True))

    assert "Bipin Block" in page
    assert "Sita State" not in page
    assert "Places below" in page


def test_the_lists_have_pages(school, admin):
    for number in range(60):
        official(Role.BLOCK_OFFICIAL, f"Official {number:02}", block=school.block)
    address = f"/people/places/state/{school.state_id}/?level=block"

    first, second = (text(browser_of(admin).get(f"{address}&page={number}")) for number in (1, 2))

    assert "Official 00" in first
    assert "Official 59" not in first
    assert "Official 59" in second
    assert "level=block&amp;page=1" in second


def test_a_role_ends_after_a_second_question_and_stays_as_history(school, admin):
    officer = official(Role.DISTRICT_OFFICIAL, "Dipa District", district=school.district)
    held = officer.memberships.get()
    boss, them = browser_of(admin), browser_of(officer)
    page = f"/people/places/state/{school.state_id}/"
    assert them.get("/insights/").status_code == 302

    question = text(boss.get(f"/people/roles/{held.pk}/end/"))
    still_there = Membership.objects.get(pk=held.pk).ended_at
    boss.post(f"/people/roles/{held.pk}/end/")

    assert "End the role of <bdi>Dipa District</bdi>?" in question
    assert still_there is None
    assert "The role of Dipa District has ended." in text(boss.get(page))
    assert "Dipa District" not in text(boss.get(page))
    assert "Dipa District" in text(boss.get(f"{page}?show=ended"))
    assert them.get("/insights/").status_code == 403
    assert AuditEvent.objects.get(action="membership.ended").actor_id == admin.pk
    again = boss.post(f"/people/roles/{held.pk}/end/", follow=True)
    assert "This role has ended already." in text(again)


def test_a_state_keeps_one_administrator_who_can_sign_in(school, admin):
    held = admin.memberships.get()
    without = MembershipFactory(
        role=Role.STATE_ADMIN, state=school.state, school=None, has_second_factor=False
    )
    page = browser_of(admin).post(f"/people/roles/{held.pk}/end/", follow=True)

    assert "A state keeps one administrator who can sign in." in text(page)
    second = official(Role.STATE_ADMIN, state=school.state)
    browser_of(second).post(f"/people/roles/{held.pk}/end/")
    assert admin.memberships.get().ended_at is not None
    with pytest.raises(ValidationError):
        memberships.end(membership=second.memberships.get(), by=second)
    memberships.end(membership=second.memberships.get(), by=StaffFactory(is_superuser=True))
    assert Membership.objects.filter(ended_at=None, role=Role.STATE_ADMIN).get() == without


@pytest.mark.parametrize("method", ["get", "post"])
def test_roles_of_others_cannot_be_ended(school, method):
    officer = official(Role.DISTRICT_OFFICIAL, district=school.district)
    admin_role = official(Role.STATE_ADMIN, state=school.state).memberships.get()
    elsewhere = head_of(SchoolFactory()).memberships.get()
    teacher = head_of(school, Role.TEACHER).memberships.get()
    browser = browser_of(officer)

    got = [
        getattr(browser, method)(f"/people/roles/{one.pk}/end/").status_code
        for one in (admin_role, elsewhere, teacher, officer.memberships.get())
    ]

    assert got == [404, 404, 403, 403]
    assert not Membership.objects.filter(ended_at__isnull=False).exists()


def test_a_teacher_whose_role_ended_sees_nothing_of_the_school():
    classroom = ClassroomFactory()
    teacher, head = teacher_of(classroom), head_of(classroom.school)
    them = browser_of(teacher)
    assert them.get(f"/teach/classes/{classroom.pk}/").status_code == 200

    browser_of(head).post(f"/people/roles/{teacher.memberships.get().pk}/end/")

    assert them.get(f"/teach/classes/{classroom.pk}/").status_code == 404
    assert them.get(f"/school/{classroom.school.udise_code}/").status_code == 404
    page = text(browser_of(head).get(f"/people/school/{classroom.school.udise_code}/"))
    assert "Roles that have ended" in page
    assert str(teacher) in page


def test_an_official_sees_a_school_s_heads_and_none_of_its_teachers(school):
    head_of(school, name="Hema Head")
    head_of(school, Role.TEACHER, name="Tara Teacher")
    address = f"/people/school/{school.udise_code}/"

    seen_by_official = text(browser_of(official(Role.BLOCK_OFFICIAL, block=school.block)).get(address))
    seen_by_head = text(browser_of(head_of(school)).get(address))

    assert "Hema Head" in seen_by_official
    assert "Tara Teacher" not in seen_by_official
    assert "Hema Head" in seen_by_head
    assert "Tara Teacher" in seen_by_head


def test_the_head_names_a_teacher_and_the_safety_lead_only(school):
    browser = browser_with_mail(head_of(school))
    address = f"/people/school/{school.udise_code}/invite/"
    form = {"name": "Tara", "email": "tara@example.org", "language": "en"}

    page = browser.post(address, form | {"role": Role.HEAD})
    browser.post(address, form | {"role": Role.SAFETY_LEAD})

    assert "Select a valid choice." in text(page)
    assert school.invitations.get().role == Role.SAFETY_LEAD


def test_the_head_of_a_closed_school_names_nobody(school):
    head = head_of(school)
    school.closed_on = timezone.localdate()
    school.save()
    browser = browser_with_mail(head)
    form = {"name": "Tara", "email": "tara@example.org", "language": "en", "role": Role.TEACHER}

    page = browser.post(f"/people/school/{school.udise_code}/invite/", form)
    code = browser.post(f"/people/school/{school.udise_code}/staff-code/", {"days": 7}, follow=True)

    assert "This school is closed. Nobody can be given a role there." in text(page)
    assert "This school is closed." in text(code)
    assert not school.invitations.exists()
    assert not school.codes.exists()


def test_people_with_nothing_to_look_after_are_refused(school):
    for user in (head_of(school, Role.TEACHER), StaffFactory()):
        assert browser_of(user).get("/people/").status_code == 403


def cost(user, address):
    browser = browser_of(user)
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
    return len(captured)


def one_more_of_everything(school):
    """An official, a past one and an invited one; a head, a teacher, a request, an invitation, a school."""
    district = DistrictFactory(state=school.state)
    for place in ({"district": district}, {"block": school.block}):
        role = f"{next(iter(place))}-official"
        official(role, **place)
        MembershipFactory(role=role, school=None, ended_at=timezone.now(), **place)
        invited(role, **place)
    for role in (Role.HEAD, Role.TEACHER):
        head_of(school, role)
        MembershipFactory(role=role, school=school, ended_at=timezone.now())
        invited(role, school=school)
        JoinRequest.objects.create(user=StaffFactory(), role=role, school=school)
    SchoolFactory(block=school.block)
    BlockFactory(district=school.district)


def invited(role, **place):
    Invitation.objects.create(
        email=f"{uuid.uuid4().hex}@example.org",
        role=role,
        origin=Invitation.Origin.NAMED,
        token_digest=uuid.uuid4().hex,
        expires_at=timezone.now(),
        invited_by=StaffFactory(),
        **place,
    )


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("admin", "/people/places/state/{state}/", 10),
        ("admin", "/people/places/state/{state}/?show=invited", 10),
        ("admin", "/people/places/state/{state}/?show=ended", 10),
        ("admin", "/people/places/state/{state}/codes/", 10),
        ("admin", "/people/places/state/{state}/requests/", 9),
        ("admin", "/people/places/block/{block}/codes/slips/", 11),
        ("head", "/people/school/{udise}/", 14),
        ("admin", "/people/school/{udise}/", 13),
    ],
)
def test_a_list_costs_the_same_with_few_rows_and_with_many(school, admin, who, address, most):
    user = admin if who == "admin" else head_of(school)
    path = address.format(state=school.state_id, block=school.block_id, udise=school.udise_code)
    one_more_of_everything(school)

    few = cost(user, path)
    for _time in range(6):
        one_more_of_everything(school)
    school_codes.issue_missing(place=school.state, by=admin)
    many = cost(user, path)

    assert few == many <= most
