"""A state brings its blocks and schools in: sent, looked at, applied, undone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.models import Block, District, Role, School, SheetFile, SheetImport, SheetRow, StaleSchool
from tests import factories
from tests.schools.sheets_made import BLOCK_HEAD, SCHOOL_HEAD, csv_bytes, school, upload, xlsx_bytes
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "00010100101", "00010100102", "00010100103"


@pytest.fixture
def block():
    district = factories.DistrictFactory(name="Lakeside")
    factories.SchoolCategoryFactory()
    factories.ManagementFactory()
    return factories.BlockFactory(district=district, name="Lotus Block")


@pytest.fixture
def state(block):
    return block.district.state


@pytest.fixture
def admin(state):
    return browser_of(factories.MembershipFactory(role=Role.STATE_ADMIN, school=None, state=state).user)


def send(client, state, *rows, kind="schools", whole=False, name="schools.csv", content=None):
    """Send a list; returns the page that says what it would do."""
    head = SCHOOL_HEAD if kind == "schools" else BLOCK_HEAD
    file = upload(content if content is not None else csv_bytes(head, *rows), name)
    data = {"kind": kind, "file": file} | ({"is_whole_list": "on"} if whole else {})
    return client.post(f"/imports/{state.code}/new/", data, follow=True)


def act(client, name, **data):
    """Press a button on the newest list's page."""
    sheet = SheetImport.objects.latest("pk")
    return client.post(reverse(f"imports:{name}", args=[sheet.state.code, sheet.pk]), data, follow=True)


def shown(client, action):
    sheet = SheetImport.objects.latest("pk")
    address = reverse("imports:sheet", args=[sheet.state.code, sheet.pk])
    return text(client.get(f"{address}?show={action}"))


def test_a_dry_run_shows_what_would_be_added_and_changes_nothing(admin, state):
    page = text(send(admin, state, school(ONE), school(TWO, "Heron School", pin="600001")))

    assert "Nothing is changed yet" in page
    assert "<dt>To add</dt><dd>2</dd>" in page
    assert f"{TWO}, Heron School" in page
    assert "Block: Lotus Block, Lakeside" in page
    assert "Mediums: Hindi, English" in page
    assert "PIN code: 600001" in page
    assert not School.objects.exists()


def test_applying_adds_the_schools_and_marks_them_for_counting(admin, state, block):
    send(admin, state, school(ONE, "  Lotus   Lake School "), school(TWO))

    page = text(act(admin, "apply"))

    assert "The list was applied." in page
    added = School.objects.get(udise_code=ONE)
    assert (added.name, added.state, added.district, added.block) == (
        "Lotus Lake School",
        state,
        block.district,
        block,
    )
    assert (added.category_id, added.management_id, added.mediums) == (3, 1, ["hi", "en"])
    assert StaleSchool.objects.count() == 2
    assert not SheetFile.objects.exists()


def test_the_same_file_again_changes_nothing(admin, state):
    rows = [school(ONE, pin="600001"), school(TWO)]
    send(admin, state, *rows)
    act(admin, "apply")
    StaleSchool.objects.all().delete()
    applied = AuditEvent.objects.filter(action="list.applied").count()

    page = text(send(admin, state, *rows))
    refused = text(act(admin, "apply"))

    assert "The list changes nothing" in page
    assert "<dt>Unchanged</dt><dd>2</dd>" in page
    assert "Apply the list" not in page
    assert "There is nothing to apply" in refused
    assert not StaleSchool.objects.exists()
    assert AuditEvent.objects.filter(action="list.applied").count() == applied


def test_a_change_is_shown_field_by_field_and_applied(admin, state, block):
    there = factories.SchoolFactory(udise_code=ONE, name="Old name", block=block, mediums=["hi"])
    factories.BlockFactory(district=block.district, name="Reed Block")

    page = text(send(admin, state, school(ONE, "New name", block="Reed Block")))
    act(admin, "apply")

    assert "School name: Old name → New name" in page
    assert "Block: Lotus Block, Lakeside → Reed Block, Lakeside" in page
    assert "Mediums: Hindi → Hindi, English" in page
    assert "Category:" not in page
    there.refresh_from_db()
    assert (there.name, there.block.name, there.mediums) == ("New name", "Reed Block", ["hi", "en"])
    assert StaleSchool.objects.filter(school=there).exists()


def test_a_column_that_the_file_lacks_changes_nothing(admin, state, block):
    there = factories.SchoolFactory(
        udise_code=ONE, name="Lake", block=block, mediums=["ur"], pin_code="600001"
    )
    head, row = SCHOOL_HEAD[:6], school(ONE, "Lake")[:6]

    page = text(send(admin, state, content=csv_bytes(head, row)))

    assert "The list changes nothing" in page
    there.refresh_from_db()
    assert (there.mediums, there.pin_code) == (["ur"], "600001")


def test_schools_missing_from_a_part_of_the_list_stay_open(admin, state, block):
    factories.SchoolFactory(udise_code=ONE, block=block)

    page = text(send(admin, state, school(TWO)))

    assert "To close" not in page


def test_schools_missing_from_the_whole_list_are_closed_after_one_more_yes(admin, state, block):
    missing = factories.SchoolFactory(udise_code=ONE, name="Old school", block=block)

    page = text(send(admin, state, school(TWO), whole=True))
    refused = text(act(admin, "apply"))

    assert "<dt>To close</dt><dd>1</dd>" in page
    assert f"{ONE}, Old school" in page
    assert "This list closes 1 school" in page
    assert "Please say that so many schools are to be closed." in refused
    missing.refresh_from_db()
    assert missing.closed_on is None

    act(admin, "apply", is_closing_confirmed="on")

    missing.refresh_from_db()
    assert missing.closed_on == timezone.localdate()


def test_closing_few_schools_needs_no_second_yes(admin, state, block):
    kept = [
        factories.SchoolFactory(udise_code=f"0002020{n:04d}", name="Kept", block=block) for n in range(11)
    ]
    missing = factories.SchoolFactory(udise_code=ONE, block=block)
    rows = [school(one.udise_code, "Kept", mediums="en") for one in kept]

    page = text(send(admin, state, *rows, whole=True))
    act(admin, "apply")

    assert "more than a tenth" not in page
    missing.refresh_from_db()
    assert missing.closed_on is not None


def test_a_row_at_fault_does_not_close_its_school(admin, state, block):
    factories.SchoolFactory(udise_code=ONE, block=block)

    page = text(send(admin, state, school(ONE, category="999"), school(TWO), whole=True))

    assert "<dt>To close</dt><dd>0</dd>" in page


def test_no_school_is_closed_while_a_row_does_not_say_which_school_it_means(admin, state, block):
    factories.SchoolFactory(udise_code=ONE, block=block)

    page = text(send(admin, state, school("1.01E+9"), school(TWO), whole=True))

    assert "<dt>To close</dt><dd>0</dd>" in page
    assert "So no school is closed. Mend those rows first." in page


def test_a_closed_school_that_is_in_the_list_again_is_reopened(admin, state, block):
    there = factories.SchoolFactory(
        udise_code=ONE, name="Lotus Lake School", block=block, mediums=["hi", "en"], closed_on="2026-01-31"
    )

    page = text(send(admin, state, school(ONE)))
    act(admin, "apply")

    assert "Closed on: Jan. 31, 2026 → open" in page or "31" in page.split("Closed on:")[1][:30]
    there.refresh_from_db()
    assert there.closed_on is None


def test_undo_puts_everything_back(admin, state, block):
    factories.SchoolFactory(
        udise_code=ONE, name="Old name", block=block, mediums=["hi"], closed_on="2026-01-31"
    )
    factories.SchoolFactory(udise_code=TWO, name="Missing", block=block)
    before = list(School.objects.order_by("pk").values())
    send(admin, state, school(ONE, "New name"), school(THREE), whole=True)
    act(admin, "apply", is_closing_confirmed="on")
    assert School.objects.count() == 3

    page = text(act(admin, "undo"))

    assert "Everything is as it was before." in page
    assert list(School.objects.order_by("pk").values()) == before


def test_undo_is_refused_once_a_school_is_in_use(admin, state):
    send(admin, state, school(ONE, "Heron School"), school(TWO), school(THREE))
    act(admin, "apply")
    factories.MembershipFactory(role=Role.HEAD, school=School.objects.get(udise_code=ONE))
    factories.ClassroomFactory(school=School.objects.get(udise_code=TWO))

    page = text(act(admin, "undo"))

    assert "2 schools that it added are in use (Heron School, Lotus Lake School)" in page
    assert School.objects.count() == 3
    assert SheetImport.objects.get().status == "applied"


def test_only_the_latest_list_is_undone(admin, state):
    send(admin, state, school(ONE), name="first.csv")
    act(admin, "apply")
    first = SheetImport.objects.get()
    send(admin, state, school(ONE, "Other name"), name="second.csv")
    act(admin, "apply")

    page = text(admin.post(reverse("imports:undo", args=[state.code, first.pk]), follow=True))

    assert "“second.csv” was applied after this list" in page
    assert School.objects.get().name == "Other name"


def test_two_officials_at_once(admin, state):
    other = browser_of(factories.MembershipFactory(role=Role.STATE_ADMIN, school=None, state=state).user)
    send(admin, state, school(ONE, "Name of the first"))
    mine = SheetImport.objects.get()
    send(other, state, school(ONE, "Name of the second"))
    act(other, "apply")

    page = text(admin.post(reverse("imports:apply", args=[state.code, mine.pk]), follow=True))

    assert "Another list was applied meanwhile." in page
    assert School.objects.get().name == "Name of the second"

    page = text(admin.post(reverse("imports:read_again", args=[state.code, mine.pk]), follow=True))

    assert "Name of the second → Name of the first" in page


def test_rows_at_fault_are_left_out_and_the_others_applied(admin, state):
    page = text(send(admin, state, school(ONE), school(TWO, category="999"), school("")))
    act(admin, "apply")

    assert "<dt>To mend, left out</dt><dd>2</dd>" in page
    assert School.objects.get().udise_code == ONE


FAULTS = [
    ({"code": "10100101"}, "A UDISE code has 11 digits. This one has 8."),
    ({"code": "010100101"}, "Did you mean 00010100101?"),
    ({"code": "1.80101E+10"}, "The spreadsheet shortened this number."),
    ({"code": "0001010010A"}, "A UDISE code has digits only."),
    ({"code": "27010100101"}, "A code of this state starts with 00."),
    ({"code": ""}, "UDISE code: Nothing is written here."),
    ({"name": ""}, "School name: Nothing is written here."),
    ({"district": "Lakside"}, "Did you mean “Lakeside”?"),
    ({"district": "Zzz"}, "This district is not in the list of blocks. Please bring in the blocks first."),
    ({"block": "Lotos Block"}, "Lakeside has no such block. Did you mean “Lotus Block”?"),
    ({"block": "Qwx"}, "Lakeside has no such block. Please bring in the blocks first."),
    ({"category": "77"}, "This category is not known."),
    ({"management": "Nobody"}, "This management is not known."),
    ({"mediums": "hi;Klingon"}, "Mediums, “Klingon”: This language is not known."),
    ({"pin": "012345"}, "A PIN code has 6 digits and does not start with 0."),
]


@pytest.mark.parametrize(("cells", "words"), FAULTS)
def test_a_fault_says_where_and_why(admin, state, cells, words):
    cells = {"code": ONE} | cells
    code = cells.pop("code")

    page = text(send(admin, state, school(code, **cells)))

    assert words in page
    assert '<th scope="row">2</th>' in page


def test_all_faults_of_a_file_come_in_one_pass(admin, state):
    page = text(send(admin, state, school("1", "", category="x", management="y"), school(ONE, pin="1")))

    for words in ("11 digits", "School name: Nothing", "This category", "This management", "A PIN code"):
        assert words in page


def test_a_code_of_another_state_is_named_as_such(admin, state):
    factories.StateFactory(code="IN-QQ", name="Otherland", udise_prefixes=["98"])

    page = text(send(admin, state, school("98010100101")))

    assert "This is a code of another state: Otherland." in page


def test_a_school_of_another_state_is_left_alone(admin, state):
    elsewhere = factories.SchoolFactory(udise_code=ONE, name="Elsewhere")

    page = text(send(admin, state, school(ONE)))

    assert "A school of another state has this code." in page
    elsewhere.refresh_from_db()
    assert elsewhere.name == "Elsewhere"


def test_a_repeated_code_is_named_with_both_rows(admin, state):
    page = text(send(admin, state, school(ONE), school(TWO), school(ONE, "Again")))

    assert "The same as in row 4." in page
    assert "The same as in row 2." in page
    assert "<dt>To add</dt><dd>1</dd>" in page


def test_a_block_of_another_district_is_named(admin, state):
    factories.BlockFactory(
        district=factories.DistrictFactory(state=state, name="Hillside"), name="Cedar Block"
    )

    page = text(send(admin, state, school(ONE, block="Cedar Block")))

    assert "Lakeside has no such block. There is one in Hillside." in page


def test_categories_managements_and_mediums_by_name(admin, state):
    names = {"category": "primary to higher Secondary", "management": "department of education"}
    row = school(ONE, **names, mediums="हिन्दी / en")

    send(admin, state, row)
    act(admin, "apply")

    added = School.objects.get()
    assert (added.category_id, added.management_id, added.mediums) == (3, 1, ["hi", "en"])


def test_headings_in_hindi_in_any_order_with_columns_that_nobody_needs(admin, state):
    head = ("ब्लॉक", "जिला", "स्कूल का नाम", "यू-डाइस कोड", "श्रेणी", "प्रबंधन", "Latitude")
    row = ("Lotus Block", "Lakeside", "कमल विद्यालय", ONE, "3", "1", "12.9")

    page = text(send(admin, state, content=csv_bytes(head, row)))
    act(admin, "apply")

    assert "These columns are not used: Latitude." in page
    assert School.objects.get().name == "कमल विद्यालय"


def test_a_school_list_never_makes_a_block(admin, state):
    send(admin, state, school(ONE, block="New Block", district="New District"))

    act(admin, "apply")

    assert (District.objects.count(), Block.objects.count()) == (1, 1)


def test_what_looks_like_a_formula_stays_text(admin, state):
    send(admin, state, school(ONE, "=HYPERLINK(1)"))
    act(admin, "apply")

    assert School.objects.get().name == "=HYPERLINK(1)"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_to_mend_can_be_taken_mended_and_sent_again(admin, state, form):
    send(admin, state, school(ONE), school("010100102", "=cmd()"))
    sheet = SheetImport.objects.get()

    answer = admin.get(reverse("imports:rejected", args=[state.code, sheet.pk, form]))
    page = text(send(admin, state, content=answer.content, name=f"mended.{form}"))

    assert answer["Content-Disposition"].endswith(f'to-mend.{form}"')
    assert "010100102, =cmd()" in page
    assert "Did you mean 00010100102?" in page
    assert "<dt>To mend, left out</dt><dd>1</dd>" in page
    assert AuditEvent.objects.filter(action="list.rejected_rows_taken").exists()


def test_rejected_rows_run_no_formula(admin, state):
    send(admin, state, school(ONE, "=cmd()", pin="x"))
    sheet = SheetImport.objects.get()

    answer = admin.get(reverse("imports:rejected", args=[state.code, sheet.pk, "csv"]))

    assert ",'=cmd()," in answer.content.decode("utf-8-sig")


def test_blocks_and_districts_are_added_renamed_and_given_codes(admin, state, block):
    rows = [
        ("Lakeside", "Lotus Block", "D1", "B1"),
        ("Hillside", "Cedar", "D2", "B2"),
        ("Hillside", "Fern", "D2", ""),
    ]
    page = text(send(admin, state, *rows, kind="blocks"))
    added = shown(admin, "add")
    act(admin, "apply")
    first = set(Block.objects.values_list("district__name", "district__code", "name", "code"))

    renamed = text(send(admin, state, ("Lake Side", "Lotus", "D1", "B1"), kind="blocks"))
    act(admin, "apply")

    assert "Block code: nothing → B1" in page
    assert "Cedar, Hillside" in added
    assert first == {
        ("Lakeside", "D1", "Lotus Block", "B1"),
        ("Hillside", "D2", "Cedar", "B2"),
        ("Hillside", "D2", "Fern", ""),
    }
    assert "District: Lakeside → Lake Side" in renamed
    block.refresh_from_db()
    assert (block.name, block.district.name) == ("Lotus", "Lake Side")


def test_a_list_of_blocks_is_undone_unless_a_school_lies_in_one(admin, state, block):
    send(admin, state, ("Lakeside", "Lotus Block", "D1", ""), ("Hillside", "Cedar", "", ""), kind="blocks")
    act(admin, "apply")
    made = factories.SchoolFactory(block=Block.objects.get(name="Cedar"))

    refused = text(act(admin, "undo"))
    made.delete()
    page = text(act(admin, "undo"))

    assert "1 place that it added is in use (Cedar)" in refused
    assert "Everything is as it was before." in page
    assert list(District.objects.values_list("name", "code")) == [("Lakeside", "")]
    assert Block.objects.get() == block


def test_faults_of_a_list_of_blocks(admin, state):
    factories.DistrictFactory(state=state, name="Hillside", code="D2")
    rows = [
        ("", "Cedar", "", ""),
        ("Hillside", "Fern", "D9", ""),
        ("Lakeside", "Reed", "D2", ""),
        ("Lakeside", "Moss", "", ""),
        ("lakeside", "MOSS", "", ""),
    ]

    page = text(send(admin, state, *rows, kind="blocks"))

    assert "District: Nothing is written here." in page
    assert "“Hillside” has the code D2 already." in page
    assert "This code belongs to “Hillside”." in page
    assert "The same as in row 5." in page
    assert "The same as in row 6." in page
    assert "<dt>To add</dt><dd>0</dd>" in page


def test_the_same_blocks_again_change_nothing(admin, state):
    rows = [("Lakeside", "Lotus Block", "D1", "B1"), ("Hillside", "Cedar", "D2", "B2")]
    send(admin, state, *rows, kind="blocks")
    act(admin, "apply")

    page = text(send(admin, state, *rows, kind="blocks"))

    assert "The list changes nothing" in page


def test_a_file_that_cannot_be_read_is_refused_next_to_the_field(admin, state):
    page = send(admin, state, content=b"hello there", name="letter.txt")

    assert "No heading is known." in text(page)
    assert not SheetImport.objects.exists()


def test_a_list_can_be_thrown_away(admin, state):
    send(admin, state, school(ONE))

    page = text(act(admin, "discard"))

    assert "The list was thrown away." in page
    assert not SheetRow.objects.exists()
    assert not SheetFile.objects.exists()
    assert "no longer as you saw it" in text(act(admin, "apply"))


def test_every_step_is_in_the_log_with_its_counts(admin, state):
    send(admin, state, school(ONE), school("x"))
    act(admin, "apply")
    act(admin, "undo")

    events = {
        one.action: one.details for one in AuditEvent.objects.filter(subject_type="schools.sheetimport")
    }
    assert set(events) == {"list.sent", "list.read", "list.applied", "list.undone"}
    assert events["list.applied"]["added"] == 1
    assert events["list.read"]["counts"]["faulty"] == 1


def test_the_empty_file_is_one_that_the_reader_knows(admin, state):
    for kind in ("blocks", "schools"):
        answer = admin.get(f"/imports/{state.code}/columns/{kind}/?file=1")
        page = send(admin, state, kind=kind, content=answer.content, name="empty.xlsx")

        assert "The list changes nothing" in text(page)


def test_another_states_list_is_not_found(admin, state):
    send(admin, state, school(ONE))
    sheet = SheetImport.objects.get()
    elsewhere = factories.StateFactory()
    stranger = browser_of(
        factories.MembershipFactory(role=Role.STATE_ADMIN, school=None, state=elsewhere).user
    )

    assert stranger.get(f"/imports/{state.code}/{sheet.pk}/").status_code == 404
    assert stranger.get(f"/imports/{elsewhere.code}/{sheet.pk}/").status_code == 404
    assert stranger.post(f"/imports/{elsewhere.code}/{sheet.pk}/apply/").status_code == 404
    assert not School.objects.exists()


def test_a_list_of_students_is_not_found_here(admin, state):
    made = SheetImport.objects.create(
        kind="roster", state=state, file_name="class.csv", asked_by=factories.StaffFactory()
    )

    assert admin.get(f"/imports/{state.code}/{made.pk}/").status_code == 404
    assert "class.csv" not in text(admin.get(f"/imports/{state.code}/"))


@pytest.mark.parametrize("number", [2, 40])
def test_pages_cost_the_same_with_few_rows_and_with_many(admin, state, number, django_assert_num_queries):
    rows = [school(f"0001010{n:04d}", f"School {n}", category="3" if n % 2 else "0") for n in range(number)]
    for _time in range(number // 20 + 1):
        send(admin, state, *rows)
    sheet = SheetImport.objects.latest("pk")

    with django_assert_num_queries(7):
        admin.get(f"/imports/{state.code}/")
    with django_assert_num_queries(14):
        admin.get(f"/imports/{state.code}/{sheet.pk}/?show=add")
    with django_assert_num_queries(11):
        admin.get(f"/imports/{state.code}/{sheet.pk}/?show=fault")


def test_xlsx_with_numbers_for_codes_is_read(admin, state):
    content = xlsx_bytes(
        SCHOOL_HEAD, (98010100101, "Heron", "Lakeside", "Lotus Block", 3.0, 1, "4/19", 600001)
    )
    state.udise_prefixes = ["98"]
    state.save()

    send(admin, state, content=content, name="schools.xlsx")
    act(admin, "apply")

    added = School.objects.get()
    assert (added.udise_code, added.pin_code, added.mediums) == ("98010100101", "600001", ["hi", "en"])
