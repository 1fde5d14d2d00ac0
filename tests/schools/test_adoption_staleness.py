"""Every write that changes a figure marks its school, and no recount takes away a mark that it did not see."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from schools.actions import state_settings
from schools.actions.adoption import mark_many_stale, mark_stale, recompute_stale
from schools.models import AdoptionCell, Department, Role, StaleSchool
from tests import factories

pytestmark = pytest.mark.django_db


def marked():
    return set(StaleSchool.objects.values_list("school_id", flat=True))


def state_with_schools(number):
    block = factories.BlockFactory()
    schools = factories.SchoolFactory.create_batch(number, block=block)
    department = Department.objects.create(state=block.district.state, name="Department")
    official = factories.MembershipFactory(role=Role.STATE_ADMIN, state=department.state).user
    return department, official, {one.pk for one in schools}


@pytest.mark.parametrize("setting", [{"completion_percent": 70}, {"year_starts_in": 6}])
def test_what_a_state_sets_for_its_schools_marks_all_of_them_and_no_others(setting):
    department, official, schools = state_with_schools(3)
    factories.SchoolFactory()

    state_settings.change(department=department, by=official, **setting)

    assert marked() == schools


def test_a_setting_that_changes_no_figure_marks_none():
    department, official, _schools = state_with_schools(1)

    state_settings.change(department=department, by=official, grievance_contact="The office")

    assert not marked()


def test_many_marks_are_one_each_and_one_query(django_assert_num_queries):
    _department, _official, schools = state_with_schools(3)

    with django_assert_num_queries(1):
        mark_many_stale([*schools, *schools])

    assert marked() == schools


def test_a_write_during_a_recount_keeps_its_mark():
    """The write comes after the source rows were read: this recount does not have it."""
    school = factories.SchoolFactory()
    mark_stale(school.pk)
    StaleSchool.objects.update(since=timezone.now() - timedelta(minutes=1))
    late = []

    def write_late(execute, sql, params, many, context):
        if sql.startswith("DELETE") and "adoptioncell" in sql and not late:
            late.append(school.pk)
            mark_stale(school.pk)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write_late):
        recompute_stale()

    assert late
    assert marked() == {school.pk}
    recompute_stale()
    assert not marked()


def test_figures_made_from_nothing_tell_which_were_wrong(capsys):
    wrong, right = factories.ClassroomFactory(), factories.ClassroomFactory()
    mark_many_stale([wrong.school_id, right.school_id])
    recompute_stale()
    AdoptionCell.objects.filter(school=wrong.school).update(classes=7)

    call_command("rebuild_adoption")

    assert "2 schools counted, 1 had other figures before" in capsys.readouterr().out
    assert not AdoptionCell.objects.filter(classes=7).exists()
