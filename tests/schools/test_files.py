"""Published figures to take away: the same as on the screens, safe in a spreadsheet, noted in the log."""

import csv
import io
import re
import zipfile
import zlib

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core import pdf
from cms.core.models import AuditEvent
from schools.actions.adoption import mark_stale
from schools.actions.release import make_release
from schools.models import Department, PlannedModule, Role
from schools.queries.classes import year_that_runs
from schools.queries.published import Question, ask
from tests import factories
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of
from tests.schools.study import study

pytestmark = pytest.mark.django_db

needs_pango = pytest.mark.skipif(not pdf.is_available(), reason="needs Pango")
TABLES = ("places", "modules", "schools", "weeks", "plan")


def official_of(role, **place):
    return browser_of(factories.MembershipFactory(role=role, school=None, **place).user)


@pytest.fixture
def school():
    return factories.SchoolFactory(name="=cmd()")


@pytest.fixture
def official(school):
    return official_of(Role.STATE_OFFICIAL, state=school.state)


@pytest.fixture
def module(school):
    """Forty pupils in ten classes of two schools of one block; 33 of them are through."""
    module = make_module("Chats")
    beside = factories.SchoolFactory(name='Aster, "A" School', block=school.block)
    for number in range(10):
        classroom = factories.ClassroomFactory(school=(school, beside)[number % 2])
        enrolments = factories.EnrolmentFactory.create_batch(4, classroom=classroom)
        factories.AssignmentFactory(classroom=classroom, module_key=module.translation_key)
        for enrolment in enrolments[: 4 if number < 3 else 3]:
            for lesson in lessons_of(module):
                study(enrolment, lesson, module)
    return module


def base_of(place):
    return f"/files/{place._meta.model_name}/{place.pk}/"


def body_of(response):
    return b"".join(response.streaming_content)


def rows_of(response):
    """The rows of a CSV file below its facts, by the heads of their columns."""
    text = body_of(response).decode("utf-8-sig")
    facts, _empty, table = text.partition("\r\n\r\n")
    return list(csv.DictReader(io.StringIO(table))), facts


def files_of(response):
    with zipfile.ZipFile(io.BytesIO(body_of(response))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_page_offers_every_file_for_what_was_chosen(official, school, module):
    make_release()

    page = official.get(base_of(school.state), {"class": "7"}).content.decode()

    for name in ("adoption.xlsx", "cqube.zip", *(f"{table}.csv" for table in TABLES)):
        assert f'href="{base_of(school.state)}{name}?class=7"' in page


def test_the_screen_leads_to_the_files_of_what_it_shows(official, school, module):
    make_release()
    screen = f"/insights/{school.state.code}/"

    page = official.get(screen, {"class": "7", "module": str(module.translation_key)}).content.decode()

    assert f'href="{base_of(school.state)}?class=7&amp;module={module.translation_key}"' in page
    assert (
        "/files/" not in official.get(f"{screen}{school.district_id}/{school.udise_code}/").content.decode()
    )


def test_a_language_and_a_class_at_once_are_not_published(official, school, module):
    make_release()
    asked = {"class": "7", "language": "en"}

    page = official.get(base_of(school.state), asked).content.decode()

    assert "Choose one of the two." in page
    assert '<option value="7" selected>' in page
    assert ".csv" not in page
    assert official.get(f"{base_of(school.state)}places.csv", asked).status_code == 404


def test_before_the_first_night_the_page_says_so_and_files_are_empty(official, school):
    page = official.get(base_of(school.state)).content.decode()
    rows, facts = rows_of(official.get(f"{base_of(school.state)}schools.csv"))

    assert "There are no figures yet" in page
    assert "There are no figures yet." in facts
    assert [row["How far it has come"] for row in rows] == ["Not counted yet"]


def test_a_table_says_whose_figures_of_which_night_it_holds_and_by_which_rule(official, school, module):
    release = make_release()

    response = official.get(f"{base_of(school.state)}places.csv", {"module": str(module.translation_key)})
    content = body_of(response).decode()

    assert content.startswith("\ufeff")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    day = timezone.localtime(release.as_of).date().isoformat()
    assert f"state-{school.state_id}-places-{day}.csv" in response.headers["Content-Disposition"]
    for words in (school.state.name, "Chats", "Rounded to the nearest 5. Numbers under 10", "at least 60 %"):
        assert words in content


def test_places_hold_the_released_figures_and_say_what_is_not_shown(official, school, module):
    quiet = factories.DistrictFactory(state=school.state, name="Zebra", code="Z-1")
    small = factories.ClassroomFactory(school__block__district=quiet)
    factories.EnrolmentFactory.create_batch(4, classroom=small)
    make_release()

    rows, _facts = rows_of(official.get(f"{base_of(school.state)}places.csv"))

    shown = ask(school.state, [school.district, quiet], Question())
    by_name = {row["Districts"]: row for row in rows}
    for place in (school.district, quiet):
        figures, row = shown.inside[place.pk], by_name[place.name]
        assert row["Schools"] == str(figures.schools["schools"])
        assert row["Classes completed"] == str(figures.classes["classes_completed"])
        assert row["Pupils enrolled"] == str(figures.pupils["pupils"] or "")
    assert by_name["Zebra"]["The state's own code"] == "Z-1"
    assert by_name["Zebra"]["Pupils enrolled"] == ""
    assert by_name["Zebra"]["Not shown"] == "Pupils enrolled, Pupils completed, Pupils assessed"
    assert by_name["All together"]["Classes"] == "11"


def test_shown_numbers_of_students_are_the_rounded_ones(official, school, module):
    make_release()

    asked = {"module": str(module.translation_key)}
    rows, _facts = rows_of(official.get(f"{base_of(school.district)}places.csv", asked))
    modules, _facts = rows_of(official.get(f"{base_of(school.district)}modules.csv"))

    whole = rows[-1]
    assert (whole["Pupils enrolled"], whole["Pupils completed"], whole["Not shown"]) == (
        "40",
        "35",
        "Pupils assessed",
    )
    assert "33" not in whole.values()
    assert [(row["Module"], row["Pupils completed"]) for row in modules] == [("Chats", "35")]


def test_schools_come_without_students_and_without_formulas(official, school, module):
    make_release()

    rows, _facts = rows_of(official.get(f"{base_of(school.state)}schools.csv"))

    assert [row["School"] for row in rows] == ["'=cmd()", 'Aster, "A" School']
    assert {row["UDISE code"] for row in rows} >= {school.udise_code}
    assert [row["How far it has come"] for row in rows] == ["Completed", "Completed"]
    assert [row["Classes completed"] for row in rows] == ["5", "5"]
    assert not [head for head in rows[0] if "tudent" in head or "upil" in head]


def test_a_class_or_language_that_nobody_has_leaves_the_counts_empty(official, school, module):
    make_release()

    other_class, _facts = rows_of(official.get(f"{base_of(school.state)}schools.csv", {"class": "9"}))
    language, _facts = rows_of(official.get(f"{base_of(school.state)}schools.csv", {"language": "en"}))

    assert {(row["How far it has come"], row["Classes"]) for row in other_class} == {
        ("No such class here", "")
    }
    assert [row["Classes"] for row in language] == ["5", "5"]


def test_weeks_and_plan_hold_what_the_screens_show(official, school, module):
    department = Department.objects.create(state=school.state, name="D", status="approved")
    today = timezone.localdate()
    PlannedModule.objects.create(
        department=department,
        academic_year=year_that_runs(department.year_starts_in, today),
        class_level=7,
        module_key=module.translation_key,
        due_on=today,
    )
    make_release()

    weeks, _facts = rows_of(official.get(f"{base_of(school.state)}weeks.csv"))
    plan, _facts = rows_of(official.get(f"{base_of(school.state)}plan.csv"))

    assert sum(int(row["Classes completed"]) for row in weeks) == 10
    assert [(row["Module"], row["Class"], row["Schools that completed"]) for row in plan] == [
        ("Chats", "7", "2")
    ]


def test_the_workbook_opens_again_with_every_table_and_no_formula(official, school, module):
    make_release()

    response = official.get(f"{base_of(school.state)}adoption.xlsx")

    book = openpyxl.load_workbook(io.BytesIO(body_of(response)))
    assert book.sheetnames == ["About these figures", "Districts", "Modules", "Schools", "Weeks", "Plan"]
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    schools = list(book["Schools"].values)
    assert [row[1] for row in schools[1:]] == ["'=cmd()", 'Aster, "A" School']
    assert schools[1][0] == school.udise_code
    assert [row[5] for row in schools[1:]] == [5, 5]
    assert book["Modules"]["N2"].value == 35


def test_a_file_speaks_the_reader_s_language(official, school, module):
    make_release()
    official.cookies["language"] = "hi"

    content = body_of(official.get(f"{base_of(school.state)}schools.csv")).decode()

    assert "Any module" not in content


def test_an_older_night_is_read_again_as_it_was(official, school, module):
    old = make_release()
    factories.ClassroomFactory(school=school, class_level=9)
    mark_stale(school.pk)
    make_release()
    address = f"{base_of(school.state)}places.csv"

    then, _facts = rows_of(official.get(address, {"release": old.pk}))
    now, _facts = rows_of(official.get(address))

    assert (then[-1]["Classes"], now[-1]["Classes"]) == ("10", "11")
    assert official.get(address, {"release": 10**9}).status_code == 404


def test_a_file_that_was_taken_is_noted_and_one_that_was_only_asked_about_is_not(official, school, module):
    release = make_release()
    address = f"{base_of(school.district)}schools.csv"

    official.head(address, {"class": "7"})
    official.get(address, {"class": "7"})

    [event] = AuditEvent.objects.filter(action="adoption.exported")
    assert (event.subject_type, event.subject_id) == ("schools.district", str(school.district_id))
    assert event.details == {"file": "schools.csv", "release": release.pk, "class": 7}
    assert event.state_id == school.state_id


@pytest.mark.parametrize("name", ["", "places.csv", "schools.csv", "adoption.xlsx", "cqube.zip"])
def test_nobody_takes_files_of_another_place(school, name):
    other = factories.SchoolFactory()
    beside = factories.BlockFactory(district=school.district)
    block_official = official_of(Role.BLOCK_OFFICIAL, block=school.block)

    assert block_official.get(base_of(school.block) + name).status_code == 200
    for place in (beside, school.district, school.state, other.block, other.state):
        assert block_official.get(base_of(place) + name).status_code == 404


def test_nonsense_in_an_address_finds_nothing(official, school):
    for rest in ("people.csv", "places.csv?class=13", "places.csv?module=x", "cqube.zip?language=en"):
        assert official.get(base_of(school.state) + rest).status_code == 404
    assert official.get(f"/files/school/{school.pk}/").status_code == 404
    assert Client().get(base_of(school.state)).url.startswith("/accounts/login/")


def test_cqube_files_are_plain_and_hold_classes_only(official, school, module):
    release = make_release()
    school.district.code = "1,7"
    school.district.save()

    files = files_of(official.get(f"{base_of(school.state)}cqube.zip"))

    day = timezone.localtime(release.as_of).strftime("%d/%m/%y")
    dimension = [line.split(",") for line in files["school-dimension.data.csv"].splitlines()]
    event = [line.split(",") for line in files["classescompleted-event.data.csv"].splitlines()]
    assert not [name for name, text in files.items() if '"' in text or "'" in text or "pupil" in text]
    assert dimension[0][:2] == ["school_id", "school_name"]
    assert {row[0]: row[1] for row in dimension[1:]}[school.udise_code] == "cmd()"
    assert {row[6] for row in dimension[1:]} == {"1 7"}
    assert event[0] == [
        *("date", "district_id", "block_id", "cluster_id", "school_id", "schoolcategory_id", "grade"),
        "classes_completed",
    ]
    assert [day, "1 7", str(school.block_id), "", school.udise_code, "3", "7", "5"] in event
    assert len(event) == 3


def test_each_cqube_file_has_a_grammar_with_its_columns(official, school, module):
    make_release()

    files = files_of(official.get(f"{base_of(school.block)}cqube.zip"))

    data = [name for name in files if name.endswith(".data.csv")]
    assert len(data) == 6
    for name in data:
        grammar = [line.split(",") for line in files[name.replace(".data.", ".grammar.")].splitlines()]
        heads = files[name].splitlines()[0].split(",")
        assert heads in grammar
        assert {len(line) for line in grammar} == {len(heads)}
    assert files["classestotal-event.grammar.csv"].splitlines()[4].endswith("dimension,metric")


@pytest.mark.parametrize("name", ["places.csv", "schools.csv", "weeks.csv", "adoption.xlsx", "cqube.zip"])
def test_a_file_costs_the_same_queries_for_few_rows_and_for_many(official, school, module, name):
    make_release()
    address = base_of(school.state) + name

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            body_of(official.get(address))
        return len(seen)

    cost()
    few = cost()
    for _number in range(3):
        factories.SchoolFactory(block__district__state=school.state)
    make_release()

    assert cost() == few


def pages(content: bytes) -> int:
    """How many pages a PDF has, also where its parts are packed."""
    opened = b""
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            opened += zlib.decompress(part)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", content + opened))


@needs_pango
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_district_with_many_blocks_fits_on_one_page(official, school, module, language):
    for number in range(30):
        factories.BlockFactory(district=school.district, name=f"Block with a rather long name {number}")
    make_release()
    official.cookies["language"] = language

    response = official.get(f"/files/report/{school.district_id}/pdf/")

    content = body_of(response) if response.streaming else response.content
    assert content.startswith(b"%PDF-")
    assert pages(content) == 1
    assert AuditEvent.objects.get(action="adoption.exported").details["file"] == "report.pdf"


def test_the_report_says_where_the_district_stands(official, school, module):
    make_release()

    page = official.get(f"/files/report/{school.district_id}/").content.decode()

    assert "<strong>2</strong> of 2 schools have completed a module with at least one class." in page
    assert school.block.name in page
    assert "<svg" in page
    assert "style=" not in page
    assert "Pupils enrolled: <strong>40</strong>" in page


def test_a_report_before_the_first_night_still_opens(official, school):
    page = official.get(f"/files/report/{school.district_id}/").content.decode()

    assert "No school is here yet." in page


def test_without_pango_the_page_says_how_to_switch_it_on(official, school, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    address = f"/files/report/{school.district_id}/"

    page = official.get(address).content.decode()
    refused = official.get(f"{address}pdf/")

    assert "the server needs the library Pango" in page
    assert "pdf/" not in page
    assert refused.url == address
