"""The list of schools to act on: by rung and block, in pages, with what to do next."""

import re

import pytest

from schools.actions.release import make_release
from schools.models import Role
from tests import factories
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, text
from tests.schools.study import study

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return factories.DistrictFactory()


@pytest.fixture
def official(district):
    return browser_of(
        factories.MembershipFactory(role=Role.DISTRICT_OFFICIAL, school=None, district=district).user
    )


def url(district):
    return f"/insights/{district.state.code}/{district.pk}/"


def names(response):
    """The schools of the list, in order."""
    page = text(response)
    table = page[page.index('id="schools-table"') :].partition("</table>")[0]
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', table)


def make_schools(district):
    """A school on each rung but the last, of two blocks whose names do not follow the schools'."""
    fern = factories.BlockFactory(district=district, name="Fern")
    reed = factories.BlockFactory(district=district, name="Reed")
    factories.SchoolFactory(block=reed, name="Aster")
    factories.SchoolFactory(block=fern, name="Zinnia")
    factories.ReadinessFactory(school=factories.SchoolFactory(block=fern, name="Birch"))
    module = make_module("Chats")
    for name, has_completed in (("Cedar", False), ("Dahlia", True)):
        classroom = factories.ClassroomFactory(school=factories.SchoolFactory(block=fern, name=name))
        factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
        enrolment = factories.EnrolmentFactory(classroom=classroom)
        for lesson in lessons_of(module) if has_completed else []:
            study(enrolment, lesson, module)
    return fern, reed


def test_schools_stand_by_rung_and_block_and_name(official, district):
    make_schools(district)
    make_release()

    response = official.get(url(district))

    assert names(response) == ["Zinnia", "Aster", "Birch", "Cedar", "Dahlia"]


@pytest.mark.parametrize(
    ("rung", "found"),
    [
        ("not-started", ["Zinnia", "Aster", "Birch"]),
        ("ready", ["Birch"]),
        ("assigned", ["Cedar"]),
        ("completed", ["Dahlia"]),
        ("nonsense", ["Zinnia", "Aster", "Birch", "Cedar", "Dahlia"]),
    ],
)
def test_the_list_can_be_of_one_rung(official, district, rung, found):
    make_schools(district)
    make_release()

    assert names(official.get(url(district), {"rung": rung})) == found


def test_a_rung_on_which_no_school_is_says_so(official, district):
    make_schools(district)
    make_release()

    assert "No school is on this step." in text(official.get(url(district), {"rung": "assessed"}))


def test_those_not_started_are_as_many_as_the_ladder_and_the_blocks_say(official, district):
    fern, _reed = make_schools(district)
    make_release()

    page = text(official.get(url(district)))
    [listed] = re.findall(r'href="([^"]*rung=not-started#schools)">2</a>', page)

    assert "3 of 5 schools" in page[page.index("Not started") :][:900]
    assert listed == f"{url(district)}blocks/{fern.pk}/?rung=not-started#schools"
    assert names(official.get(listed.partition("#")[0])) == ["Zinnia", "Birch"]


def test_each_row_has_the_code_the_block_and_the_rung(official, district):
    make_schools(district)
    make_release()
    school = district.schools.get(name="Zinnia")

    page = text(official.get(url(district)))

    assert f'href="{url(district)}{school.udise_code}/"' in page
    assert f'<td data-label="UDISE code">{school.udise_code}</td>' in page
    assert '<td data-label="Block">Fern</td>' in page
    assert "<span>Ready, nothing assigned yet</span>" in page


def test_the_rung_and_the_question_keep_each_other(official, district):
    make_schools(district)
    make_release()

    page = text(official.get(url(district), {"rung": "not-started", "class": "7"}))

    assert '<input type="hidden" name="rung" value="not-started">' in page
    assert '<input type="hidden" name="class" value="7">' in page
    assert '<option value="not-started" selected>' in page


def test_a_page_of_the_list_keeps_the_rung(official, district, monkeypatch):
    monkeypatch.setattr("schools.views.insights_screen.SCHOOLS_A_PAGE", 2)
    make_schools(district)
    make_release()

    first = official.get(url(district), {"rung": "not-started"})
    last = official.get(url(district), {"rung": "not-started", "page": "2"})

    assert "?rung=not-started&amp;page=2" in text(first)
    assert names(last) == ["Birch"]


def test_a_closed_school_is_not_one_to_act_on(official, district):
    make_schools(district)
    district.schools.filter(name="Zinnia").update(closed_on="2026-05-01")
    make_release()

    assert "Zinnia" not in text(official.get(url(district)))


def test_who_admits_schools_finds_the_codes_and_others_do_not(official, district):
    make_schools(district)
    make_release()
    school = district.schools.get(name="Zinnia")
    state_official = browser_of(
        factories.MembershipFactory(role=Role.STATE_OFFICIAL, school=None, state=district.state).user
    )
    codes = f"/people/places/district/{district.pk}/codes/"

    own, above = text(official.get(url(district))), text(state_official.get(url(district)))
    one = text(official.get(f"{url(district)}{school.udise_code}/"))
    one_from_above = text(state_official.get(f"{url(district)}{school.udise_code}/"))

    assert codes in own
    assert codes not in above
    assert "Give the school its join code." in one
    assert f"/people/school/{school.udise_code}/" in one
    assert f"/people/school/{school.udise_code}/" not in one_from_above
    for address in (codes, f"/people/places/district/{district.pk}/requests/"):
        assert official.get(address).status_code == 200
        assert state_official.get(address).status_code == 403


def test_a_school_that_has_joined_is_asked_to_get_ready(official, district):
    make_schools(district)
    district.schools.update(joined_at="2026-04-02T00:00Z")
    make_release()
    school = district.schools.get(name="Zinnia")

    page = text(official.get(f"{url(district)}{school.udise_code}/"))

    assert "Ask the head to name who keeps children safe" in page
    assert "Give the school its join code." not in page
