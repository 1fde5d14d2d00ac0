"""Class lists from files: looked at first, applied whole, undone; and nothing kept that need not be."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cms.core.models import AuditEvent
from cms.users.models import User
from schools import pictures
from schools.actions import roster, roster_files
from schools.actions.roster import NewStudent
from schools.models import Classroom, Enrolment, Role, SheetFile, SheetImport, SheetRow
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    SchoolCategoryFactory,
    SchoolFactory,
    teacher_of,
)
from tests.schools.lessons import lessons_of, make_module
from tests.schools.rosters import csv_of
from tests.schools.staff import browser_of, head_of, text
from tests.schools.study import study

pytestmark = pytest.mark.django_db

HEAD_ROW = "class,section,roll number,alias,language"


@pytest.fixture
def school(db):
    return SchoolFactory()


@pytest.fixture
def head(school):
    return head_of(school)


@pytest.fixture
def browser(head):
    return browser_of(head)


def bring(browser, school, *lines, room=None, **more):
    """Bring a list in; the page that comes of it."""
    where = f"class/{room.pk}/" if room else ""
    sent = {"file": csv_of(*lines)} if lines else {}
    sent |= {"language": "hi"} | more
    return browser.post(f"/school/{school.udise_code}/students/{where}", sent, follow=True)


def newest():
    return SheetImport.objects.latest("pk")


def do(browser, what, sheet=None):
    sheet = sheet or newest()
    return browser.post(f"/school/{sheet.school.udise_code}/students/lists/{sheet.pk}/{what}/", follow=True)


def students():
    """Class, section, roll number and alias of everyone who is in a class."""
    active = Enrolment.objects.active().order_by(
        "classroom__class_level", "classroom__section", "roll_number"
    )
    return [
        (*one[:2], one[2], one[3])
        for one in active.values_list("classroom__class_level", "classroom__section", "roll_number", "alias")
    ]


LIST = (HEAD_ROW, "7,B,1,Kite,", "7,B,2,,", "8,A,1,River,ur")


def test_a_list_is_shown_first_and_changes_nothing(browser, school):
    page = text(bring(browser, school, *LIST))

    assert "Nothing is changed yet." in page
    assert "3 students are new." in page
    assert "Classes are made: 7 B, 8 A." in page
    assert not Enrolment.objects.exists()
    assert not Classroom.objects.exists()


def test_applied_it_makes_the_classes_and_students_with_pictures(browser, school):
    bring(browser, school, *LIST)

    page = text(do(browser, "apply"))

    assert "The list is applied." in page
    assert students() == [(7, "B", 1, "Kite"), (7, "B", 2, "2"), (8, "A", 1, "River")]
    assert dict(Classroom.objects.values_list("class_level", "language")) == {7: "hi", 8: "ur"}
    assert all(len(pictures.unseal(one.pin)) == 4 for one in Enrolment.objects.all())
    assert User.students.count() == 3


def test_the_same_file_again_changes_nothing(browser, school):
    bring(browser, school, *LIST)
    do(browser, "apply")
    before = list(Enrolment.objects.order_by("pk").values())

    page = text(bring(browser, school, *LIST, is_whole_list="on"))
    do(browser, "apply")

    assert "The list changes nothing." in page
    assert "3 students stay as they are." in page
    assert list(Enrolment.objects.order_by("pk").values()) == before


def test_a_changed_alias_is_a_change_and_two_may_exchange_theirs(browser, school):
    bring(browser, school, HEAD_ROW, "7,B,1,Kite,", "7,B,2,River,")
    do(browser, "apply")
    pins = dict(Enrolment.objects.values_list("roll_number", "pin"))

    page = text(bring(browser, school, HEAD_ROW, "VII,b,1,River,", "Class 7,B,2,Kite,"))
    do(browser, "apply")

    assert "2 students change." in page
    assert "alias “Kite”" in page
    assert students() == [(7, "B", 1, "River"), (7, "B", 2, "Kite")]
    assert dict(Enrolment.objects.values_list("roll_number", "pin")) == pins


def test_a_list_without_aliases_keeps_those_that_are_there(browser, school):
    bring(browser, school, HEAD_ROW, "7,B,1,Kite,")
    do(browser, "apply")

    page = text(bring(browser, school, "class,section,roll no", "7,B,1"))

    assert "1 student stays as they are." in page


def test_the_whole_list_lets_those_leave_who_are_not_in_it(browser, school):
    bring(browser, school, *LIST)
    do(browser, "apply")

    page = text(bring(browser, school, HEAD_ROW, "7,B,1,Kite,", is_whole_list="on"))
    do(browser, "apply")

    assert "2 students leave their classes." in page
    assert students() == [(7, "B", 1, "Kite")]
    assert set(Enrolment.objects.exclude(left_on=None).values_list("left_for", flat=True)) == {"left"}


def test_a_part_of_the_list_lets_nobody_leave(browser, school):
    bring(browser, school, *LIST)
    do(browser, "apply")

    bring(browser, school, HEAD_ROW, "7,B,9,Owl,")
    do(browser, "apply")

    assert len(students()) == 4


FAULTY = (
    HEAD_ROW,
    "7,B,1,Kite,",
    "13,B,2,,",
    "7,,3,,",
    "7,B,none,,",
    "7,B,1,Moon,",
    "7,B,5,kite,",
    "7,B,6,98765 43210,",
    "7,B,7,,Klingon",
    "7,B,8,Owl,,Ashwathama",
)


def test_every_fault_is_said_at_once_by_row_column_and_value(browser, school):
    page = text(bring(browser, school, *FAULTY))

    assert "8 rows have to be mended." in page
    for row, value, reason in (
        (3, "13", "Write the class as a number from 1 to 12"),
        (4, "–", "Write the section"),
        (5, "none", "Write a roll number from 1 to 9999."),
        (6, "1", "The same student as in row 2."),
        (7, "kite", "The same alias as in row 2 of this class."),
        (8, "–", "This looks like a phone number or an e-mail address."),
        (9, "Klingon", "This language is not known here."),
        (10, "Ashwathama", "The row has more cells than there are headings."),
    ):
        line = next(part for part in page.split("<tr>") if f"Row <bdi>{row}</bdi>" in part)
        assert value in line
        assert reason in line


def test_a_phone_number_is_not_kept_anywhere(browser, school):
    bring(browser, school, *FAULTY)

    kept = str(list(SheetRow.objects.values()))
    given_back = browser.get(f"/school/{school.udise_code}/students/lists/{newest().pk}/rejected/")

    assert "98765" not in kept
    assert "98765" not in given_back.content.decode()


def test_the_rows_to_mend_come_back_as_a_file_without_formulas(browser, school):
    bring(browser, school, HEAD_ROW, "=1+1,B,2,,", "7,B,1,Kite,")

    response = browser.get(f"/school/{school.udise_code}/students/lists/{newest().pk}/rejected/")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Class,Section,Roll number,Alias,Language,Row")
    assert lines[1].startswith("'=1+1,B,2,,,2,\"Write the class")
    assert len(lines) == 2


def test_good_rows_are_applied_and_faulty_ones_left_out(browser, school):
    bring(browser, school, *FAULTY)

    do(browser, "apply")

    assert students() == [(7, "B", 1, "Kite")]


def test_a_whole_list_with_a_fault_is_not_applied(browser, school, head):
    EnrolmentFactory(classroom=ClassroomFactory(school=school, class_level=7, section="B"), roll_number=4)
    bring(browser, school, *FAULTY, is_whole_list="on")

    page = text(browser.get(f"/school/{school.udise_code}/students/lists/{newest().pk}/"))
    with pytest.raises(ValidationError):
        roster_files.apply(sheet=newest(), by=head)

    assert "so that nobody leaves by mistake" in page
    assert "Apply the list" not in page
    assert Enrolment.objects.active().count() == 1


def test_a_list_of_full_names_is_not_even_kept_until_somebody_says_they_are_none(browser, school):
    rows = [HEAD_ROW, *[f"7,B,{n},Ashwathama Sharma{'' if n == 1 else n}," for n in range(1, 5)]]

    page = text(bring(browser, school, *rows))
    kept_at_first = SheetImport.objects.exists()
    bring(browser, school, *rows, are_aliases="on")

    assert "These look like full names" in page
    assert "Row 2: <bdi>Ashwathama Sharma</bdi>" in page
    assert not kept_at_first
    assert newest().added == 4


def test_columns_with_names_are_read_past(browser, school):
    bring(browser, school, "name,class,section,roll no,father's name", "Ashwathama,7,B,1,Drona")
    do(browser, "apply")

    assert students() == [(7, "B", 1, "1")]
    assert "Ashwathama" not in str(list(SheetRow.objects.values()))
    assert not SheetFile.objects.exists()


def test_a_pasted_table_works_too(browser, school):
    bring(browser, school, text="class\tsection\troll\n7\tB\t12\n")
    do(browser, "apply")

    assert students() == [(7, "B", 12, "12")]


def test_an_excel_file_works_too(browser, school):
    book, content = Workbook(), io.BytesIO()
    for row in (["Class", "Section", "Roll number"], ["VII", "B", 12], [7, "B", 13.0]):
        book.active.append(row)
    book.save(content)

    browser.post(
        f"/school/{school.udise_code}/students/",
        {"file": SimpleUploadedFile("s.xlsx", content.getvalue()), "language": "en"},
    )
    do(browser, "apply")

    assert students() == [(7, "B", 12, "12"), (7, "B", 13, "13")]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file, or paste a table."),
        ({"text": "nothing here"}, "No heading is known."),
        ({"text": "class,section\n7,B"}, "These columns are missing: roll number."),
        ({"file": SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 99)}, "This is an old Excel file"),
        ({"file": SimpleUploadedFile("a.zip", b"PK\x03\x04" + b"x" * 99)}, "damaged"),
        ({"text": "class,section,roll"}, "The file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(browser, school, sent, words):
    page = text(bring(browser, school, **sent))

    assert words in page
    assert not SheetImport.objects.exists()


def test_a_school_has_the_classes_of_its_category(browser, school):
    school.category = SchoolCategoryFactory(code=1, lowest_class=1, highest_class=5)
    school.save()

    page = text(bring(browser, school, HEAD_ROW, "7,B,1,,"))

    assert "This school has classes 1 to 5." in page


def test_what_stands_in_the_class_already_is_not_doubled(browser, school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    EnrolmentFactory(classroom=room, roll_number=None, alias="Kite")
    EnrolmentFactory(classroom=room, roll_number=2, alias="River")

    page = text(bring(browser, school, HEAD_ROW, "7,B,1,kite,", "7,B,3,River,"))

    assert page.count("Another student of the class has this alias.") == 2


def test_applying_twice_does_it_once(browser, school):
    bring(browser, school, *LIST)
    do(browser, "apply")
    do(browser, "apply")

    assert len(students()) == 3
    assert AuditEvent.objects.filter(action="roster.applied").count() == 1


def test_a_list_over_classes_that_changed_meanwhile_is_looked_at_anew(browser, school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    bring(browser, school, *LIST)
    EnrolmentFactory(classroom=room, roll_number=2, alias="Early")

    page = text(do(browser, "apply"))

    assert "The classes have changed since you looked." in page
    assert "2 students are new." in page
    assert "1 student stays as they are." in page
    assert students() == [(7, "B", 2, "Early")]


def test_a_new_list_of_the_same_person_takes_the_place_of_the_waiting_one(browser, school):
    bring(browser, school, *LIST)
    first = newest()
    bring(browser, school, HEAD_ROW, "7,B,1,Kite,")

    first.refresh_from_db()
    assert first.status == "discarded"
    assert not first.rows.exists()


def test_a_list_can_be_thrown_away(browser, school):
    bring(browser, school, *LIST)

    page = text(do(browser, "discard"))
    do(browser, "apply")

    assert "Nothing was changed." in page
    assert not SheetRow.objects.exists()
    assert not Enrolment.objects.exists()


def test_an_undone_list_leaves_all_as_it_was(browser, school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    roster.add_students(
        classroom=room, students=[NewStudent("Kite", 1), NewStudent("Owl", 2)], by=teacher_of(room)
    )
    before = list(Enrolment.objects.order_by("pk").values())
    bring(browser, school, HEAD_ROW, "7,B,1,Kite 2,", "7,B,3,Moon,", "8,A,1,,", is_whole_list="on")
    do(browser, "apply")
    after = students()

    page = text(do(browser, "undo"))

    assert "The classes are as they were before." in page
    assert after == [(7, "B", 1, "Kite 2"), (7, "B", 3, "Moon"), (8, "A", 1, "1")]
    assert list(Enrolment.objects.order_by("pk").values()) == before
    assert User.students.count() == 2
    assert Classroom.objects.get() == room
    assert not SheetRow.objects.exists()


def test_once_a_student_has_begun_the_list_stays(browser, school):
    bring(browser, school, *LIST)
    do(browser, "apply")
    module = make_module("Chats")
    study(Enrolment.objects.first(), lessons_of(module)[0], module, finished=False)

    page = text(do(browser, "undo"))

    assert "has begun to work" in page
    assert len(students()) == 3


def test_a_list_over_classes_that_changed_since_stays(browser, school):
    bring(browser, school, *LIST)
    do(browser, "apply")
    Enrolment.objects.filter(alias="Kite").update(alias="Swan")

    page = text(do(browser, "undo"))

    assert "The classes were changed since." in page
    assert len(students()) == 3


def test_a_teacher_brings_in_the_list_of_their_class_only(school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    browser = browser_of(teacher_of(room))

    page = text(bring(browser, school, "roll,alias", "1,Kite", room=room))
    do(browser, "apply")
    other = text(bring(browser, school, "class,section,roll", "7,C,1", room=room))

    assert "1 student is new." in page
    assert students() == [(7, "B", 1, "Kite")]
    assert "This is the list of class 7 B." in other


def test_the_whole_list_of_a_class_touches_no_other(school):
    room = ClassroomFactory(school=school, class_level=7, section="B")
    EnrolmentFactory(classroom=ClassroomFactory(school=school, class_level=8), roll_number=1, alias="Far")
    EnrolmentFactory(classroom=room, roll_number=8, alias="Gone")
    browser = browser_of(teacher_of(room))

    bring(browser, school, "roll,alias", "1,Kite", room=room, is_whole_list="on")
    do(browser, "apply")

    assert {one[3] for one in students()} == {"Far", "Kite"}


def test_nobody_else_brings_lists_in_or_sees_them(browser, school, head):
    room = ClassroomFactory(school=school)
    teacher = teacher_of(room)
    bring(browser, school, *LIST)
    sheet = newest()
    address = f"/school/{school.udise_code}/students/lists/{sheet.pk}/"
    elsewhere = head_of(SchoolFactory())

    assert browser_of(teacher).get(address).status_code == 403
    assert browser_of(head_of(school, Role.SAFETY_LEAD)).get(address).status_code == 403
    assert browser_of(elsewhere).get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        roster_files.apply(sheet=sheet, by=teacher)
    with pytest.raises(PermissionDenied):
        roster_files.apply(sheet=sheet, by=elsewhere)


def test_a_list_of_another_school_is_not_found_under_ones_own(browser, school):
    stranger = SchoolFactory()
    bring(browser_of(head_of(stranger)), stranger, *LIST)

    assert browser.get(f"/school/{school.udise_code}/students/lists/{newest().pk}/").status_code == 404


def test_the_audit_log_counts_and_names_nobody(browser, school, head):
    bring(browser, school, *LIST)
    do(browser, "apply")
    do(browser, "undo")

    events = list(AuditEvent.objects.filter(action__startswith="roster.").order_by("at", "id"))
    assert [(one.action, one.actor_id) for one in events] == [
        ("roster.applied", head.pk),
        ("roster.undone", head.pk),
    ]
    assert events[0].details == {"classes_made": 2, "added": 3, "changed": 0, "left": 0}


def test_looking_at_a_list_costs_the_same_for_few_rows_and_many(
    browser, school, django_assert_max_num_queries
):
    bring(
        browser,
        school,
        HEAD_ROW,
        *[f"7,B,{n},,Klingon" for n in range(1, 60)],
        *[f"8,B,{n},," for n in range(60)],
    )
    page = f"/school/{school.udise_code}/students/lists/{newest().pk}/"

    with django_assert_max_num_queries(16):
        browser.get(page)
