"""The API: whose key reads what, what it says, and that it is the same as on the screens."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import tokens
from schools.actions.release import make_release
from schools.models import ApiToken, Department, PlannedModule, Role, School
from tests.factories import (
    BlockFactory,
    ClassroomFactory,
    DistrictFactory,
    EnrolmentFactory,
    MembershipFactory,
    SchoolFactory,
    StateFactory,
    teacher_of,
)
from tests.schools.lessons import make_module
from tests.schools.staff import browser_of, give, head_of, make_ready, text

pytestmark = pytest.mark.django_db
V1 = "/api/v1"


class World:
    """A state of two districts (the first of two blocks), a school in each block; and a school elsewhere."""

    def __init__(self):
        self.state = StateFactory()
        self.district, self.district2 = (DistrictFactory(state=self.state) for _number in range(2))
        self.block, self.block2 = (BlockFactory(district=self.district) for _number in range(2))
        self.block3 = BlockFactory(district=self.district2)
        blocks = (self.block, self.block2, self.block3)
        self.school, self.school2, self.school3 = (SchoolFactory(block=block) for block in blocks)
        self.elsewhere = SchoolFactory()
        self.admin = admin_of(self.state)

    def address(self, name):
        place = getattr(self, name)
        return {
            "State": lambda: f"{V1}/adoption/states/{place.code}",
            "District": lambda: f"{V1}/adoption/districts/{place.pk}",
            "Block": lambda: f"{V1}/adoption/blocks/{place.pk}",
            "School": lambda: f"{V1}/adoption/schools/{place.udise_code}",
        }[type(place).__name__]()


def admin_of(state):
    return MembershipFactory(role=Role.STATE_ADMIN, school=None, state=state).user


def reader(place, by=None, days=30, name="Dashboard"):
    """A client that sends a key to `place` with everything it asks."""
    state = getattr(place, "state", None) or getattr(getattr(place, "district", None), "state", place)
    token, secret = tokens.issue(place=place, name=name, days=days, by=by or admin_of(state))
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    client.token, client.secret = token, secret
    return client


@pytest.fixture
def world():
    return World()


# Whose key reads what -----------------------------------------------------------------------------

REACH = """
#              state  district block
state            200       404   404
district         200       200   404
district2        200       404   404
block            200       200   200
block2           200       200   404
block3           200       404   404
school           200       200   200
school2          200       200   404
school3          200       404   404
elsewhere        404       404   404
"""


def test_a_key_reads_its_place_and_what_lies_in_it_and_nothing_else(world):
    lines = [line.split() for line in REACH.strip().splitlines() if not line.startswith("#")]
    scopes = ("state", "district", "block")
    readers = [reader(getattr(world, scope), by=world.admin) for scope in scopes]

    got = {name: [str(one.get(world.address(name)).status_code) for one in readers] for name, *_rest in lines}

    assert got == {name: expected for name, *expected in lines}


def test_the_schools_of_a_district_are_read_at_an_address_of_their_own(world):
    inside, outside = reader(world.district, by=world.admin), reader(world.block, by=world.admin)
    address = f"{V1}/adoption/districts/{world.district.pk}/schools"

    answer = inside.get(address).json()

    assert {part["place"]["key"] for part in answer["parts"]} == {
        world.school.udise_code,
        world.school2.udise_code,
    }
    assert outside.get(address).status_code == 404


def test_the_list_of_schools_holds_those_of_the_keys_place(world):
    got = {}
    for scope in ("state", "district", "block"):
        answer = reader(getattr(world, scope), by=world.admin).get(f"{V1}/schools").json()
        got[scope] = [one["place"]["key"] for one in answer["schools"]]

    own = [world.school.udise_code, world.school2.udise_code, world.school3.udise_code]
    assert got == {"state": own, "district": own[:2], "block": own[:1]}


# Keys that open nothing -----------------------------------------------------------------------------


def refused(client, address=f"{V1}/key"):
    answer = client.get(address)
    return answer.status_code, answer.json()["detail"]


def test_without_a_key_nothing_is_read(world):
    client = Client()

    answer = client.get(f"{V1}/key")

    assert refused(client) == (401, "Send your key in the header “Authorization: Bearer …”.")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Basic abc", "Bearer key_forged", "Token key_", "Bearer \x00"]
)
def test_a_forged_key_opens_nothing(world, header):
    assert refused(Client(headers={"Authorization": header}))[0] == 401


def test_a_key_in_the_address_opens_nothing(world):
    secret = reader(world.state).secret

    assert Client().get(f"{V1}/key", {"token": secret, "key": secret}).status_code == 401


def test_a_signed_in_official_needs_a_key_as_well(world):
    assert browser_of(world.admin).get(world.address("state")).status_code == 401


def test_a_key_runs_out(world):
    client = reader(world.state, days=30)

    with time_machine.travel(timezone.now() + timedelta(days=29)):
        before = client.get(f"{V1}/key").status_code
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        after = refused(client)

    assert before == 200
    assert after == (401, "This key has run out. Ask your department for a new one.")


def test_an_ended_key_opens_nothing_from_that_moment(world):
    client = reader(world.state)
    first = client.get(f"{V1}/key").status_code

    tokens.revoke(token=client.token, by=world.admin)

    assert first == 200
    assert refused(client) == (401, "This key was ended. Ask your department for a new one.")


@pytest.mark.parametrize("scope", ["state", "district", "block"])
def test_while_the_state_is_suspended_its_keys_sleep(world, scope):
    client = reader(getattr(world, scope), by=world.admin)
    Department.objects.create(state=world.state, name="Department", status=Department.Status.SUSPENDED)

    assert refused(client)[0] == 403

    Department.objects.update(status=Department.Status.APPROVED)
    assert client.get(f"{V1}/key").status_code == 200


# What a key may do ----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "head", "options"])
@pytest.mark.parametrize("path", ["/key", "/schools", "/openapi.json", "/none"])
def test_a_key_changes_nothing(world, method, path):
    client = reader(world.state)

    answer = getattr(client, method)(V1 + path)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET"


def test_a_key_asks_sixty_times_a_minute(world):
    start = timezone.now().replace(second=20, microsecond=0)
    one, other = reader(world.state), reader(world.district, by=world.admin)
    with time_machine.travel(start, tick=False):
        got = [one.get(f"{V1}/key").status_code for _number in range(tokens.CALLS_A_MINUTE)]
        late = one.get(f"{V1}/key")
        others = other.get(f"{V1}/key").status_code
    with time_machine.travel(start + timedelta(seconds=40), tick=False):
        afterwards = one.get(f"{V1}/key").status_code

    assert set(got) == {200}
    assert (late.status_code, late["Retry-After"]) == (429, "40")
    assert "40 seconds" in late.json()["detail"]
    assert (others, afterwards) == (200, 200)


def test_the_use_of_a_key_is_noted_once_a_day(world):
    client = reader(world.state)
    noon = timezone.now().replace(hour=6, minute=30, second=0, microsecond=0)
    for moment in (noon, noon + timedelta(minutes=1), noon + timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            client.get(f"{V1}/key")
            client.get(f"{V1}/modules")

    noted = AuditEvent.objects.filter(action="token.used", subject_id=str(client.token.pk))
    assert noted.count() == 2
    assert {event.state_id for event in noted} == {world.state.pk}
    assert ApiToken.objects.get(pk=client.token.pk).last_used_at == noon + timedelta(days=1)


def test_no_answer_is_kept_by_anyone_or_sets_a_cookie(world):
    answer = reader(world.state).get(world.address("state"))

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("class=13", "class"),
        ("class=x", "class"),
        ("module=x", "module"),
        ("after=x", "after"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("release=x", "release"),
    ],
)
def test_what_is_not_understood_is_said(world, query, name):
    answer = reader(world.state).get(f"{world.address('state')}?{query}")

    assert answer.status_code == 422
    assert answer.json() == {"detail": f"This could not be understood: {name}."}


@pytest.mark.parametrize(
    "path", ["/none", "/adoption/districts/x", "/adoption/states/IN-NONE", "/schools?release=9"]
)
def test_what_is_not_there_is_said(world, path):
    answer = reader(world.state).get(V1 + path)

    assert answer.status_code in (404, 422)
    assert answer.json()["detail"]


# What it says ---------------------------------------------------------------------------------------


@pytest.fixture
def counted(world):
    """40 pupils in a class of the first school, which has a module; a release of it."""
    room = ClassroomFactory(school=world.school, class_level=7)
    for _number in range(40):
        EnrolmentFactory(classroom=room)
    world.module = make_module("Chats")
    teacher = teacher_of(room)
    make_ready(room, teacher)
    give(room, teacher, world.module)
    make_release()
    return world


def test_figures_are_those_of_the_screen(counted):
    client = reader(counted.state)
    official = MembershipFactory(role=Role.STATE_OFFICIAL, school=None, state=counted.state).user
    screen = browser_of(official)
    code, pk = counted.state.code, counted.district.pk
    pairs = [
        (counted.address("state"), f"/insights/{code}/"),
        (counted.address("district"), f"/insights/{code}/{pk}/"),
        (counted.address("school"), f"/insights/{code}/{pk}/{counted.school.udise_code}/"),
    ]

    for api, page in pairs:
        for query in ("", f"?class=7&module={counted.module.translation_key}"):
            answer, shown = client.get(api + query).json(), screen.get(page + query)
            figures = shown.context["figures"]
            assert answer["figures"]["pupils"] == figures.pupils
            assert answer["figures"]["schools"] == figures.schools
            assert answer["figures"]["classes"] == figures.classes


def test_an_answer_names_its_release_which_can_be_read_again(counted):
    client = reader(counted.state)
    first = client.get(counted.address("state")).json()
    SchoolFactory(block=counted.block)
    make_release()

    newest = client.get(counted.address("state")).json()
    again = client.get(f"{counted.address('state')}?release={first['release']}").json()
    kept = client.get(f"{V1}/releases").json()["releases"]

    assert newest["figures"]["schools"]["schools"] == first["figures"]["schools"]["schools"] + 1
    assert again["figures"] == first["figures"]
    assert [one["release"] for one in kept] == [newest["release"], first["release"]]


def test_before_the_first_release_there_are_no_figures_and_no_error(world):
    client = reader(world.state)

    answer, listed = client.get(world.address("state")).json(), client.get(f"{V1}/schools").json()

    assert (answer["release"], answer["figures"]) == (None, None)
    assert {one["status"] for one in listed["schools"]} == {"not-counted-yet"}


def test_a_schools_status_is_the_highest_rung_it_has_reached(counted):
    listed = reader(counted.state).get(f"{V1}/schools").json()["schools"]

    assert [one["status"] for one in listed] == ["assigned", "not-begun", "not-begun"]


def test_the_plan_of_the_state_is_read_with_a_key_to_a_part_of_it(world):
    department = Department.objects.create(
        state=world.state, name="Department", status=Department.Status.APPROVED
    )
    module = make_module("Chats")
    line = {"class_level": 7, "module_key": module.translation_key, "due_on": timezone.localdate()}
    PlannedModule.objects.create(department=department, academic_year="2026-27", **line)
    client = reader(world.block, by=world.admin)

    answer = client.get(f"{V1}/plan").json()
    titles = {one["module"]: one["title"] for one in client.get(f"{V1}/modules").json()["modules"]}

    assert (answer["state"]["key"], answer["academic_year"]) == (world.state.code, "2026-27")
    assert [line["class_level"] for line in answer["lines"]] == [7]
    assert titles[answer["lines"][0]["module"]] == module.title
    assert client.get(f"{V1}/plan?year=2020-21").json()["lines"] == []


def test_pages_follow_each_other_though_schools_come_in_between(world):
    School.objects.filter(state=world.state).delete()
    codes = [f"00{number:09d}" for number in range(500, 525, 2)]
    for code in codes:
        SchoolFactory(udise_code=code, block=world.block)
    client, seen, after = reader(world.block, by=world.admin), [], ""

    while after is not None:
        answer = client.get(f"{V1}/schools?limit=5&after={after}").json()
        seen += [one["place"]["key"] for one in answer["schools"]]
        SchoolFactory(udise_code=f"00{len(seen):09d}", block=world.block)
        after = answer["next"]

    assert seen == codes


def test_an_answer_costs_the_same_for_few_schools_and_for_many(counted):
    client, costs = reader(counted.state), []
    client.get(f"{V1}/key")
    for number in (1, 20):
        for _number in range(number):
            ClassroomFactory(school=SchoolFactory(block=counted.block))
        make_release()
        for path in (f"{V1}/schools", counted.address("district") + "/schools", counted.address("state")):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            costs.append(len(queries))

    assert costs[:3] == costs[3:]
    assert max(costs) <= 8


def test_the_description_names_every_address_and_no_student():
    answer = Client().get(f"{V1}/openapi.json")
    document = answer.json()
    words = json.dumps(document).lower()

    assert document["openapi"].startswith("3.")
    assert f"{V1}/adoption/states/{{code}}" in document["paths"]
    assert len(document["paths"]) == 10
    assert {method for path in document["paths"].values() for method in path} == {"get"}
    assert [one["scheme"] for one in document["components"]["securitySchemes"].values()] == ["bearer"]
    for word in ("student", "alias", "enrolment", "roll_number", "pin"):
        assert not re.search(rf"\b{word}", words), word
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(document)))
    assert named <= document["components"]["schemas"].keys()


def test_there_is_no_page_that_asks_another_host():
    assert Client().get(f"{V1}/docs").status_code == 401


# Keys -----------------------------------------------------------------------------------------------


def make(browser, world, **given):
    given = {"name": "Dashboard", "place": "state", "days": 90} | given
    return browser.post(f"/records/keys/{world.state.code}/new/", given)


def test_a_key_is_made_and_shown_once(world):
    browser = browser_of(world.admin)

    made = text(make(browser, world, name="Data <centre>", place=f"block-{world.block.pk}"))
    secret = re.search(r"key_[\w-]{43}", made)[0]
    listed = text(browser.get(f"/records/keys/{world.state.code}/"))
    token = ApiToken.objects.get()

    assert token.place == world.block
    assert token.expires_at - token.created_at == timedelta(days=90)
    assert secret not in listed
    assert secret[:10] in listed
    assert "Data &lt;centre&gt;" in listed
    assert secret not in json.dumps([str(value) for value in vars(token).values()])
    assert (
        Client(headers={"Authorization": f"Bearer {secret}"}).get(f"{V1}/key").json()["name"]
        == "Data <centre>"
    )
    assert AuditEvent.objects.get(action="token.issued").actor_id == world.admin.pk


def test_a_key_is_ended_after_a_question(world):
    client, browser = reader(world.district, by=world.admin), browser_of(world.admin)
    address = reverse("records:key_revoke", args=[world.state.code, client.token.pk])

    asked = text(browser.get(address))
    before = client.get(f"{V1}/key").status_code
    done = text(browser.post(address, follow=True))
    again = browser.post(address)

    assert "End the key" in asked
    assert before == 200
    assert "The key has ended." in done
    assert client.get(f"{V1}/key").status_code == 401
    assert again.status_code == 302
    assert AuditEvent.objects.get(action="token.revoked").actor_id == world.admin.pk


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"place": "district-0"}, "Select a valid choice"),
        ({"place": "school-1"}, "Select a valid choice"),
        ({"days": 366}, "Select a valid choice"),
    ],
)
def test_a_wrong_key_is_not_made(world, given, field):
    page = text(make(browser_of(world.admin), world, **given))

    assert field in page
    assert not ApiToken.objects.exists()


def test_a_key_to_a_place_of_another_state_cannot_be_made(world):
    other = world.elsewhere.district

    page = text(make(browser_of(world.admin), world, place=f"district-{other.pk}"))

    assert "Select a valid choice" in page
    assert not ApiToken.objects.exists()


def test_another_states_key_cannot_be_ended(world):
    client = reader(world.elsewhere.state)

    answer = browser_of(world.admin).post(f"/records/keys/{world.state.code}/{client.token.pk}/end/")

    assert answer.status_code == 404
    assert client.get(f"{V1}/key").status_code == 200


@pytest.mark.parametrize("days", [0, 366])
def test_no_key_lives_longer_than_a_year(world, days):
    with pytest.raises(ValueError, match="1 to 365"):
        tokens.issue(place=world.state, name="Dashboard", days=days, by=world.admin)


def test_the_log_leads_an_administrator_to_the_keys_and_a_head_not(world):
    address = f'href="/records/keys/{world.state.code}/"'

    assert address in text(browser_of(world.admin).get("/records/"))
    assert address not in text(browser_of(head_of(world.school)).get("/records/"))


def test_the_list_of_keys_costs_the_same_for_few_and_for_many(world):
    browser, costs = browser_of(world.admin), []
    for number in (1, 5):
        for _number in range(number):
            for place in (world.state, BlockFactory(district=DistrictFactory(state=world.state))):
                reader(place, by=admin_of(world.state))
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/records/keys/{world.state.code}/")
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda token: {"state": None},
        lambda token: {"district": DistrictFactory()},
        lambda token: {"expires_at": token.created_at},
        lambda token: {"revoked_at": timezone.now()},
        lambda token: {"digest": ApiToken.objects.exclude(pk=token.pk).get().digest},
    ],
    ids=["no place", "two places", "no time", "ended by nobody", "same key"],
)
def test_the_database_refuses_a_key_that_makes_no_sense(world, change):
    token = reader(world.state).token
    reader(world.state)

    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.filter(pk=token.pk).update(**change(token))
