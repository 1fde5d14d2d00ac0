"""The demonstration's people came when its story says, not all of them today."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.demo.people import People
from schools.demo.seed import seed
from schools.models import AdoptionCell, Classroom, Enrolment, PlannedModule, WholeClassSession
from schools.queries import classes
from tests.factories import ManagementFactory, SchoolCategoryFactory
from tests.schools.lessons import make_module
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db


def test_students_came_before_the_notice_and_the_modules():
    SchoolCategoryFactory(code=4)
    ManagementFactory(code=1)
    make_module("Firm", is_sensitive=True)
    make_module("Plain")

    seed(People())

    assert Enrolment.objects.count() == 300
    assert not Enrolment.objects.filter(joined_on__gt=timezone.localdate() - timedelta(days=40)).exists()
    assert not [room for room in Classroom.objects.all() if classes.late_count(room)]
    given = Classroom.objects.filter(assignments__isnull=False).first()
    assert "joined on" not in text(browser_of(given.teachers.get()).get(f"/teach/classes/{given.pk}/"))


def test_some_classes_were_taught_on_one_screen_and_the_state_has_a_plan():
    SchoolCategoryFactory(code=4)
    ManagementFactory(code=1)
    make_module("Firm", is_sensitive=True)
    make_module("Plain")

    seed(People())

    taught = WholeClassSession.objects.all()
    assert taught.exists()
    assert all(one.ended_at and one.headcount <= one.enrolled and one.tallies for one in taught)
    assert AdoptionCell.objects.filter(classes_delivered__gt=0).exists()
    assert set(PlannedModule.objects.values_list("class_level", flat=True)) == {6, 7, 8}
