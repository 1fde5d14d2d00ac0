"""Many students at once: classes of their own in the demonstration, signed in, with quizzes to hand in."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from django.utils.module_loading import import_string

from cms.core.identifiers import uuid7
from curriculum.queries import catalogue
from curriculum.queries.catalogue import LessonInfo
from quizzes.models import Attempt
from quizzes.queries import papers
from schools.actions import assignments, classrooms, notices, roster
from schools.demo.places import STATE_CODE
from schools.models import Assignment, Classroom, Enrolment
from schools.views.students import open_session

CLASSES = 15
PUPILS_A_CLASS = 40
BATCH = 1000
LANGUAGE = "en"


@dataclass(frozen=True)
class Student:
    """A signed-in student: the cookie, and who it is."""

    session: str
    enrolment: Enrolment


@dataclass(frozen=True)
class Crowd:
    """The students, the lesson they read and the quiz they take. All have it to learn."""

    students: list[Student]
    lesson: LessonInfo
    quiz_id: int
    first_answer: str
    """A choice of the quiz's first question."""

    def attempts(self, count: int) -> list[tuple[Student, UUID]]:
        """That many new attempts, every question answered, none handed in, spread over the students."""
        owners = [self.students[number % len(self.students)] for number in range(count)]
        made = []
        for start in range(0, count, BATCH):
            rows = [(owner, self._attempt(owner.enrolment)) for owner in owners[start : start + BATCH]]
            Attempt.objects.bulk_create(attempt for _owner, attempt in rows)
            made += [(owner, attempt.id) for owner, attempt in rows]
        return made

    def handed_in(self) -> int:
        """How many attempts at the quiz are handed in, by all who ever took it."""
        return Attempt.objects.filter(quiz_id=self.quiz_id, submitted_at__isnull=False).count()

    def _attempt(self, enrolment: Enrolment) -> Attempt:
        paper = papers.paper(self.quiz_id, LANGUAGE)
        if paper is None:
            raise RuntimeError("the quiz asks nothing")
        attempt_id = uuid7()
        sheet = papers.sheet(paper, attempt_id)
        for item in sheet:
            item["answer"] = [item["choices"][0]["key"]]
        return Attempt(
            school_id=enrolment.classroom.school_id,
            id=attempt_id,
            state_id=enrolment.classroom.school.state_id,
            classroom_id=enrolment.classroom_id,
            learner_id=enrolment.student_id,
            quiz_id=self.quiz_id,
            language=LANGUAGE,
            sheet=sheet,
            max_score=len(sheet),
        )


def gather() -> Crowd:
    """Make the classes beside one of the demonstration's, give them the same work, sign everyone in."""
    given = Assignment.objects.filter(
        classroom__school__state__code=STATE_CODE, classroom__language=LANGUAGE, undone_at__isnull=True
    )
    model = given.select_related("classroom__school").order_by("pk")[0].classroom
    module = next(
        one
        for assignment in model.assignments.order_by("pk")
        if (one := catalogue.module(assignment.module_key, LANGUAGE)) and one.final_quiz_id
    )
    paper = papers.paper(module.final_quiz_id, LANGUAGE)
    students = [student for number in range(CLASSES) for student in _class_like(model, number)]
    return Crowd(students, module.lessons[0], module.final_quiz_id, paper.questions[0].choices[0].key)


@transaction.atomic
def _class_like(model: Classroom, number: int) -> list[Student]:
    teacher = model.teachers.get()
    classroom = classrooms.create(
        school=model.school,
        class_level=model.class_level,
        section=f"Load {number}",
        language=LANGUAGE,
        by=teacher,
    )
    notices.record(classroom=classroom, given_on=timezone.localdate(), by=teacher)
    for one in model.assignments.filter(undone_at__isnull=True):
        assignments.assign(
            classroom=classroom,
            module_key=one.module_key,
            opens_on=timezone.localdate(),
            due_on=one.due_on,
            by=teacher,
        )
    names = [
        roster.NewStudent(alias=f"Star {place}", roll_number=place) for place in range(1, PUPILS_A_CLASS + 1)
    ]
    enrolments = roster.add_students(classroom=classroom, students=names, by=teacher)
    return [Student(_sign_in(enrolment), enrolment) for enrolment in enrolments]


def _sign_in(enrolment: Enrolment) -> str:
    """The key of a session that is as the right pictures would have opened it."""
    request = RequestFactory().post("/join/pictures/")
    session: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    request.session = session
    open_session(request, enrolment)
    session.save()
    return str(session.session_key)
