"""Officials see schools and rounded counts, of their own places only, and never a child."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from schools.actions.release import make_release
from schools.models import Department, Role
from tests import factories
from tests.schools.lessons import lessons_of, make_module
from tests.schools.study import study

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(/[^"#]*)"')


def browser_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def official_of(role, **place):
    return factories.MembershipFactory(role=role, school=None, **place).user


@pytest.fixture
def school():
    return factories.SchoolFactory(name="Lotus School")


@pytest.fixture
def official(school):
    return browser_of(official_of(Role.STATE_OFFICIAL, state=school.state))


def unisolated(response):
    """The page without the marks that keep a name's direction apart from that of the words around it."""
    return re.sub("</?bdi>", "", response.content.decode())


def addresses(school):
    state, district = (
        f"/insights/{school.state.code}/",
        f"/insights/{school.state.code}/{school.district_id}/",
    )
    return [state, district, f"{district}{school.udise_code}/"]


def fill(school, pupils, *, finished=0):
    module = make_module("Chats")
    classroom = factories.ClassroomFactory(school=school)
    enrolments = factories.EnrolmentFactory.create_batch(pupils, classroom=classroom)
    factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    for enrolment in enrolments[:finished]:
        for lesson in lessons_of(module):
            study(enrolment, lesson, module)
    return module


def fill_two_schools(school):
    """Forty pupils in ten classes of two schools of one block; 33 of them are through, in each class most."""
    module = make_module("Chats")
    beside = factories.SchoolFactory(name="Aster School", block=school.block)
    for number in range(10):
        classroom = factories.ClassroomFactory(school=(school, beside)[number % 2])
        enrolments = factories.EnrolmentFactory.create_batch(4, classroom=classroom)
        factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
        for enrolment in enrolments[: 4 if number < 3 else 3]:
            for lesson in lessons_of(module):
                study(enrolment, lesson, module)


def test_a_visitor_is_asked_to_sign_in(client, school):
    for address in ["/insights/", *addresses(school)]:
        assert client.get(address).url.startswith("/accounts/login/")


def test_each_role_starts_at_its_own_place(school):
    state, district, own = addresses(school)
    starts = {
        state: official_of(Role.STATE_OFFICIAL, state=school.state),
        district: official_of(Role.DISTRICT_OFFICIAL, district=school.district),
        own: factories.MembershipFactory(role=Role.HEAD, school=school).user,
    }

    for address, user in starts.items():
        assert browser_of(user).get("/insights/").url == address


def test_someone_with_two_states_chooses(school):
    other = factories.StateFactory(name="Other State")
    user = official_of(Role.STATE_OFFICIAL, state=school.state)
    factories.MembershipFactory(user=user, role=Role.STATE_OFFICIAL, school=None, state=other)

    page = browser_of(user).get("/insights/").content.decode()

    assert "Other State" in page
    assert f"/insights/{school.state.code}/" in page


def test_a_teacher_has_no_insights_and_a_stranger_sees_no_place(school):
    teacher = browser_of(factories.MembershipFactory(role=Role.TEACHER, school=school).user)
    stranger = browser_of(factories.StaffFactory())

    assert teacher.get("/insights/").status_code == 403
    assert [teacher.get(one).status_code for one in addresses(school)] == [404, 404, 403]
    assert [stranger.get(one).status_code for one in addresses(school)] == [404, 404, 404]


def test_officials_see_down_from_their_place_and_nothing_beside_it(school):
    beside = factories.SchoolFactory(block=factories.BlockFactory(district__state=school.state))
    user = browser_of(official_of(Role.DISTRICT_OFFICIAL, district=school.district))

    assert [user.get(one).status_code for one in addresses(school)] == [404, 200, 200]
    assert [user.get(one).status_code for one in addresses(beside)] == [404, 404, 404]


def test_a_block_official_sees_the_block_and_its_schools_only(school):
    beside = factories.SchoolFactory(name="Beside", block=factories.BlockFactory(district=school.district))
    user = browser_of(official_of(Role.BLOCK_OFFICIAL, block=school.block))
    make_release()

    page = user.get("/insights/", follow=True).content.decode()

    assert school.block.name in page
    assert "Lotus School" in page
    assert "Beside" not in page
    assert user.get(addresses(beside)[2]).status_code == 404


def test_an_official_of_two_blocks_chooses_and_keeps_the_block_when_filtering(school):
    other = factories.BlockFactory(name="Reed", district=school.district)
    factories.SchoolFactory(name="Reed School", block=other)
    user = official_of(Role.BLOCK_OFFICIAL, block=school.block)
    factories.MembershipFactory(user=user, role=Role.BLOCK_OFFICIAL, school=None, block=other)
    make_release()
    browser = browser_of(user)
    address = f"{addresses(school)[1]}blocks/{other.pk}/"

    choice = browser.get("/insights/").content.decode()
    page = browser.get(address, {"class": "0"}).content.decode()

    assert address in choice
    assert "<h1>Reed</h1>" in page
    assert "Reed School" in page
    assert "Lotus School" not in page


def test_the_old_address_of_a_block_leads_to_its_own_and_keeps_the_question(school):
    other = factories.BlockFactory(name="Reed", district=school.district)
    user = official_of(Role.BLOCK_OFFICIAL, block=school.block)
    factories.MembershipFactory(user=user, role=Role.BLOCK_OFFICIAL, school=None, block=other)
    browser, district = browser_of(user), addresses(school)[1]

    asked = browser.get(district, {"block": str(other.pk), "class": "7"})
    bare = browser.get(district)
    foreign = browser.get(district, {"block": str(factories.BlockFactory(district=school.district).pk)})

    assert asked.url == f"{district}blocks/{other.pk}/?class=7"
    assert bare.url in {f"{district}blocks/{one.pk}/" for one in (school.block, other)}
    assert foreign.url == bare.url


def test_a_block_is_found_under_its_own_district_and_state_only(official, school):
    elsewhere = factories.BlockFactory()
    state, district, _own = addresses(school)
    beside = factories.DistrictFactory(state=school.state)

    assert official.get(f"{district}blocks/{school.block_id}/").status_code == 200
    for address in (
        f"{district}blocks/{elsewhere.pk}/",
        f"{state}{beside.pk}/blocks/{school.block_id}/",
        f"/insights/{elsewhere.district.state.code}/{elsewhere.district_id}/blocks/{elsewhere.pk}/",
        f"{district}blocks/{'9' * 30}/",
        f"{district}blocks/x/",
    ):
        assert official.get(address, follow=True).status_code == 404, address


def test_the_way_back_up_ends_at_this_place(official, school):
    page = unisolated(official.get(addresses(school)[2]))

    assert f'<a href="{addresses(school)[1]}">{school.district.name}</a>' in page
    assert '<span aria-current="page">Lotus School</span>' in page


def test_schools_to_call_come_first_and_new_ones_say_that_they_are_not_counted(official, school):
    fill(school, 12, finished=12)
    factories.SchoolFactory(name="Zebra School", block=school.block)
    make_release()
    factories.SchoolFactory(name="Yak School", block=school.block)

    page = official.get(addresses(school)[1]).content.decode()

    assert page.index("Yak School") < page.index("Zebra School") < page.index("Lotus School")
    assert "Not counted yet" in page


def test_a_long_list_of_schools_comes_in_pages_that_keep_the_filter(official, school, monkeypatch):
    monkeypatch.setattr("schools.views.insights_screen.SCHOOLS_A_PAGE", 2)
    for number in range(4):
        factories.SchoolFactory(name=f"Another {number}", block=school.block)
    make_release()

    first = official.get(addresses(school)[1], {"class": "0"}).content.decode()
    last = official.get(addresses(school)[1], {"class": "0", "page": "3"}).content.decode()

    assert "Page 1 of 3" in first
    assert "?class=0&amp;page=2" in first
    assert "Lotus School" in last
    assert "Another 1" not in last


def test_one_school_shows_how_far_its_classes_have_come(official, school):
    module = fill(school, 4, finished=3)
    factories.ClassroomFactory(school=school)
    make_release()

    page = official.get(addresses(school)[2]).content.decode()
    about_module = official.get(
        addresses(school)[2], {"module": str(module.translation_key)}
    ).content.decode()

    assert "<strong>1</strong> of 2 classes have completed a module." in page
    assert "1 of 2 classes" in page
    assert "<strong>1</strong> of 2 classes have completed this module." in about_module


def test_places_without_a_school_or_a_class_say_so(official, school):
    empty = factories.DistrictFactory(state=school.state)
    make_release()

    district = official.get(f"/insights/{school.state.code}/{empty.pk}/").content.decode()
    one = official.get(addresses(school)[2]).content.decode()

    assert "No school is here yet." in district
    assert "No class is here yet." in one


def test_before_the_first_release_the_page_says_so(official, school):
    page = official.get(addresses(school)[0]).content.decode()

    assert "There are no figures yet" in page


def test_the_state_reads_a_sentence_then_the_ladder_then_its_districts(official, school):
    fill_two_schools(school)
    make_release()

    page = official.get(addresses(school)[0]).content.decode()

    assert "<strong>2</strong> of 2 schools have completed a module with at least one class." in page
    assert (
        page.index("<strong>2</strong>") < page.index("How far schools have come") < page.index("Districts")
    )
    assert "0 of 2 schools" in page
    assert school.district.name in page
    assert "35 (88 %)" in page
    assert not re.search(r">\s*33\b", page)


def test_small_numbers_are_not_shown_and_are_not_zero(official, school):
    fill(school, 9, finished=4)
    make_release()

    page = official.get(addresses(school)[1]).content.decode()

    assert "not shown" in page
    assert "%)" not in page
    assert not re.search(r"is-number[^>]*>(<span[^>]*>)?\s*[49]\b", page)


def test_a_school_s_screen_has_no_number_of_pupils(official, school):
    fill(school, 40, finished=33)
    make_release()

    page = official.get(addresses(school)[2]).content.decode()

    assert "Pupils by module" not in page
    assert "not shown" not in page
    assert not re.search(r">\s*(33|35|40)\b", page)


def test_a_state_may_hide_more(official, school):
    Department.objects.create(state=school.state, name="D", publication_threshold=50)
    fill(school, 40)
    make_release()

    page = official.get(addresses(school)[0]).content.decode()

    assert "Numbers under 50 are not shown" in page
    assert 'is-number" data-label="Enrolled"><span class="nowrap">' not in page


def test_filters_ask_for_a_class_and_a_module_and_nonsense_asks_for_all(official, school):
    module = fill(school, 40)
    make_release()
    state = addresses(school)[0]

    chosen = official.get(state, {"class": "7", "module": str(module.translation_key)}).content.decode()
    other_class = official.get(state, {"class": "8"}).content.decode()
    nonsense = official.get(state, {"class": "٧", "module": "x"})

    assert '<option value="7" selected>' in chosen
    assert "of 1 school has completed this module" in chosen
    assert "Nothing is counted here" in other_class
    assert "Figures as of" in other_class
    assert nonsense.status_code == 200
    assert '<option value="0" selected>' in nonsense.content.decode()


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ({}, "Not started"),
        ({"is_ready": True}, "Ready, nothing assigned yet"),
        ({"pupils": 2}, "Assigned"),
        ({"pupils": 2, "finished": 2}, "Completed"),
    ],
)
def test_a_school_says_how_far_it_has_come(official, school, done, said):
    if done.get("is_ready"):
        factories.ReadinessFactory(school=school)
    if "pupils" in done:
        fill(school, done["pupils"], finished=done.get("finished", 0))
    make_release()

    page = official.get(addresses(school)[1]).content.decode()

    assert f"<span>{said}</span>" in page


@pytest.mark.parametrize("screen", [0, 1])
def test_the_way_down_and_up_keeps_what_was_asked(official, school, screen):
    module = fill(school, 40)
    make_release()
    asked = f"class=7&amp;module={module.translation_key}"
    question = {"class": "7", "module": str(module.translation_key)}

    down = official.get(addresses(school)[screen], question).content.decode()
    up = official.get(addresses(school)[screen + 1], question).content.decode()
    everything = official.get(addresses(school)[screen]).content.decode()

    assert f'href="{addresses(school)[screen + 1]}?{asked}"' in down
    assert f'href="{addresses(school)[screen]}?{asked}"' in up
    assert f'href="{addresses(school)[screen + 1]}"' in everything


def test_a_school_without_such_a_class_says_so_and_comes_last(official, school):
    fill(school, 12, finished=12)
    for name, level in (("Aster School", 6), ("Birch School", 7)):
        other = factories.SchoolFactory(name=name, block=school.block)
        factories.ClassroomFactory(school=other, class_level=level)
    make_release()
    factories.SchoolFactory(name="Yak School", block=school.block)

    page = official.get(addresses(school)[1], {"class": "7"}).content.decode()

    order = [page.index(f"{name} School") for name in ("Birch", "Yak", "Lotus", "Aster")]
    assert order == sorted(order)
    assert page.count("No such class here") == 1
    assert page.count("Not counted yet") == 1
    assert page.index("Aster School") < page.index("No such class here")


def test_a_place_without_such_a_class_is_not_said_to_have_no_school(official, school):
    fill(school, 12)
    make_release()

    pages = [official.get(one, {"class": "9"}).content.decode() for one in addresses(school)]

    assert all("No class here fits what you chose." in page for page in pages)
    assert not [page for page in pages if "No school is here yet." in page or "No class is here yet" in page]


def test_a_block_official_finds_the_way_back_from_a_school(school):
    user = browser_of(official_of(Role.BLOCK_OFFICIAL, block=school.block))
    make_release()

    page = unisolated(user.get(addresses(school)[2], {"class": "7"}))

    back = f"{addresses(school)[1]}blocks/{school.block_id}/?class=7"
    assert f'<a href="{back}">{school.block.name}</a>' in page
    assert f"<h1>{school.block.name}</h1>" in unisolated(user.get(back))


def test_a_head_s_screen_has_no_way_up(school):
    head = browser_of(factories.MembershipFactory(role=Role.HEAD, school=school).user)

    assert 'class="breadcrumb' not in head.get(addresses(school)[2]).content.decode()


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "-1", "²"])
def test_no_number_breaks_a_screen(official, school, number):
    state, district, _own = addresses(school)

    assert official.get(state, {"class": number}).status_code == 200
    assert official.get(district, {"page": number, "block": number, "release": number}).status_code == 200
    for address in (f"{state}{number}/", f"{state}{number}/{school.udise_code}/", f"{district}{number}/"):
        assert official.get(address, follow=True).status_code == 404


def test_a_threshold_between_two_steps_is_never_kept_and_gives_nothing_away(official, school):
    department = Department(state=school.state, name="D", publication_threshold=12)

    with pytest.raises(ValidationError, match=r"Choose a multiple of 5\."):
        department.full_clean()


def test_no_link_of_an_official_leads_to_a_student(official, school):
    fill(school, 12, finished=12)
    classroom = school.classrooms.get()
    aliases = [enrolment.alias for enrolment in classroom.enrolments.all()]
    make_release()
    seen, waiting = set(), ["/insights/"]

    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = official.get(address, follow=True)
        page = response.content.decode() if "text" in response.headers["Content-Type"] else ""
        assert not [alias for alias in aliases if alias in page], address
        assert classroom.join_code not in page
        for link in LINK.findall(page):
            if (
                link.startswith(("/insights/", "/teach/", "/school/", "/class/", "/start/"))
                and link not in seen
            ):
                waiting.append(link)

    assert addresses(school)[2] in seen
    assert not [address for address in seen if address.startswith(("/teach/", "/school/", "/class/"))]
    for guess in (
        f"/teach/classes/{classroom.pk}/",
        f"/teach/{classroom.pk}/",
        "/teach/",
        "/school/",
        "/class/",
    ):
        assert official.get(guess).status_code in (302, 403, 404), guess
