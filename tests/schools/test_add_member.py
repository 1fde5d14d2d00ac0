"""The operator gives roles from the shell."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.core.models import AuditEvent
from cms.users.models import User
from schools.actions import memberships
from schools.models import Membership
from tests.factories import BlockFactory, MembershipFactory, SchoolFactory, StaffFactory

pytestmark = pytest.mark.django_db


def add(*arguments: str) -> str:
    out = StringIO()
    call_command("add_member", *arguments, stdout=out)
    return out.getvalue()


def test_a_new_head_gets_a_link_to_choose_a_password(client):
    school = SchoolFactory()

    said = add("Head@Example.org", "head", school.udise_code, "--name", "A. Head")

    link = next(word for word in said.split() if word.startswith("http"))
    assert client.get("/" + link.split("/", 3)[3], follow=True).status_code == 200
    membership = Membership.objects.get(user__email="head@example.org")
    assert (membership.role, membership.place) == ("head", school)
    assert AuditEvent.objects.filter(action="membership.added").count() == 1


def test_someone_who_has_a_password_gets_no_link_and_the_same_role_twice_is_one():
    user = StaffFactory()
    school = SchoolFactory()

    add(user.email, "teacher", school.udise_code)
    said = add(user.email, "teacher", school.udise_code)

    assert "http" not in said
    assert Membership.objects.filter(user=user).count() == 1


def test_officials_are_given_places_by_name():
    block = BlockFactory()
    state = block.district.state

    add("s@example.org", "state-official", state.code)
    add("d@example.org", "district-official", f"{state.code}/{block.district.name}")
    add("b@example.org", "block-official", f"{state.code}/{block.district.name}/{block.name}")

    places = {one.user.email: one.place for one in Membership.objects.all()}
    assert places == {"s@example.org": state, "d@example.org": block.district, "b@example.org": block}


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("head", "99999999999"),
        ("state-official", "IN-XX"),
        ("district-official", "IN-AS"),
        ("block-official", "IN-AS/Kamrup"),
    ],
)
def test_an_unknown_place_is_named_and_nobody_is_made(role, place):
    with pytest.raises(CommandError, match=place):
        add("x@example.org", role, place)

    assert not User.objects.filter(email="x@example.org").exists()


def test_what_is_not_an_e_mail_address_is_refused():
    with pytest.raises(CommandError, match="not an e-mail address"):
        add("nobody", "head", SchoolFactory().udise_code)


def test_an_ended_role_stays_as_history():
    membership = MembershipFactory()

    memberships.end(membership=membership, by=None)

    membership.refresh_from_db()
    assert membership.ended_at is not None
    assert AuditEvent.objects.filter(action="membership.ended").count() == 1
