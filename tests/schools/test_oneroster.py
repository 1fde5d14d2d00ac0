"""OneRoster ZIPs: students by their marks, names read past, hostile files refused."""

import io
import struct
import zipfile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from schools import oneroster
from schools.models import Classroom, Enrolment, SheetImport
from tests.factories import ClassroomFactory, EnrolmentFactory, SchoolFactory, teacher_of
from tests.schools.rosters import FAMILY, GIVEN, table, tables, zip_of
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db

ROOMS = (("c1", "7 B", "07"), ("c2", "Class VIII-A", ""))
PUPILS = (("u1", "c1", {"metadata.rollNumber": "12"}), ("u2", "c1", {}), ("u3", "c2", {"identifier": "4"}))


@pytest.fixture
def school(db):
    return SchoolFactory()


@pytest.fixture
def browser(school):
    return browser_of(head_of(school))


def bring(browser, school, file, **more):
    sent = {"file": file, "language": "en"} | more
    return text(browser.post(f"/school/{school.udise_code}/students/", sent, follow=True))


def apply(browser, school):
    pk = SheetImport.objects.latest("pk").pk
    return browser.post(f"/school/{school.udise_code}/students/lists/{pk}/apply/", follow=True)


def students():
    active = Enrolment.objects.active().order_by("classroom__class_level", "roll_number")
    return list(active.values_list("classroom__class_level", "classroom__section", "roll_number", "alias"))


def test_students_come_with_their_numbers_or_the_next_free_ones(browser, school):
    bring(browser, school, zip_of(tables(school, PUPILS, ROOMS)))
    apply(browser, school)

    assert students() == [(7, "B", 1, "1"), (7, "B", 12, "12"), (8, "A", 4, "4")]


def test_the_same_file_twice_changes_nothing(browser, school):
    bring(browser, school, zip_of(tables(school, PUPILS, ROOMS)))
    apply(browser, school)

    page = bring(browser, school, zip_of(tables(school, PUPILS, ROOMS)), is_whole_list="on")

    assert "The list changes nothing." in page
    assert "3 students stay as they are." in page


def test_a_student_is_found_again_in_another_order_and_class(browser, school):
    bring(browser, school, zip_of(tables(school, PUPILS, ROOMS)))
    apply(browser, school)
    before = {one.source_digest: one.student_id for one in Enrolment.objects.all()}
    moved = (
        ("u4", "c1", {}),
        ("u2", "c2", {}),
        ("u3", "c2", {"identifier": "4"}),
        ("u1", "c1", PUPILS[0][2]),
    )

    bring(browser, school, zip_of(tables(school, moved, ROOMS)))
    apply(browser, school)

    now = {one.source_digest: one.student_id for one in Enrolment.objects.active()}
    assert students() == [(7, "B", 1, "1"), (7, "B", 12, "12"), (8, "A", 1, "1"), (8, "A", 4, "4")]
    assert {digest: now[digest] for digest in before} == before
    assert Enrolment.objects.get(left_for="transferred").classroom.class_level == 7


def test_students_who_were_typed_in_are_found_by_their_roll_number(browser, school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    there = EnrolmentFactory(classroom=room, roll_number=12, alias="Kite")

    bring(browser, school, zip_of(tables(school, PUPILS[:1], ROOMS)))
    apply(browser, school)

    there.refresh_from_db()
    assert (there.alias, bool(there.source_digest)) == ("Kite", True)
    assert Enrolment.objects.count() == 1


def test_no_name_is_kept_anywhere(browser, school):
    page = bring(browser, school, zip_of(tables(school, PUPILS, (*ROOMS[:1], ("c2", "Maths", "")))))
    apply(browser, school)

    for model in apps.get_models():
        kept = str(list(model._default_manager.values()))
        assert GIVEN not in kept, model
        assert FAMILY not in kept, model
        assert "u1" not in {one for one in kept.split("'") if model is Enrolment}
    assert GIVEN not in page


def test_a_class_that_cannot_be_read_is_said_once_with_its_row(browser, school):
    page = bring(browser, school, zip_of(tables(school, PUPILS, (*ROOMS[:1], ("c2", "Maths", "")))))

    assert "<bdi>classes.csv: 3</bdi>" in page
    assert "Maths" in page
    assert "The title does not say class and section" in page
    assert "2 students are new." in page


def test_deleted_and_disabled_rows_and_teachers_are_passed_over(browser, school):
    files = tables(school, PUPILS, ROOMS)
    files["users"].append(["u9", "false", "x", GIVEN, FAMILY, "", ""])
    files["enrollments"] += [
        ["e8", "tobedeleted", "", "c1", "o1", "u3", "student"],
        ["e9", "", "", "c1", "o1", "u9", "student"],
        ["e10", "", "", "c1", "o1", "t1", "teacher"],
    ]

    bring(browser, school, zip_of(files))
    apply(browser, school)

    assert len(students()) == 3


def test_a_student_in_two_classes_is_a_fault_without_a_name(browser, school):
    files = tables(school, PUPILS, ROOMS)
    files["enrollments"].append(["e9", "", "", "c2", "o1", "u1", "student"])

    page = bring(browser, school, zip_of(files))

    assert "This student is in two classes of the file." in page
    assert "<bdi>users.csv: 2</bdi>" in page
    assert GIVEN not in page


def test_only_homerooms_count_where_there_are_some(browser, school):
    files = tables(school, PUPILS, (*ROOMS, ("c3", "7 MATHS", "07")))
    files["classes"][3][6] = "scheduled"
    files["enrollments"].append(["e9", "", "", "c3", "o1", "u1", "student"])

    bring(browser, school, zip_of(files))
    apply(browser, school)

    assert not Classroom.objects.filter(section="MATHS").exists()
    assert len(students()) == 3


def test_of_several_schools_the_one_with_this_code_counts(browser, school):
    files = tables(school, PUPILS, ROOMS)
    files["orgs"].append(["o2", "", "", "Another", "school", "00999999999"])
    files["classes"][2][7] = "o2"

    bring(browser, school, zip_of(files))
    apply(browser, school)

    assert {one[0] for one in students()} == {7}


def test_several_schools_of_which_none_is_this_one_are_refused(browser, school):
    files = tables(school, PUPILS, ROOMS)
    files["orgs"] = [files["orgs"][0], *[[f"o{n}", "", "", "X", "school", f"0099999999{n}"] for n in (1, 2)]]

    assert "several schools" in bring(browser, school, zip_of(files))


def test_short_rows_and_columns_in_another_order_are_borne(browser, school):
    files = tables(school, PUPILS, ROOMS)
    files["users"] = "familyName,sourcedId\nX,u1\nY,u2\n,u3\n"
    files["enrollments"] = (
        "role,userSourcedId,classSourcedId,sourcedId\nstudent,u1,c1,e1\nstudent,u2,c1\nstudent\n"
    )

    page = bring(browser, school, zip_of(files))

    assert "2 students are new." in page


@pytest.mark.parametrize("name", oneroster.NEEDED)
def test_a_missing_table_is_named(browser, school, name):
    page = bring(browser, school, zip_of(tables(school, PUPILS, ROOMS, **{name: None})))

    assert f"{name}.csv is missing or empty" in page
    assert not SheetImport.objects.exists()


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ([["oneroster.version", "1.1"]], "does not say OneRoster 1.2"),
        ([["oneroster.version", "1.2"], ["file.users", "delta"]], "only changes (delta)"),
    ],
)
def test_another_version_and_changes_only_are_refused(browser, school, manifest, words):
    files = tables(school, PUPILS, ROOMS, manifest=[["propertyName", "value"], *manifest])

    assert words in bring(browser, school, zip_of(files))


def test_folders_in_the_zip_are_refused_with_what_to_do(browser, school):
    page = bring(browser, school, zip_of(tables(school, PUPILS, ROOMS), folder="export/"))

    assert "mark the CSV files, not their folder" in page


def hostile(name):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        if name == "bomb":
            packed.writestr("users.csv", "a" * (25 * 1024 * 1024))
        elif name == "many":
            for number in range(80):
                packed.writestr(f"{number}.csv", "a")
        elif name == "traversal":
            packed.writestr("../users.csv", "a")
        elif name == "backslash":
            packed.writestr("x.csv", "a")
            packed.infolist()[0].filename = "..\\users.csv"
        elif name == "link":
            link = zipfile.ZipInfo("users.csv")
            link.external_attr = 0o120777 << 16
            packed.writestr(link, "/etc/passwd")
    return content.getvalue()


def lying():
    """A ZIP whose table is far longer than it claims, in both places that say so."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("manifest.csv", "propertyName,value\n" + "x,y\n" * 1_000_000)
    data = content.getvalue()
    true = struct.pack("<L", len("propertyName,value\n") + 4_000_000)
    return data.replace(true, struct.pack("<L", 100))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: hostile("bomb"), "unpacks to far more than it should"),
        (lambda: hostile("many"), "unpacks to far more than it should"),
        (lambda: hostile("traversal"), "leads out of it"),
        (lambda: hostile("link"), "leads out of it"),
        (lambda: lying(), "damaged"),
        (lambda: zip_of({"manifest": "x"}).read()[:-30], "damaged"),
    ],
    ids=["bomb", "many", "traversal", "link", "lying", "cut"],
)
def test_a_hostile_zip_is_refused_and_nothing_is_kept(browser, school, content, words):
    page = bring(browser, school, SimpleUploadedFile("x.zip", content()))

    assert words in page
    assert not SheetImport.objects.exists()


def test_a_teacher_cannot_bring_a_whole_schools_zip_into_a_class(school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    sent = {"file": zip_of(tables(school, PUPILS, ROOMS))}

    page = browser_of(teacher_of(room)).post(f"/school/{school.udise_code}/students/class/{room.pk}/", sent)

    assert "is for the whole school" in text(page)


def test_a_table_is_written_as_csv():
    assert table([["a", "b,c"]]) == 'a,"b,c"\r\n'
