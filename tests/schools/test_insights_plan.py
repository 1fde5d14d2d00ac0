"""Where a place stands against its state's plan: this week, a week before, and in step with the plan."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from schools.actions.release import make_release
from schools.models import Department, PlannedModule, Release, Role
from schools.queries.plan_standing import expected_by
from tests import factories
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, text
from tests.schools.study import study

pytestmark = pytest.mark.django_db
BEGINS = date(2026, 4, 1)
AUGUST = datetime(2026, 8, 10, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """Each release of a test may be made on a day of its own."""
    with time_machine.travel(AUGUST, tick=False) as traveller:
        yield traveller


@pytest.fixture
def block():
    return factories.BlockFactory()


@pytest.fixture
def module():
    return make_module("Chats")


@pytest.fixture
def department(block):
    return Department.objects.create(state=block.district.state, name="Department", status="approved")


@pytest.fixture
def official(block):
    return browser_of(
        factories.MembershipFactory(role=Role.STATE_OFFICIAL, school=None, state=block.district.state).user
    )


def addresses(block):
    state = f"/insights/{block.district.state.code}/"
    district = f"{state}{block.district_id}/"
    return [state, district, f"{district}blocks/{block.pk}/"]


def plan(department, module, due_on, **changes):
    line = {"academic_year": "2026-27", "class_level": 7, "module_key": module.translation_key}
    return PlannedModule.objects.create(department=department, due_on=due_on, **line | changes)


def teach(block, module, *, has_completed):
    """A school of the block with a class 7 that has the module."""
    classroom = factories.ClassroomFactory(school=factories.SchoolFactory(block=block), class_level=7)
    factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    enrolment = factories.EnrolmentFactory(classroom=classroom)
    for lesson in lessons_of(module) if has_completed else []:
        study(enrolment, lesson, module)
    return classroom.school


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 3, 1), 0),
        (date(2026, 4, 1), 0),
        (date(2026, 4, 2), 0),
        (date(2026, 5, 16), 20),
        (date(2026, 6, 29), 39),
        (date(2026, 6, 30), 40),
        (date(2026, 9, 1), 40),
    ],
)
def test_the_plan_goes_straight_from_the_first_day_of_the_year_to_its_own(on, expected):
    assert expected_by(on, 40, BEGINS, date(2026, 6, 30)) == expected


def test_a_plan_for_the_first_day_is_due_at_once():
    assert expected_by(BEGINS, 40, BEGINS, BEGINS) == 40


def test_state_district_and_block_read_their_schools_against_the_plan(official, department, block, module):
    plan(department, module, date(2026, 12, 10))  # 131 of 253 days have gone by
    for number in range(4):
        teach(block, module, has_completed=number < 1)
    make_release()

    pages = [text(official.get(address)) for address in addresses(block)]

    for page in pages:
        assert "0 of 1 line of the plan is in step." in page
        assert "Chats, class 7, by 10 December" in page
        assert "1 of 4 schools; 2 would be in step with the plan." in page
        assert "Behind the plan." in page


def test_a_school_reads_its_classes_against_the_plan(official, department, block, module):
    plan(department, module, date(2026, 9, 15))
    school = teach(block, module, has_completed=True)
    make_release()

    page = text(official.get(f"{addresses(block)[1]}{school.udise_code}/"))

    assert "1 of 1 line of the plan is in step." in page
    assert "1 of 1 class; 0 would be in step with the plan." in page
    assert "All have completed it." in page


def test_this_week_stands_beside_the_week_before(official, department, block, module, clock):
    plan(department, module, date(2026, 9, 15))
    teach(block, module, has_completed=True)
    make_release()
    clock.move_to(AUGUST + timedelta(days=8))
    teach(block, module, has_completed=True)
    make_release()

    page = text(official.get(addresses(block)[0]))

    assert "2 of 2 schools; 1 would be in step with the plan. A week before: 1." in page


def test_without_a_night_of_a_week_before_the_page_says_so(official, department, block, module, clock):
    plan(department, module, date(2026, 9, 15))
    teach(block, module, has_completed=True)
    make_release()
    clock.move_to(AUGUST + timedelta(days=6))
    make_release()

    page = text(official.get(addresses(block)[0]))

    assert "There are no figures of a week before." in page
    assert Release.objects.count() == 2


def test_a_line_whose_day_has_passed_is_told_calmly(official, department, block, module):
    plan(department, module, date(2026, 8, 1))
    teach(block, module, has_completed=False)
    teach(block, module, has_completed=True)
    make_release()

    page = text(official.get(addresses(block)[0]))

    assert "The day of 1 line has passed, and some are still on their way." in page
    assert "1 of 2 schools; 2 would be in step with the plan." in page
    assert "The day has passed; 1 is still on its way." in page


def test_the_same_stands_in_a_table(official, department, block, module):
    plan(department, module, date(2026, 8, 1))
    teach(block, module, has_completed=False)
    make_release()

    page = text(official.get(addresses(block)[0]))

    table = page[page.index('id="plan-table"') :].partition("</table>")[0]
    assert 'data-label="Schools with the class" class="is-number">1<' in table
    assert 'data-label="Delivered" class="is-number">0<' in table
    assert 'data-label="In step with the plan" class="is-number">1<' in table
    assert 'data-label="Completed a week before" class="is-number">no figures<' in table


def test_the_filters_choose_lines_and_classes_that_are_not_here_are_left_out(
    official, department, block, module
):
    plan(department, module, date(2026, 9, 15))
    plan(department, module, date(2026, 9, 15), class_level=8)
    teach(block, module, has_completed=False)
    make_release()

    everything = text(official.get(addresses(block)[0]))
    other = text(official.get(addresses(block)[0], {"class": "8"}))

    assert "Chats, class 7" in everything
    assert "Chats, class 8" not in everything
    assert "No line of the plan fits what you chose and what is here." in other


def test_last_year_s_plan_does_not_count(official, department, block, module):
    plan(department, module, date(2025, 9, 15), academic_year="2025-26")
    teach(block, module, has_completed=False)
    make_release()

    assert "The state has no plan for this school year yet." in text(official.get(addresses(block)[0]))


def test_a_state_without_a_department_has_no_plan(official, block, module):
    teach(block, module, has_completed=False)
    make_release()

    page = text(official.get(addresses(block)[0]))

    assert "The state has no plan for this school year yet." in page
