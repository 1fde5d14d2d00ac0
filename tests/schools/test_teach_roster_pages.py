"""The list of a class, its cards and its sign-in, through the front door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import classrooms, roster
from schools.actions.roster import NewStudent
from schools.models import Enrolment, TryWindow
from tests.factories import (
    EnrolmentFactory,
)
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/"


def test_a_pasted_list_is_saved_and_leads_to_the_cards(classroom, browser, base):
    page = browser.post(f"{base}students/add/", {"lines": "1 Blue Kite\n2 Red Fish"}, follow=True)

    assert "2 students added." in text(page)
    assert list(Enrolment.objects.values_list("alias", "roll_number")) == [("Blue Kite", 1), ("Red Fish", 2)]


def test_a_list_with_faults_saves_nothing_and_is_shown_again(classroom, browser, base):
    page = text(browser.post(f"{base}students/add/", {"lines": "1 Blue Kite\n1 Red Fish\n@@@"}))

    assert "Line 2, “<bdi>1 Red Fish</bdi>”: The same roll number as in line 1." in page
    assert "Line 3, “<bdi>@@@</bdi>”: There is no alias in this line." in page
    assert "1 Blue Kite 1 Red Fish @@@</textarea>" in page
    assert not Enrolment.objects.exists()


def test_full_names_are_asked_about_once(classroom, browser, base):
    lines = {"lines": "Priya Sharma"}
    asked = text(browser.post(f"{base}students/add/", lines))
    saved_at_first = Enrolment.objects.exists()

    browser.post(f"{base}students/add/", lines | {"are_aliases": "on"})

    assert "These look like full names" in asked
    assert not saved_at_first
    assert Enrolment.objects.get().alias == "Priya Sharma"


def test_a_line_of_very_many_digits_is_a_fault_and_is_kept(classroom, browser, base):
    page = text(browser.post(f"{base}students/add/", {"lines": "9" * 5000}))

    assert "This looks like a phone number" in page
    assert "9" * 5000 + "</textarea>" in page


@pytest.mark.parametrize("lines", ["", " \n\n "])
def test_an_empty_list_adds_nobody(classroom, browser, base, lines):
    browser.post(f"{base}students/add/", {"lines": lines})

    assert not Enrolment.objects.exists()


def test_a_list_that_two_teachers_save_at_once_is_refused_in_words(classroom, teacher, browser, base):
    students = [NewStudent("Blue Kite")]
    is_saved = []

    def other_teacher(execute, sql, *rest):
        result = execute(sql, *rest)
        if not is_saved and '"schools_enrolment"."alias"' in sql:
            is_saved.append(True)
            roster.add_students(classroom=classroom, students=students, by=teacher)
        return result

    with connection.execute_wrapper(other_teacher):
        page = text(browser.post(f"{base}students/add/", {"lines": "Blue Kite"}))

    assert "“Blue Kite” is in the class already." in page
    assert Enrolment.objects.count() == 1


def test_the_list_offers_to_unlock_who_must_wait(classroom, enrolments, browser, base):
    one = enrolments[0]
    Enrolment.objects.filter(pk=one.pk).update(locked_until=timezone.now() + timedelta(minutes=9))
    before = text(browser.get(f"{base}students/"))

    browser.post(f"{base}students/{one.pk}/unlock/")

    after = text(browser.get(f"{base}students/"))
    assert "Waits before another try" in before
    assert "Waits before another try" not in after


def test_new_pictures_make_another_card(classroom, enrolments, browser, base):
    one = enrolments[0]
    before = one.pin_digest

    page = browser.post(f"{base}students/{one.pk}/reset-pin/", follow=True)

    one.refresh_from_db()
    assert one.pin_digest != before
    assert "Kite 1 has new pictures." in text(page)


def test_leaving_is_asked_about_and_then_kept(classroom, enrolments, browser, base):
    one = enrolments[0]
    asked = text(browser.get(f"{base}students/{one.pk}/leave/"))

    page = browser.post(f"{base}students/{one.pk}/leave/", follow=True)

    assert "Has <bdi>Kite 1</bdi> left the class?" in asked
    assert "You can bring the student back" in asked
    assert "Students who left" in text(page)
    assert browser.post(f"{base}students/{one.pk}/unlock/").status_code == 404


def test_a_student_who_was_taken_out_by_mistake_comes_back(classroom, enrolments, browser, base):
    one = enrolments[0]
    listed = browser.post(f"{base}students/{one.pk}/leave/", follow=True)

    page = browser.post(f"{base}students/{one.pk}/rejoin/", follow=True)
    again = browser.post(f"{base}students/{one.pk}/rejoin/", follow=True)

    assert f'action="{base}students/{one.pk}/rejoin/"' in text(listed)
    assert "Kite 1 is back in the class. What they did is still there." in text(page)
    assert "Students who left" not in text(page)
    assert again.status_code == 200


def test_whose_alias_is_taken_is_told_what_to_do(classroom, teacher, enrolments, browser, base):
    one = enrolments[0]
    roster.leave(enrolment=one, by=teacher)
    roster.add_students(classroom=classroom, students=[NewStudent(one.alias)], by=teacher)

    page = browser.post(f"{base}students/{one.pk}/rejoin/", follow=True)

    assert "Another student of the class is “Kite 1” now." in text(page)
    assert "Students who left" in text(page)


def test_new_pictures_for_one_who_comes_back_are_told(classroom, teacher, enrolments, browser, base):
    one, other = enrolments[:2]
    roster.leave(enrolment=one, by=teacher)
    Enrolment.objects.filter(pk=other.pk).update(pin_digest=one.pin_digest)

    page = browser.post(f"{base}students/{one.pk}/rejoin/", follow=True)

    assert "Kite 1 is back in the class, with new pictures. Print the card again." in text(page)


def test_a_student_of_another_class_is_out_of_reach(classroom, browser, base):
    stranger = EnrolmentFactory(classroom__school=classroom.school)

    for what in ("leave", "unlock", "reset-pin", "rejoin"):
        assert browser.post(f"{base}students/{stranger.pk}/{what}/").status_code == 404


def test_cards_show_alias_code_and_four_pictures_and_are_never_stored(classroom, enrolments, browser, base):
    response = browser.get(f"{base}students/cards/")
    one = text(browser.get(f"{base}students/cards/?student={enrolments[0].pk}"))

    page = text(response)
    assert page.count('class="print-card"') == 12
    assert one.count('class="print-card"') == 1
    assert one.count('class="print-card__name"') == 4
    assert "Kite 1" in one
    assert response.headers["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(("chosen", "number"), [("", 12), ("?student={}", 1)])
def test_that_cards_were_shown_is_kept_but_not_whose(
    classroom, teacher, enrolments, browser, base, chosen, number
):
    browser.get(f"{base}students/cards/{chosen.format(enrolments[0].pk)}")

    event = AuditEvent.objects.get(action="cards.shown")
    assert (event.actor_id, event.details) == (teacher.pk, {"number": number})
    assert (event.subject_type, event.subject_id) == ("schools.classroom", str(classroom.pk))


def test_where_no_card_is_shown_nothing_is_kept(classroom, enrolments, browser, base):
    browser.get(f"{base}students/cards/?student=0")
    browser.head(f"{base}students/cards/")

    assert not AuditEvent.objects.filter(action="cards.shown").exists()


def test_a_class_without_students_has_no_cards(classroom, browser, base):
    assert "No students yet" in text(browser.get(f"{base}students/cards/"))
    assert "No students yet" in text(browser.get(f"{base}students/"))


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("lesson", "Sign-in is open until"),
        ("always", "Sign-in is always open"),
        ("close", "Sign-in is closed"),
    ],
)
def test_a_button_opens_and_closes_sign_in(classroom, browser, base, button, words):
    page = browser.post(f"{base}sign-in/", {"opening": button}, follow=True)

    assert words in text(page)


@pytest.mark.parametrize("form", [{}, {"opening": "nonsense"}])
def test_an_answer_without_a_known_button_changes_nothing_and_says_so(classroom, browser, base, form):
    page = text(browser.post(f"{base}sign-in/", form, follow=True))

    classroom.refresh_from_db()
    assert "Nothing was changed. Choose one of the buttons." in page
    assert ">Done<" not in page
    assert classroom.is_sign_in_always_open


def test_sign_in_opens_until_a_day(classroom, browser, base):
    day = timezone.localdate() + timedelta(days=3)

    page = browser.post(f"{base}sign-in/", {"opening": "until", "last_day": day.isoformat()}, follow=True)

    assert "Sign-in is open until the end of" in text(page)


def test_a_day_that_is_over_is_refused(classroom, teacher, browser, base):
    classrooms.close_sign_in(classroom=classroom, by=teacher)

    page = text(browser.post(f"{base}sign-in/", {"opening": "until", "last_day": "2020-01-01"}))

    classroom.refresh_from_db()
    assert "Choose today or a day to come." in page
    assert not classroom.is_sign_in_open()


def test_the_code_is_shown_large_and_on_a_poster(classroom, browser, base):
    code = f"{classroom.join_code[:4]} {classroom.join_code[4:]}"

    assert code in text(browser.get(f"{base}sign-in/board/"))
    assert code in text(browser.get(f"{base}sign-in/poster/"))


def test_the_board_says_when_sign_in_is_closed(classroom, teacher, browser, base):
    classrooms.close_sign_in(classroom=classroom, by=teacher)

    assert "Sign-in is closed" in text(browser.get(f"{base}sign-in/board/"))


def test_the_qr_code_is_a_picture_without_the_class_code(classroom, browser):
    response = browser.get("/teach/sign-in.svg")

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert b"style=" not in response.content


def test_a_class_that_used_up_its_tries_gets_fresh_ones(classroom, browser, base):
    page = browser.post(f"{base}sign-in/window/", follow=True)

    assert "Your class can try again now." in text(page)
    assert TryWindow.objects.filter(classroom=classroom).exists()
