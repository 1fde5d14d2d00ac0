"""The pictures of the officials' screens, each beside its table; old nights; and what they cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schools.actions.release import make_release
from schools.models import Department, PlannedModule, Release, Role
from tests import factories
from tests.schools.lessons import final_quiz, lessons_of, make_module
from tests.schools.staff import browser_of, text
from tests.schools.study import hand_in, study

pytestmark = pytest.mark.django_db
NASTY = "<script>alert('x')</script>"


@pytest.fixture
def district():
    return factories.DistrictFactory(name="Lakeside")


@pytest.fixture
def official(district):
    return browser_of(
        factories.MembershipFactory(role=Role.STATE_OFFICIAL, school=None, state=district.state).user
    )


@pytest.fixture
def module():
    return make_module("Chats")


def screens(district, school):
    state = f"/insights/{district.state.code}/"
    own = f"{state}{district.pk}/"
    return [state, own, f"{own}blocks/{school.block_id}/", f"{own}{school.udise_code}/"]


def teach(block, module, *, has_completed=False, language="en"):
    classroom = factories.ClassroomFactory(school=factories.SchoolFactory(block=block), language=language)
    factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    enrolment = factories.EnrolmentFactory(classroom=classroom)
    for lesson in lessons_of(module) if has_completed else []:
        study(enrolment, lesson, module)
    return classroom.school


def table(page, name):
    return page[page.index(f'id="{name}"') :].partition("</table>")[0]


def test_the_map_shades_a_district_by_its_share_and_says_it_in_numbers(official, district, module):
    block = factories.BlockFactory(district=district)
    far = factories.BlockFactory(district__state=district.state, district__name="Hillside")
    empty = factories.DistrictFactory(state=district.state, name="Empty")
    for number in range(4):
        school = teach(block, module, has_completed=number < 3)
    teach(far, module)
    make_release()

    page = text(official.get(screens(district, school)[0]))

    tiles = dict(re.findall(r'<li class="district district--(\d)">.*?<h3><a [^>]*>([^<]*)</a>', page))
    assert {name: step for step, name in tiles.items()} == {"Lakeside": "4", "Hillside": "1", "Empty": "0"}
    assert '<p class="district__figure">75 %</p> <p>3 of 4 schools</p>' in page
    assert '<p class="district__figure">0 %</p> <p>0 of 1 school</p>' in page
    assert "60–79 %" in page
    assert str(empty) in page


def test_what_the_map_shows_stands_in_a_table(official, district, module):
    block = factories.BlockFactory(district=district, name="Reed")
    for number in range(4):
        school = teach(block, module, has_completed=number < 3)
    make_release()
    state, own, _block, _school = screens(district, school)

    districts = table(text(official.get(state)), "parts-table")
    blocks = table(text(official.get(own)), "parts-table")

    for rows, name in ((districts, "Lakeside"), (blocks, "Reed")):
        assert f">{name}</a>" in rows
        assert 'data-label="Completed" class="is-number">3<' in rows
        assert 'data-label="Not started" class="is-number">0<' in rows


def test_every_screen_has_its_weeks_as_a_picture_and_a_table(official, district, module):
    school = teach(factories.BlockFactory(district=district), module, has_completed=True)
    make_release()

    for address in screens(district, school):
        page = text(official.get(address))

        assert 'aria-label="Schools that' in page or 'aria-label="Classes that' in page
        assert 'data-label="Completed" class="is-number">1<' in table(page, "trend-table")


def test_small_places_have_the_weeks_of_all_classes_only_and_say_so(official, district, module):
    school = teach(factories.BlockFactory(district=district), module)
    make_release()
    of_state, _own, of_block, _school = screens(district, school)

    said = "This picture is of all classes."

    assert said not in text(official.get(of_state, {"class": "7"}))
    assert said in text(official.get(of_block, {"class": "7"}))
    assert said not in text(official.get(of_block))


def test_classes_stand_by_language(official, district, module):
    block = factories.BlockFactory(district=district)
    teach(block, module, language="hi", has_completed=True)
    school = teach(block, module)
    make_release()
    state, _own, of_block, _school = screens(district, school)

    page = text(official.get(state))

    rows = table(page, "languages-table")
    assert 'aria-label="Classes by language"' in page
    assert re.search(r'Hindi</th><td data-label="Classes" class="is-number">1</td>', rows)
    assert "English</th>" in rows
    assert 'id="languages-table"' in text(official.get(of_block))
    assert 'id="languages-table"' not in text(official.get(of_block, {"module": str(module.translation_key)}))


def test_state_and_district_read_what_pupils_got_wrong_most(official, district, module):
    block = factories.BlockFactory(district=district)
    schools = [factories.SchoolFactory(block=block) for _number in range(2)]
    for place in range(31):
        classroom = factories.ClassroomFactory(school=schools[place % 2])
        factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
        for pupil in factories.EnrolmentFactory.create_batch(2, classroom=classroom):
            hand_in(pupil, final_quiz(module), {0: ["b"]})
    make_release()

    state, own, of_block, of_school = [text(official.get(one)) for one in screens(district, schools[0])]

    for page in (state, own):
        assert "What pupils got wrong most" in page
        assert "Say what to do." in page
        assert "35 % of answers not right" in page
        assert "in steps of 5 percent" in page
    for page in (of_block, of_school):
        assert "What pupils got wrong most" not in page


def test_a_name_is_never_markup(official, district, module):
    district.name = NASTY
    district.save()
    block = factories.BlockFactory(district=district, name=f"{NASTY} block")
    school = teach(block, module)
    type(school).objects.update(name=f"{NASTY} school")
    make_release()

    for address in screens(district, school):
        page = official.get(address).content.decode()

        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_pictures_bring_no_style_and_no_script_into_a_page(official, district, module):
    school = teach(factories.BlockFactory(district=district), module, has_completed=True)
    make_release()

    for address in screens(district, school):
        response = official.get(address)
        page = response.content.decode()

        assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
        assert "<style" not in page
        assert not re.search(r"<[^>]*\sstyle=", page)
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]


def two_nights(district, module):
    """A release of eight days ago and one of now, in which a school more has completed the module."""
    block = factories.BlockFactory(district=district)
    school = teach(block, module, has_completed=True)
    old = make_release()
    Release.objects.filter(pk=old.pk).update(as_of=timezone.now() - timedelta(days=8))
    teach(block, module, has_completed=True)
    return school, old, make_release()


def test_an_old_night_is_shown_as_it_was_and_says_that_it_is_old(official, district, module):
    school, old, new = two_nights(district, module)

    for address in screens(district, school)[:3]:
        then, now = (text(official.get(address, {"release": str(one.pk)})) for one in (old, new))

        assert "<strong>1</strong> of 1 school has completed" in then
        assert "You see the figures of an earlier night" in then
        assert f'<option value="{old.pk}" selected>' in then
        assert "<strong>2</strong> of 2 schools have completed" in now
        assert "an earlier night" not in now


def test_an_old_night_is_kept_on_the_way_down_and_up(official, district, module):
    school, old, _new = two_nights(district, module)
    asked = {"release": str(old.pk), "class": "7"}
    kept = f"?class=7&amp;release={old.pk}"
    state, own, of_block, of_school = screens(district, school)

    assert f'href="{own}{kept}"' in text(official.get(state, asked))
    assert f'href="{of_block}{kept}"' in text(official.get(own, asked))
    assert f'href="{of_school}{kept}"' in text(official.get(of_block, asked))
    assert f'href="{of_block}{kept}"' in text(official.get(of_school, asked))


@pytest.mark.parametrize("number", ["0", "999999", "x", "9" * 40, "-1", "²", ""])
def test_a_night_that_is_not_kept_asks_for_the_newest(official, district, module, number):
    school, _old, _new = two_nights(district, module)

    page = text(official.get(screens(district, school)[0], {"release": number}))

    assert "<strong>2</strong> of 2 schools have completed" in page
    assert "an earlier night" not in page


def test_before_the_first_night_every_screen_says_so(official, district, module):
    school = teach(factories.BlockFactory(district=district), module)

    for address in screens(district, school):
        page = text(official.get(address))

        assert "There are no figures yet" in page
        assert "Figures as of" not in page


def test_the_steps_are_told_with_the_share_of_the_night(official, district, module):
    department = Department.objects.create(
        state=district.state, name="Department", status="approved", completion_percent=75
    )
    school = teach(factories.BlockFactory(district=district), module)
    make_release()
    department.completion_percent = 90
    department.save()

    page = text(official.get(screens(district, school)[0]))

    assert "at least 75 % of the pupils finished every lesson" in page
    assert "half of the pupils" not in page


def test_numbers_of_pupils_of_one_class_are_for_the_state_only(official, district, module):
    school = teach(factories.BlockFactory(district=district), module)
    make_release()
    state, own, _block, _school = screens(district, school)

    assert "Pupils by module" in text(official.get(state, {"class": "7"}))
    page = text(official.get(own, {"class": "7"}))
    assert "Pupils by" not in page
    assert "published for all classes together here" in page


@pytest.mark.counts_queries
@pytest.mark.parametrize("screen", range(4))
@pytest.mark.parametrize("query", ["", "?class=7&rung=assigned&release=1"])
def test_a_screen_costs_the_same_with_few_rows_and_with_many(official, district, module, screen, query):
    department = Department.objects.create(state=district.state, name="Department", status="approved")
    block = factories.BlockFactory(district=district)
    school = teach(block, module, has_completed=True)
    address = screens(district, school)[screen]

    def grow(number):
        for _time in range(number):
            new = make_module(f"Module {PlannedModule.objects.count()}")
            PlannedModule.objects.create(
                department=department,
                academic_year=factories.school_year(school),
                class_level=7,
                module_key=new.translation_key,
                due_on=timezone.localdate(),
            )
            for one in (
                factories.BlockFactory(district=district),
                factories.BlockFactory(district__state=district.state),
                block,
            ):
                teach(one, new, has_completed=True, language="hi")
            make_release()
        Release.objects.update(as_of=timezone.now() - timedelta(days=8))
        make_release()

    def cost():
        for _time in range(2):  # the second time, what is kept in memory is there
            with CaptureQueriesContext(connection) as captured:
                assert official.get(address + query).status_code == 200
        return len(captured)

    grow(1)
    few = cost()
    grow(4)

    assert cost() == few <= 15
