"""A number that no record has, however long, is an address that is not there, and never an error of ours."""

import pytest

from tests.schools.staff import browser_of

pytestmark = pytest.mark.django_db

NUMBERS = ("9" * 30, "9" * 5000)
OF_A_CLASS = (
    "students/{}/reset-pin/",
    "students/{}/unlock/",
    "students/{}/leave/",
    "students/{}/rejoin/",
    "modules/{}/dates/",
    "modules/{}/undo/",
    "results/{}/",
    "results/{}/students/",
)


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize("path", OF_A_CLASS)
def test_inside_a_class(classroom, teacher, path, number):
    browser = browser_of(teacher)
    address = f"/teach/classes/{classroom.pk}/{path.format(number)}"

    got = {call(address, follow=True).status_code for call in (browser.get, browser.post)}

    assert got <= {404, 405}


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize("path", ["/teach/classes/{}/", "/teach/classes/{}/students/", "/school/{}/"])
def test_of_a_class_or_school(classroom, teacher, path, number):
    assert browser_of(teacher).get(path.format(number), follow=True).status_code == 404


@pytest.mark.parametrize("number", NUMBERS, ids=len)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/teach/classes/new/", "school"),
        ("/teach/classes/new/", "class_level"),
        ("/teach/classes/{}/teachers/add/", "teacher"),
    ],
)
def test_in_a_form(classroom, teacher, path, name, number):
    form = {"school": classroom.school_id, "class_level": 7, "section": "Z", "language": "en", name: number}

    assert browser_of(teacher).post(path.format(classroom.pk), form).status_code in (200, 302)
    assert classroom.school.classrooms.count() == 1


@pytest.mark.parametrize("number", NUMBERS, ids=len)
def test_in_a_query(classroom, teacher, enrolments, number):
    page = browser_of(teacher).get(f"/teach/classes/{classroom.pk}/students/cards/", {"student": number})

    assert page.status_code == 200
