"""A class whose students can sign in, and a way through the front door."""

import pytest
from django.test import Client

from schools import pictures
from schools.actions import roster
from schools.actions.roster import NewStudent
from tests.factories import ClassroomFactory, teacher_of


class Child:
    """A student with a browser of their own."""

    def __init__(self, client, enrolment):
        self.client = client
        self.enrolment = enrolment

    @property
    def pin(self):
        self.enrolment.refresh_from_db()
        return pictures.unseal(self.enrolment.pin)

    def gives_code(self):
        return self.client.post("/join/", {"code": self.enrolment.classroom.join_code})

    def says_who(self):
        return self.client.post("/join/who/", {"who": self.enrolment.pk})

    def taps(self, pin):
        return self.client.post("/join/pictures/", {"picked": " ".join(pin)})

    def comes_to_the_board(self):
        self.gives_code()
        return self.says_who()

    def signs_in(self):
        self.comes_to_the_board()
        response = self.taps(self.pin)
        assert response.status_code == 302, response.content.decode()
        return self


@pytest.fixture
def classroom(db):
    return ClassroomFactory()


@pytest.fixture
def teacher(classroom):
    return teacher_of(classroom)


@pytest.fixture
def enrolments(classroom, teacher):
    """Twelve students."""
    students = [NewStudent(f"Kite {number}") for number in range(1, 13)]
    return roster.add_students(classroom=classroom, students=students, by=teacher)


@pytest.fixture
def child(client, enrolments):
    return Child(client, enrolments[0])


@pytest.fixture
def new_child(enrolments):
    """Makes a child with a fresh browser out of an enrolment's number, or of any enrolment."""

    def make(one=0):
        return Child(Client(), enrolments[one] if isinstance(one, int) else one)

    return make
