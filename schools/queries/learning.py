"""What a student may see: their class, the work given to it, and how far they have come."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, DateField, QuerySet, Subquery, UUIDField
from django.utils import timezone

from cms.core.prepared import Given, Prepared
from curriculum.models import LessonPage
from curriculum.queries.catalogue import LessonInfo, ModuleInfo
from quizzes.models import Attempt, Objective
from quizzes.queries.attempts import of_learner
from schools.models import Assignment, Classroom, Enrolment, LessonProgress
from schools.queries.words_offered import modules_for


@dataclass(frozen=True)
class Work:
    """A module that a student is to learn, and by when."""

    module: ModuleInfo
    due_on: date

    def lesson(self, key: UUID) -> LessonInfo | None:
        return next((one for one in self.module.lessons if one.key == key), None)

    @property
    def quiz_ids(self) -> set[int]:
        found = {one.practice_quiz_id for one in self.module.lessons} | {self.module.final_quiz_id}
        return {quiz_id for quiz_id in found if quiz_id is not None}


def open_classroom(pk: int) -> Classroom | None:
    """The class, while it lets students in."""
    classroom = Classroom.objects.filter(pk=pk).first()
    return classroom if classroom is not None and classroom.is_sign_in_open() else None


def classmates(classroom: Classroom) -> list[Enrolment]:
    return list(Enrolment.objects.active().filter(classroom=classroom, student__is_active=True))


def classmate(classroom_id: int, enrolment_id: int | None) -> Enrolment | None:
    """One student of a class, while it lets students in."""
    if enrolment_id is None:
        return None
    found = Enrolment.objects.active().filter(pk=enrolment_id, classroom=classroom_id)
    enrolment = found.select_related("classroom").first()
    return enrolment if enrolment is not None and enrolment.classroom.is_sign_in_open() else None


def work(enrolment: Enrolment) -> list[Work]:
    """The modules open to this student, by due date. One query.

    A sensitive module needs the school's readiness and the notice to this student's family, which those
    who joined after its day have not had. A student whose family opted out gets the other work in its
    place, and nothing shows the difference.
    """
    today = timezone.localdate()
    given = _given.rows(classroom=enrolment.classroom_id, enrolment=enrolment.pk, today=today)
    modules = {one.key: one for one in modules_for(enrolment.classroom)}
    told_on = _families_told_on(enrolment)
    found: dict[UUID, Work] = {}
    for key, other, due_on, joined_on in given:
        may_open = told_on is not None and joined_on <= told_on
        module = modules.get(key)
        if module is not None and module.is_sensitive and _is_opted_out(enrolment):
            module = modules.get(other) if other else None
        if module is None or (module.is_sensitive and (not may_open or _is_opted_out(enrolment))):
            continue
        found.setdefault(module.key, Work(module, due_on))
    return list(found.values())


def work_with_lesson(enrolment: Enrolment, lesson_key: UUID) -> tuple[Work, LessonInfo] | None:
    """The work that a lesson belongs to, if this student has it to learn."""
    for one in work(enrolment):
        lesson = one.lesson(lesson_key)
        if lesson is not None:
            return one, lesson
    return None


def work_with_quiz(enrolment: Enrolment, quiz_id: int) -> Work | None:
    return next((one for one in work(enrolment) if quiz_id in one.quiz_ids), None)


def progress(enrolment: Enrolment) -> dict[UUID, LessonProgress]:
    """By lesson, how far the student is."""
    return {one.lesson_key: one for one in _progress(enrolment)}


def step_reached(enrolment: Enrolment, lesson_key: UUID) -> int | None:
    """The furthest step in a lesson; None when it was never opened."""
    school_id = enrolment.classroom.school_id
    rows = _step.rows(school=school_id, student=enrolment.student_id, lesson=lesson_key)
    return rows[0][0] if rows else None


def attempts(enrolment: Enrolment) -> dict[int, list[Attempt]]:
    """By quiz, the student's attempts, oldest first, without what was asked and answered."""
    found: dict[int, list[Attempt]] = {}
    rows = of_learner(enrolment.student, enrolment.classroom.school_id).defer("sheet")
    for one in rows.order_by("started_at"):
        found.setdefault(one.quiz_id, []).append(one)
    return found


def objectives(lesson: LessonInfo) -> list[str]:
    """What a learner can do after the lesson, in sentences."""
    measured = LessonPage.objectives.through.objects.filter(lessonpage=lesson.page_id).values("objective")
    return [one.text for one in Objective.objects.filter(pk__in=measured)]


def _progress(enrolment: Enrolment) -> Any:
    return LessonProgress.objects.filter(
        school_id=enrolment.classroom.school_id, student=enrolment.student_id
    )


def _joined_on() -> QuerySet[Enrolment, Any]:
    """The day on which the student came; read along with what is given, so that it costs no query."""
    return Enrolment.objects.filter(pk=Given("enrolment", BigIntegerField())).values("joined_on")[:1]


_given = Prepared(
    lambda: Assignment.objects.filter(
        classroom_id=Given("classroom", BigIntegerField()),
        opens_on__lte=Given("today", DateField()),
        undone_at__isnull=True,
    ).values_list("module_key", "other_module_key", "due_on", Subquery(_joined_on()))
)
_step = Prepared(
    lambda: LessonProgress.objects.filter(
        school_id=Given("school", BigIntegerField()),
        student_id=Given("student", BigIntegerField()),
        lesson_key=Given("lesson", UUIDField()),
    ).values_list("step")
)


def _is_opted_out(enrolment: Enrolment) -> bool:
    return getattr(enrolment, "opt_out", None) is not None


def _families_told_on(enrolment: Enrolment) -> date | None:
    """The day of the notice to families; None while sensitive modules are closed to the whole class."""
    classroom = enrolment.classroom
    readiness = getattr(classroom.school, "readiness", None)
    notice = getattr(classroom, "parent_notice", None)
    if readiness is None or not readiness.is_ready or notice is None:
        return None
    return notice.given_on if notice.given_on <= timezone.localdate() else None
