"""Who may give and end which role: every role against every role, at its own place, written out."""

import pytest
from django.contrib.auth.models import AnonymousUser

from schools.authorization.policy import may_name
from schools.models import Department, Role
from schools.models.people import PLACE_OF_ROLE
from tests.factories import MembershipFactory, SchoolFactory, StaffFactory, StudentFactory

pytestmark = pytest.mark.django_db

TABLE = """
#                   state-admin state-official district-official block-official head safety-lead teacher
state-admin                 yes            yes               yes            yes  yes           -       -
state-official                -              -                 -              -    -           -       -
district-official             -              -                 -            yes  yes           -       -
block-official                -              -                 -              -  yes           -       -
head                          -              -                 -              -    -         yes     yes
safety-lead                   -              -                 -              -    -           -       -
teacher                       -              -                 -              -    -           -       -
"""
"""A row a role that is held, a column a role that is given."""


def expected():
    lines = [line.split() for line in TABLE.strip().splitlines()]
    columns = lines[0][1:]
    return {
        row[0]: {name for name, word in zip(columns, row[1:], strict=True) if word == "yes"}
        for row in lines[1:]
    }


def place(role, school):
    kind = PLACE_OF_ROLE[Role(role)]
    return school if kind == "school" else getattr(school, kind)


def holder(role, school):
    fields = {"school": None} | {PLACE_OF_ROLE[Role(role)]: place(role, school)}
    return MembershipFactory(role=role, **fields).user


def named(user, school):
    return {str(role.value) for role in Role if may_name(user, role, place(role, school))}


def test_the_table_has_every_role():
    assert expected().keys() == set(Role.values)


@pytest.mark.parametrize("role", Role.values)
def test_at_their_place_and_below(role):
    school = SchoolFactory()

    assert named(holder(role, school), school) == expected()[role]


@pytest.mark.parametrize("role", Role.values)
def test_nobody_names_anyone_elsewhere(role):
    assert named(holder(role, SchoolFactory()), SchoolFactory()) == set()


def test_beside_and_above_is_elsewhere():
    school = SchoolFactory()
    beside = SchoolFactory(block__district=school.district)
    officer = holder(Role.BLOCK_OFFICIAL, school)

    assert may_name(officer, Role.HEAD, school)
    assert not may_name(officer, Role.HEAD, beside)
    assert not may_name(holder(Role.DISTRICT_OFFICIAL, school), Role.STATE_ADMIN, school.state)


def test_a_role_fits_its_kind_of_place_only():
    school = SchoolFactory()
    admin = holder(Role.STATE_ADMIN, school)

    assert not may_name(admin, Role.HEAD, school.state)
    assert not may_name(admin, Role.STATE_ADMIN, school)
    assert not may_name(admin, Role.BLOCK_OFFICIAL, school.district)


def test_roles_that_sleep_name_nobody():
    school = SchoolFactory()
    without = MembershipFactory(
        role=Role.STATE_ADMIN, state=school.state, school=None, has_second_factor=False
    ).user
    suspended = holder(Role.STATE_ADMIN, school)
    assert may_name(suspended, Role.HEAD, school)
    Department.objects.create(state=school.state, name="D", status=Department.Status.SUSPENDED)

    assert named(without, school) == set()
    assert named(suspended, school) == set()


def test_strangers_students_and_the_operator_name_nobody():
    school = SchoolFactory()

    for user in (AnonymousUser(), StudentFactory(), StaffFactory(), StaffFactory(is_superuser=True)):
        assert named(user, school) == set()
