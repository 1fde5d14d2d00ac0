"""What each page of staff costs: the same number of queries with few rows and with many.

The numbers are written out. Whoever makes one larger does it on purpose.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schools.actions import notices, roster
from schools.actions.release import make_release
from schools.actions.roster import NewStudent
from schools.models import Assignment, ClassroomTeacher, Enrolment, ParentNotice, Role
from tests import factories
from tests.schools.lessons import final_quiz, lessons_of, make_module
from tests.schools.staff import browser_of, give, head_of, make_ready
from tests.schools.study import hand_in, study

pytestmark = [pytest.mark.django_db, pytest.mark.counts_queries]

TEACHER, HEAD, OFFICIAL = "teacher", "head", "official"
PAGES = [
    (TEACHER, "/teach/", 12),
    (TEACHER, "/teach/classes/new/", 8),
    (TEACHER, "/teach/modules/", 7),
    (TEACHER, "/teach/preview/{slug}/", 7),
    (TEACHER, "/teach/preview/{slug}/{lesson}/", 7),
    (TEACHER, "/teach/preview/{slug}/quiz/{quiz}/1/", 10),
    (TEACHER, "/teach/guide/{slug}/", 8),
    (TEACHER, "/teach/guide/{slug}/{lesson}/", 10),
    (TEACHER, "/teach/classes/{pk}/", 17),
    (HEAD, "/teach/classes/{pk}/", 13),
    (TEACHER, "/teach/classes/{pk}/students/", 8),
    (TEACHER, "/teach/classes/{pk}/students/add/", 7),
    (TEACHER, "/teach/classes/{pk}/students/cards/", 12),
    (TEACHER, "/teach/classes/{pk}/sign-in/", 7),
    (TEACHER, "/teach/classes/{pk}/modules/", 10),
    (TEACHER, "/teach/classes/{pk}/modules/{key}/", 10),  # with the day that the state plans
    (TEACHER, "/teach/classes/{pk}/notice/", 8),
    (TEACHER, "/teach/classes/{pk}/notice/sheet/", 8),
    (TEACHER, "/teach/classes/{pk}/results/", 10),
    (TEACHER, "/teach/classes/{pk}/results/{quiz}/", 13),
    (TEACHER, "POST /teach/classes/{pk}/results/{quiz}/students/", 16),
    (TEACHER, "/teach/classes/{pk}/teachers/", 13),
    (HEAD, "/teach/classes/{pk}/teachers/", 11),
    (HEAD, "/school/", 8),
    (HEAD, "/school/{udise}/", 14),
    (TEACHER, "/school/{udise}/", 13),
    (HEAD, "/school/{udise}/readiness/", 7),
    (TEACHER, "/school/{udise}/briefing/", 7),
    (TEACHER, "/teach/classes/{pk}/sessions/", 15),
    (HEAD, "/teach/classes/{pk}/sessions/", 11),
    (TEACHER, "/teach/classes/{pk}/sessions/new/{lesson_key}/", 11),
    (OFFICIAL, "/insights/", 6),
    (OFFICIAL, "/insights/{state}/", 11),
    (OFFICIAL, "/insights/{state}/?class=7&module={key}", 11),
    (OFFICIAL, "/insights/{state}/{district}/", 13),
    (OFFICIAL, "/insights/{state}/{district}/?class=7&module={key}", 13),
    (OFFICIAL, "/insights/{state}/{district}/{udise}/", 11),
]


class World:
    """A class, a school and a state, each with two of everything; `grow` makes them large."""

    def __init__(self):
        self.classroom = factories.ClassroomFactory()
        self.school = self.classroom.school
        self.teacher = factories.teacher_of(self.classroom)
        self.module = make_module("Chats", is_sensitive=True)
        self.people = {
            TEACHER: self.teacher,
            HEAD: head_of(self.school),
            OFFICIAL: factories.MembershipFactory(
                role=Role.STATE_OFFICIAL, school=None, state=self.school.state
            ).user,
        }
        make_ready(self.classroom, self.teacher)
        ParentNotice.objects.update(given_on=timezone.localdate() - timedelta(days=3))
        give(self.classroom, self.teacher, self.module)
        self._add(2)

    def _add(self, number):
        """So many more students (early, late, gone and with other work), classes, colleagues and places."""
        self._add_students(number)
        for _number in range(number):
            self._add_school()
            factories.MembershipFactory(role=Role.HEAD, user=self.people[HEAD])
            factories.MembershipFactory(role=Role.TEACHER, user=self.teacher)
            state = factories.StateFactory()
            factories.MembershipFactory(
                role=Role.STATE_OFFICIAL, school=None, state=state, user=self.people[OFFICIAL]
            )
            for teaching in (self.teacher, head_of(self.school, Role.TEACHER)):
                room = factories.ClassroomFactory(school=self.school)
                for one in (room, self.classroom):
                    ClassroomTeacher.objects.get_or_create(classroom=one, teacher=teaching)
                factories.EnrolmentFactory(classroom=room)
                factories.AssignmentFactory(classroom=room, module_key=self.module.translation_key)
            head_of(self.school, Role.TEACHER)
        make_release()

    def _add_students(self, number):
        first = Enrolment.objects.count()
        students = [NewStudent(f"Kite {first + place}", first + place + 1) for place in range(4 * number)]
        added = roster.add_students(classroom=self.classroom, students=students, by=self.teacher)
        early = [one.pk for one in added[:number]]
        Enrolment.objects.filter(pk__in=early).update(joined_on=timezone.localdate() - timedelta(days=9))
        for enrolment in added:
            study(enrolment, lessons_of(self.module)[0], self.module)
            hand_in(enrolment, final_quiz(self.module), {0: ["b"]})
        roster.leave(enrolment=added[-1], by=self.teacher)
        notices.set_opt_outs(
            classroom=self.classroom, enrolment_ids=[one.pk for one in added[-3:]], by=self.teacher
        )

    def _add_school(self):
        block = factories.BlockFactory(district__state=self.school.state)
        for one in (block, self.school.block):
            factories.ClassroomFactory(school=factories.SchoolFactory(block=one))

    def grow(self):
        for number in range(4):
            given = give(self.classroom, self.teacher, make_module(f"More {number}", lessons=3))
            Assignment.objects.filter(pk=given.pk).update(opens_on=timezone.localdate() - timedelta(days=1))
        self._add(8)

    def path_of(self, address):
        return address.format(
            pk=self.classroom.pk,
            slug=self.module.slug,
            lesson=lessons_of(self.module)[0].slug,
            key=self.module.translation_key,
            lesson_key=lessons_of(self.module)[0].translation_key,
            quiz=final_quiz(self.module).pk,
            udise=self.school.udise_code,
            state=self.school.state.code,
            district=self.school.district_id,
        )

    def cost(self, person, address):
        """Queries of a page whose cached parts are there, as they are for nearly every request."""
        browser = browser_of(self.people[person])
        method, _space, path = self.path_of(address).rpartition(" ")
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                response = browser.post(path, {"reason": "help"}) if method else browser.get(path)
            assert response.status_code == 200, (path, response)
        return len(captured)


@pytest.mark.parametrize(("person", "address", "most"), PAGES)
def test_a_page_costs_the_same_with_few_rows_and_with_many(person, address, most):
    world = World()

    few = world.cost(person, address)
    world.grow()
    many = world.cost(person, address)

    assert few == many <= most
