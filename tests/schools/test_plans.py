"""The state's plan: its lines, their copy into the next year, and the day that teachers are told."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from cms.core import content_version
from cms.core.models import AuditEvent
from schools.actions import plans as actions
from schools.models import Department, PlannedModule, Role
from schools.queries import plans
from tests.factories import ClassroomFactory, MembershipFactory, SchoolFactory, teacher_of
from tests.schools.lessons import make_module
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db
AUGUST = datetime(2026, 8, 10, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def august():
    with time_machine.travel(AUGUST, tick=False):
        yield


@pytest.fixture
def module():
    return make_module("Chats")


@pytest.fixture
def department():
    return Department.objects.create(state=SchoolFactory().state, name="Department", status="approved")


@pytest.fixture
def administrator(department):
    return MembershipFactory(role=Role.STATE_ADMIN, state=department.state).user


@pytest.fixture
def browser(administrator):
    return browser_of(administrator)


def add(department, module, by, **changes):
    line = {
        "academic_year": "2026-27",
        "class_level": 7,
        "module_key": module.translation_key,
        "due_on": date(2026, 9, 15),
    }
    return actions.add(department=department, by=by, **line | changes)


def plan_url(department, year="2026-27"):
    return f"/state/{department.state.code}/plan/?year={year}"


def test_a_line_is_added_changed_and_removed(browser, department, module):
    written = {"module": f"7:{module.translation_key}", "due_on": "2026-09-15", "year": "2026-27"}
    added = text(browser.post(plan_url(department), written, follow=True))
    line = PlannedModule.objects.get()
    address = f"/state/{department.state.code}/plan/{line.pk}/"

    changed = text(browser.post(address, {"due_on": "2026-10-01"}, follow=True))
    removed = text(browser.post(f"{address}remove/", follow=True))

    assert "The line stands in the plan." in added
    assert "15 September 2026" in added
    assert "1 October 2026" in changed
    assert "This year has no plan yet." in removed
    assert list(
        AuditEvent.objects.filter(action__startswith="plan.").order_by("pk").values_list("action", flat=True)
    ) == [
        "plan.line_added",
        "plan.line_changed",
        "plan.line_removed",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"class_level": 13}, "This module is not for this class."),
        ({"class_level": 0}, "This module is not for this class."),
        ({"class_level": 9}, "This module is not for this class."),
        ({"due_on": date(2026, 3, 31)}, "This day is not in that school year."),
        ({"due_on": date(2027, 4, 1)}, "This day is not in that school year."),
    ],
)
def test_a_line_fits_its_class_and_its_year(department, administrator, module, changes, words):
    with pytest.raises(ValidationError, match=words):
        add(department, module, administrator, **changes)

    assert not PlannedModule.objects.exists()


@pytest.mark.parametrize(
    "module_field", ["13:{key}", "9:{key}", "7:00000000-0000-0000-0000-000000000000", "seven:{key}", ""]
)
def test_a_strange_choice_is_refused_and_the_day_kept(browser, department, module, module_field):
    written = {"module": module_field.format(key=module.translation_key), "due_on": "2026-09-15"}

    page = text(browser.post(plan_url(department), written))

    assert "field--error" in page
    assert 'value="2026-09-15"' in page
    assert not PlannedModule.objects.exists()


def test_a_module_stands_once_for_a_class(browser, department, administrator, module):
    add(department, module, administrator)
    written = {"module": f"7:{module.translation_key}", "due_on": "2026-10-01"}

    page = text(browser.post(plan_url(department), written))

    assert "The plan has this module for this class already." in page
    assert PlannedModule.objects.get().due_on == date(2026, 9, 15)


def test_an_unknown_year_is_not_there(browser, department):
    assert browser.get(plan_url(department, "1999-00")).status_code == 404
    assert browser.get(plan_url(department, "2027-28")).status_code == 200


def test_another_states_lines_are_not_there(department, administrator, module):
    line = add(department, module, administrator)
    other = Department.objects.create(state=SchoolFactory().state, name="Other", status="approved")
    browser = browser_of(MembershipFactory(role=Role.STATE_ADMIN, state=other.state).user)

    by_own_code = browser.post(f"/state/{other.state.code}/plan/{line.pk}/remove/")
    by_its_code = browser.post(f"/state/{department.state.code}/plan/{line.pk}/remove/")

    assert (by_own_code.status_code, by_its_code.status_code) == (404, 404)
    assert PlannedModule.objects.filter(pk=line.pk).exists()


def test_only_the_states_administrator_plans(department, module):
    official = MembershipFactory(role=Role.STATE_OFFICIAL, state=department.state).user

    with pytest.raises(PermissionDenied):
        add(department, module, official)


def test_last_years_plan_is_copied_a_year_later(browser, department, administrator, module):
    gone, other = make_module("Gone"), make_module("Other")
    for one, level in ((module, 6), (module, 7), (gone, 7), (other, 8)):
        add(
            department,
            one,
            administrator,
            academic_year="2025-26",
            class_level=level,
            due_on=date(2025, 9, 15),
        )
    add(department, module, administrator, due_on=date(2026, 12, 1))
    gone.unpublish()
    content_version.bump()

    offered = text(browser.get(plan_url(department)))
    copied = text(
        browser.post(f"/state/{department.state.code}/plan/copy/", {"year": "2026-27"}, follow=True)
    )

    lines = plans.plan_of(department.state, "2026-27")
    assert "Copy the plan of 2025-26" in offered
    assert "2 lines were copied." in copied
    assert [(line.class_level, line.due_on) for line in lines] == [
        (6, date(2026, 9, 15)),
        (7, date(2026, 12, 1)),
        (8, date(2026, 9, 15)),
    ]
    assert AuditEvent.objects.get(action="plan.copied").details == {"academic_year": "2026-27", "lines": 2}


def test_a_leap_day_becomes_the_28th(department, administrator, module):
    add(department, module, administrator, academic_year="2027-28", due_on=date(2028, 2, 29))

    actions.copy_from_year_before(department=department, academic_year="2028-29", by=administrator)

    assert PlannedModule.objects.get(academic_year="2028-29").due_on == date(2029, 2, 28)


def test_lines_due_are_those_of_the_running_year_whose_day_has_come(department, administrator, module):
    add(department, module, administrator, academic_year="2025-26", due_on=date(2025, 9, 15))
    due = add(department, module, administrator, class_level=6, due_on=date(2026, 8, 10))
    add(department, module, administrator, class_level=7, due_on=date(2026, 8, 11))

    assert plans.lines_due(department.state) == [due]
    assert plans.lines_due(SchoolFactory().state) == []


def test_a_teacher_is_told_the_states_day_and_it_is_proposed(department, administrator, module):
    school = SchoolFactory(block__district__state=department.state)
    room = ClassroomFactory(school=school, class_level=7)
    add(department, module, administrator)
    browser = browser_of(teacher_of(room))

    page = text(browser.get(f"/teach/classes/{room.pk}/modules/{module.translation_key}/"))

    assert "Your state plans this module for class 7 by 15 September." in page
    assert 'value="2026-09-15"' in page


def test_a_day_that_has_passed_is_told_but_not_proposed(department, administrator, module):
    school = SchoolFactory(block__district__state=department.state)
    room = ClassroomFactory(school=school, class_level=7)
    add(department, module, administrator, due_on=date(2026, 7, 1))
    browser = browser_of(teacher_of(room))

    page = text(browser.get(f"/teach/classes/{room.pk}/modules/{module.translation_key}/"))

    assert "by 1 July." in page
    assert 'value="2026-07-01"' not in page


def test_a_class_outside_the_plan_is_told_nothing(department, administrator, module):
    add(department, module, administrator)
    room = ClassroomFactory(class_level=7)
    browser = browser_of(teacher_of(room))

    page = text(browser.get(f"/teach/classes/{room.pk}/modules/{module.translation_key}/"))

    assert "Your state plans" not in page


def test_the_plan_costs_the_same_for_one_line_and_for_many(
    browser, department, administrator, module, django_assert_max_num_queries
):
    browser.get(plan_url(department))
    for number in range(10):
        add(department, make_module(f"More {number}"), administrator, due_on=timezone.localdate())
    browser.get(plan_url(department))

    with django_assert_max_num_queries(12):
        page = browser.get(plan_url(department))

    assert "More 9" in text(page)
