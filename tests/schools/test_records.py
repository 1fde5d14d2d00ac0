"""The audit log as people read it: whose events they see, what they find, and the file they take away."""

import ast
import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.core import audit
from cms.core.models import AuditEvent
from schools.actions import memberships, roster
from schools.actions.roster import NewStudent
from schools.models import Role
from schools.presenters import record_files
from schools.presenters.record_words import SENTENCES
from schools.queries import records
from tests.factories import (
    BlockFactory,
    ClassroomFactory,
    DistrictFactory,
    EnrolmentFactory,
    MembershipFactory,
    SchoolFactory,
    StaffFactory,
    StateFactory,
    give_second_factor,
    teacher_of,
)
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db
APPS = ("cms", "curriculum", "quizzes", "schools")
MADE_OF = {
    "OTHER_WORK_KEPT": ["other_work.kept"],
    "f'department.{status}'": ["department.approved", "department.asked", "department.refused"],
    "f'department.status_{status}'": ["department.status_approved", "department.status_suspended"],
}
"""The codes that no single line of the code base spells out."""


def admin_of(state):
    return MembershipFactory(role=Role.STATE_ADMIN, school=None, state=state).user


def operator():
    person = StaffFactory(is_staff=True, is_superuser=True)
    give_second_factor(person)
    return person


def file_of(response):
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


# Where an event belongs -------------------------------------------------------------------------


def test_an_event_belongs_where_its_subject_lies():
    room = ClassroomFactory()
    school, state = room.school, room.school.state
    enrolment = EnrolmentFactory(classroom=room)
    official = MembershipFactory(role=Role.BLOCK_OFFICIAL, school=None, block=school.block)
    in_school = [school, room, enrolment, head_of(school).memberships.get()]
    in_state = [state, school.district, school.block, official]

    inside = {records.place_of(record) for record in in_school}
    above = {records.place_of(record) for record in in_state}

    assert inside == {(state.pk, school.pk)}
    assert above == {(state.pk, None)}
    assert records.place_of(official.user) == (None, None)


def test_an_account_has_no_place_but_the_one_it_was_touched_at():
    school, person = SchoolFactory(), StaffFactory()

    event = audit.record("account.created", person, by=person, within=school)

    assert (event.state_id, event.school_id) == (school.state_id, school.pk)


# Who sees what ----------------------------------------------------------------------------------


@pytest.fixture
def two_schools():
    """Two schools of one state and one of another, each with an event."""
    state = StateFactory()
    schools = [
        SchoolFactory(block=BlockFactory(district=DistrictFactory(state=state))) for _number in range(2)
    ]
    schools.append(SchoolFactory())
    for school in schools:
        audit.record("readiness.updated", school, by=None)
    return schools


def named(page, schools):
    return [school.name in page for school in schools]


def test_a_head_sees_the_events_of_the_school(two_schools):
    page = text(browser_of(head_of(two_schools[0])).get("/records/"))

    assert "What the school has in place was changed." in page
    assert "The system" in page
    assert named(page, two_schools) == [True, False, False]


def test_a_state_administrator_sees_the_events_of_the_state(two_schools):
    page = text(browser_of(admin_of(two_schools[0].state)).get("/records/"))

    assert named(page, two_schools) == [True, True, False]


def test_a_state_administrator_reads_nothing_that_tells_numbers_of_pupils():
    room = ClassroomFactory()
    teacher = teacher_of(room)
    [student] = roster.add_students(classroom=room, students=[NewStudent("Kite")], by=teacher)
    roster.leave(enrolment=student, by=teacher)

    of_state = text(browser_of(admin_of(room.school.state)).get("/records/"))
    of_school = text(browser_of(head_of(room.school)).get("/records/"))

    assert "Students were added" not in of_state
    assert room.school.name not in of_state
    assert room.school.name in of_school


def test_the_operator_sees_all(two_schools):
    page = text(browser_of(operator()).get("/records/"))

    assert named(page, two_schools) == [True, True, True]


def test_a_state_administrator_without_a_second_factor_sees_nothing(two_schools):
    person = MembershipFactory(
        role=Role.STATE_ADMIN, school=None, state=two_schools[0].state, has_second_factor=False
    ).user

    answer = browser_of(person).get("/records/")

    assert answer.status_code in (302, 403)
    assert named(text(answer), two_schools) == [False, False, False]


def test_who_did_what_is_said_without_a_childs_alias():
    room = ClassroomFactory(class_level=7, section="B")
    teacher = teacher_of(room)
    [student] = roster.add_students(classroom=room, students=[NewStudent("Secret Kite")], by=teacher)
    roster.reset_pin(enrolment=student, by=teacher)
    browser = browser_of(head_of(room.school))

    page, rows = text(browser.get("/records/")), file_of(browser.get("/records/file/"))

    assert "A student got a new picture PIN." in page
    assert "A student of Class 7 B" in page
    assert teacher.name in page
    assert "Secret Kite" not in page
    assert "Secret Kite" not in str(rows)


def test_a_role_is_told_with_its_holder(two_schools):
    head = head_of(two_schools[0])
    person = StaffFactory(name="Meera Guru")
    memberships.add(user=person, role=Role.TEACHER, place=two_schools[0], by=None)

    page = text(browser_of(head).get("/records/?kind=people"))

    assert "A role was given." in page
    assert "Meera Guru · Teacher" in page


def test_hostile_words_in_the_details_are_shown_as_words():
    school = SchoolFactory(name="<script>alert(1)</script>")
    audit.record("readiness.updated", school, by=None, reason='"><img src=x onerror=alert(1)>')

    page = text(browser_of(head_of(school)).get("/records/"))

    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_an_old_code_that_nobody_knows_any_more_is_shown_as_it_stands():
    school = SchoolFactory()
    audit.record("gone.long_ago", school, by=None)

    assert "gone.long_ago" in text(browser_of(head_of(school)).get("/records/"))


# Looking something up ---------------------------------------------------------------------------


@pytest.fixture
def school():
    return SchoolFactory(name="Green School")


def event(school, action="readiness.updated", by=None, at=None, **details):
    with time_machine.travel(at or datetime(2026, 11, 24, 10, tzinfo=UTC), tick=False):
        return audit.record(action, school, by=by, **details)


def found(school, **asked):
    """The reasons of the events that the head finds, newest first."""
    browser = browser_of(head_of(school))
    rows = file_of(browser.get("/records/file/", asked))
    return [row[8].partition('"reason": "')[2].partition('"')[0] for row in rows[1:] if "reason" in row[8]]


def test_events_are_found_by_kind(school):
    event(school, reason="one")
    event(school, "membership.ended", reason="two")

    assert found(school, kind="people") == ["two"]


def test_events_are_found_by_who_did_it(school):
    event(school, reason="one", by=StaffFactory(name="Asha Rao"))
    event(school, reason="two", by=StaffFactory(email="bela@example.org"))

    assert found(school, person="asha") == ["one"]
    assert found(school, person="BELA@") == ["two"]


def test_events_are_found_by_school_or_person_concerned(school):
    other = SchoolFactory(name="Blue School", block=school.block)
    member = memberships.add(user=StaffFactory(name="Dev"), role=Role.TEACHER, place=school, by=None)
    event(school, reason="green")
    event(other, reason="blue")
    browser = browser_of(admin_of(school.state))

    by_name = text(browser.get("/records/?about=blue"))
    by_code = text(browser.get("/records/", {"about": other.udise_code}))
    by_person = text(browser.get("/records/?about=dev"))

    assert ("blue" in by_name, "green" in by_name) == (True, False)
    assert "blue" in by_code
    assert str(member.user) in by_person
    assert "green" not in by_person


@pytest.mark.parametrize("words", ["माता", "100%", "a_b", 'quo"te', "back\\slash"])
def test_events_are_found_by_words_in_the_details(school, words):
    event(school, reason=f"for {words} it was")
    event(school, reason="for naught")

    assert len(found(school, words=words)) == 1


def test_events_are_found_by_day_as_the_clock_here_has_it(school):
    event(school, reason="late on the 2nd", at=datetime(2026, 11, 2, 18, 29, tzinfo=UTC))
    event(school, reason="early on the 3rd", at=datetime(2026, 11, 2, 18, 31, tzinfo=UTC))
    event(school, reason="on the 4th", at=datetime(2026, 11, 4, 6, tzinfo=UTC))

    assert found(school, since="2026-11-03", until="2026-11-03") == ["early on the 3rd"]
    assert found(school, until="2026-11-02") == ["late on the 2nd"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2026-11-05", "until": "2026-11-03"}, "This day is before the first one."),
        ({"until": "9999-12-31"}, "This day is still to come."),
        ({"since": "soon"}, "Enter a valid date."),
        ({"kind": "none"}, "Select a valid choice"),
        ({"words": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_kept(school, asked, sentence):
    event(school, reason="one")

    page = text(browser_of(head_of(school)).get("/records/", asked))

    assert sentence in page
    assert all(f'value="{value}"' in page for name, value in asked.items() if name != "kind")


def test_nothing_found_is_said(school):
    page = text(browser_of(head_of(school)).get("/records/?words=unheard"))

    assert "Nothing fits what you looked for" in page


# Page by page -----------------------------------------------------------------------------------


def reasons(page):
    return [number for number in range(120) if f"<bdi>no {number}</bdi>" in page]


def test_pages_follow_each_other_though_events_come_in_between(school):
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(120):
        event(school, reason=f"no {number}", at=moment + timedelta(minutes=number // 3))
    browser = browser_of(head_of(school))
    seen, address = [], "/records/"

    while address:
        page = text(browser.get(address))
        seen.append(reasons(page))
        event(school, reason="no 150", at=moment + timedelta(days=5))
        after = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        address = f"/records/{after}" if after else ""

    assert seen == [list(range(70, 120)), list(range(20, 70)), list(range(20))]


@pytest.mark.parametrize(
    "after", ["", "x", "1-", "-1", "9" * 40, "1-" + "9" * 40, "99999999999999999-1", "०-1"]
)
def test_a_made_up_place_to_go_on_breaks_nothing(school, after):
    event(school, reason="one")

    assert browser_of(head_of(school)).get("/records/", {"after": after}).status_code == 200


def test_a_page_costs_the_same_for_few_events_and_for_many(school):
    browser, costs = browser_of(admin_of(school.state)), []
    for number in (2, 30):
        for _number in range(number):
            room = ClassroomFactory(school=SchoolFactory(block=school.block))
            teacher = teacher_of(room)
            roster.add_students(classroom=room, students=[NewStudent("Kite")], by=teacher)
            roster.reset_pin(enrolment=room.enrolments.get(), by=teacher)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/records/").status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]


# The file ---------------------------------------------------------------------------------------


def test_the_file_holds_what_the_page_shows_and_is_itself_noted(school):
    head = head_of(school, name="Asha Head")
    event(school, reason="one", by=head)
    event(school, "membership.ended", reason="two")

    answer = browser_of(head).get("/records/file/?kind=teaching&words=one")
    rows = file_of(answer)
    noted = AuditEvent.objects.get(action="records.exported")

    assert answer["Content-Disposition"].startswith('attachment; filename="records-')
    assert [row[4] for row in rows[1:]] == ["What the school has in place was changed."]
    assert rows[1][0] == "2026-11-24T15:30:00+05:30"
    assert (noted.actor_id, noted.school_id) == (head.pk, school.pk)
    assert noted.details == {"narrowed_by": ["actions", "words"]}


def test_no_cell_is_taken_for_a_formula():
    school = SchoolFactory(name="=HYPERLINK(1)")
    person = StaffFactory(name="+cmd|' /C calc'!A0")
    event(school, by=person)
    event(school, "@SUM(1)")

    rows = file_of(browser_of(head_of(school)).get("/records/file/"))

    cells = [cell for row in rows for cell in row if cell]
    assert [cell for cell in cells if cell[0] in "=+-@\t\r"] == []
    assert "'=HYPERLINK(1)" in cells


def test_a_file_that_is_full_says_so_at_its_end(school, monkeypatch):
    monkeypatch.setattr(record_files, "MOST_EVENTS", 3)
    for number in range(5):
        event(school, reason=f"no {number}", at=datetime(2026, 11, 1, number, tzinfo=UTC))
    head = head_of(school)

    rows = file_of(browser_of(head).get("/records/file/?kind=teaching"))

    assert len(rows) == 1 + 3 + 1
    assert rows[-1] == ["A file holds at most 3 events, the newest first. Choose dates for older ones."]


def test_the_file_is_in_the_readers_language(school):
    event(school)
    browser = browser_of(head_of(school))
    browser.cookies["language"] = "hi"

    assert "UDISE कोड" in file_of(browser.get("/records/file/"))[0]


# Words ------------------------------------------------------------------------------------------


def codes_in(source):
    """Every code that a call of `audit.record` in `source` may hand on; a call that hides its code fails."""
    tree = ast.parse(source)
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in calls_of("audit.record", function):
            code = call.args[0]
            if isinstance(code, ast.Name) and code.id in {one.arg for one in function.args.args}:
                for outer in calls_of(function.name, tree):
                    yield from _codes(outer.args[0], named)
            else:
                yield from _codes(code, named)


def calls_of(name, tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == name]


def _codes(node, named):
    if isinstance(node, ast.IfExp):
        yield from _codes(node.body, named)
        yield from _codes(node.orelse, named)
    elif isinstance(node, ast.Name) and node.id in named:
        yield from _codes(named[node.id], named)
    elif isinstance(node, ast.Constant):
        yield node.value
    else:
        yield from MADE_OF[ast.unparse(node)]


def test_every_code_in_the_code_base_has_words():
    root = Path(settings.BASE_DIR)
    sources = [
        path.read_text(encoding="utf-8") for app in APPS for path in sorted((root / app).rglob("*.py"))
    ]

    codes = {code for source in sources for code in codes_in(source)}

    assert len(codes) > 20
    assert codes - SENTENCES.keys() == set()


def test_a_long_search_back_in_time_is_not_refused(school):
    event(school, reason="one")

    assert found(school, since=date(2000, 1, 1).isoformat()) == ["one"]
