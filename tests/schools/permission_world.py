"""One school with its class, its people and everyone around it, to try every address on."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from schools import pictures
from schools.actions import assignments, roster
from schools.actions.roster import NewStudent
from schools.models import Assignment, Classroom, Enrolment, Membership, Role
from tests.factories import ClassroomFactory, MembershipFactory, StaffFactory, teacher_of
from tests.schools.lessons import final_quiz, lessons_of, make_module
from tests.schools.staff import browser_of, head_of, make_ready
from tests.schools.study import hand_in


@dataclass
class World:
    """Places and records that the addresses name."""

    classroom: Classroom
    enrolment: Enrolment
    other_enrolment: Enrolment
    assignment: Assignment
    arguments: dict

    def browser(self, actor: str) -> Client:
        return getattr(self, f"_{actor.replace(' ', '_')}")()

    @cached_property
    def school(self):
        return self.classroom.school

    def _visitor(self):
        return Client()

    def _student(self):
        return _child(self.enrolment)

    def _other_student(self):
        return _child(self.other_enrolment)

    def _teacher(self):
        return browser_of(self.classroom.teachers.get())

    def _colleague(self):
        return browser_of(head_of(self.school, Role.TEACHER))

    def _head(self):
        return browser_of(head_of(self.school))

    def _lead(self):
        return browser_of(head_of(self.school, Role.SAFETY_LEAD))

    def _block(self):
        return _official(Role.BLOCK_OFFICIAL, block=self.school.block)

    def _district(self):
        return _official(Role.DISTRICT_OFFICIAL, district=self.school.district)

    def _state(self):
        return _official(Role.STATE_OFFICIAL, state=self.school.state)

    def _admin(self):
        return _official(Role.STATE_ADMIN, state=self.school.state)

    def _other_teacher(self):
        return browser_of(teacher_of(self.other_enrolment.classroom))

    def _other_head(self):
        return browser_of(head_of(self.other_enrolment.classroom.school))

    def _other_state(self):
        return _official(Role.STATE_OFFICIAL, state=self.other_enrolment.classroom.school.state)

    def _former(self):
        """A head whose role has ended."""
        head = head_of(self.school)
        Membership.objects.filter(user=head).update(ended_at=timezone.now())
        return browser_of(head)

    def _editor(self):
        editor = StaffFactory()
        group = Group.objects.create(name="Editors of the test")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        editor.groups.add(group)
        return browser_of(editor)


def _official(role: Role, **place) -> Client:
    return browser_of(MembershipFactory(role=role, school=None, **place).user)


def _child(enrolment: Enrolment) -> Client:
    client = Client()
    client.post("/join/", {"code": enrolment.classroom.join_code})
    client.post("/join/who/", {"who": enrolment.pk})
    client.post("/join/pictures/", {"picked": " ".join(pictures.unseal(enrolment.pin))})
    return client


def make_world() -> World:
    classroom, elsewhere = ClassroomFactory(), ClassroomFactory()
    enrolments = []
    for room in (classroom, elsewhere):
        students = [NewStudent("Kite"), NewStudent("River")]
        enrolments.append(roster.add_students(classroom=room, students=students, by=teacher_of(room)))
    teacher = classroom.teachers.get()
    module, free = make_module("Chats", is_sensitive=True), make_module("Facts")
    make_ready(classroom, teacher)
    today = timezone.localdate()
    assignment = assignments.assign(
        classroom=classroom,
        module_key=module.translation_key,
        opens_on=today,
        due_on=today + timedelta(days=7),
        by=teacher,
    )
    student = enrolments[0][0]
    lesson, quiz = lessons_of(module)[0], final_quiz(module)
    attempt = hand_in(student, quiz, {})
    school = classroom.school
    arguments = {
        "pk": classroom.pk,
        "enrolment_pk": enrolments[0][1].pk,
        "assignment_pk": assignment.pk,
        "free_module_key": free.translation_key,
        "module_key": module.translation_key,
        "lesson_key": lesson.translation_key,
        "quiz_id": quiz.pk,
        "attempt_id": attempt.id,
        "number": 1,
        "module_slug": module.slug,
        "lesson_slug": lesson.slug,
        "udise_code": school.udise_code,
        "code": school.state.code,
        "district_id": school.district_id,
        "key": "none",
        "uidb36": "1",
    }
    return World(classroom, student, enrolments[1][0], assignment, arguments)
