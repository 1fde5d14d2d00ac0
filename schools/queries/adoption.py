"""The source rows of a school's adoption, and what they add up to."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from django.db.models import Case, F, Value, When
from django.utils import timezone

from curriculum.queries import catalogue
from quizzes.models import Attempt
from schools.models import (
    AdoptionCell,
    Assignment,
    Classroom,
    Enrolment,
    LessonProgress,
    School,
    StaleSchool,
)
from schools.queries.classes import CAME_AFTER_THE_NOTICE, module_of, school_year

ANY_CLASS = 0
ANY_MODULE = UUID(int=0)
"""A cell of all classes together, or of at least one module whichever it is."""


@dataclass
class Pupil:
    """What one student is to do and has done; lives only while a school is counted."""

    modules: set[UUID] = field(default_factory=set)
    started: set[UUID] = field(default_factory=set)
    finished_lessons: set[UUID] = field(default_factory=set)
    assessed: set[UUID] = field(default_factory=set)


def count_school(school_id: int) -> list[AdoptionCell]:
    """A school's cells, unsaved, from its source rows: one for each class and module that concerns it.

    Classes are those of this school year that are not archived, pupils those who have not left,
    assignments those that are open and not undone. A pupil whose family opted out counts for the other
    work that they were given; one who joined after the notice to families does not count for sensitive
    modules, which are closed to them.
    There is a cell for all classes together (`ANY_CLASS`) and one for any module (`ANY_MODULE`),
    since a pupil who did two modules is one pupil: these do not add up from the others.
    """
    year = school_year(School.objects.get(pk=school_id))
    classrooms = list(
        Classroom.objects.filter(school_id=school_id, academic_year=year, archived_at__isnull=True)
    )
    assignments = _assignments(classrooms)
    pupils = _pupils(school_id, classrooms, assignments)
    cells = []
    for level in {ANY_CLASS} | {classroom.class_level for classroom in classrooms}:
        own = [one for one in classrooms if level in (ANY_CLASS, one.class_level)]
        for module_key in {ANY_MODULE} | _modules_of(own, assignments, pupils):
            cells.append(_cell(school_id, level, module_key, own, assignments, pupils))
    return cells


def schools_behind(*, every_school: bool) -> list[int]:
    """The schools whose cells may differ from what their source rows say now.

    Not every change is a write to the school's rows: an assignment opens when its day comes, a school
    year begins with a month. `every_school` is for a curriculum that has other lessons than before.
    """
    if every_school:
        return list(School.objects.order_by("pk").values_list("pk", flat=True))
    today = timezone.localdate()
    month_began = timezone.make_aware(datetime.combine(today.replace(day=1), time.min))
    whole = AdoptionCell.objects.filter(class_level=ANY_CLASS, module_key=ANY_MODULE)
    opened = Assignment.objects.filter(
        undone_at__isnull=True,
        opens_on__lte=today,
        opens_on__gt=F("classroom__school__cells__computed_at__date"),
        classroom__school__cells__class_level=ANY_CLASS,
        classroom__school__cells__module_key=ANY_MODULE,
    )
    behind = [
        StaleSchool.objects.values_list("school_id"),
        School.objects.filter(cells__isnull=True).order_by().values_list("pk"),
        whole.filter(computed_at__lt=month_began).values_list("school_id"),
        opened.order_by().values_list("classroom__school_id"),
    ]
    return sorted({school_id for found in behind for (school_id,) in found})


def curriculum_digest() -> str:
    """Changes when a figure would come out otherwise for the same rows: modules, lessons, final quizzes."""
    parts = [
        (
            one.key,
            one.band,
            one.is_sensitive,
            one.final_quiz_id,
            sorted(str(lesson.key) for lesson in one.lessons),
        )
        for one in catalogue.modules(catalogue.SOURCE_LANGUAGE)
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _assignments(classrooms: Iterable[Classroom]) -> dict[int, list[Assignment]]:
    found = defaultdict(list)
    open_now = Assignment.objects.filter(undone_at__isnull=True, opens_on__lte=timezone.localdate())
    for assignment in open_now.filter(classroom__in=classrooms):
        found[assignment.classroom_id].append(assignment)
    return found


def _pupils(
    school_id: int, classrooms: Iterable[Classroom], assignments: dict[int, list[Assignment]]
) -> dict[int, dict[int, Pupil]]:
    """By classroom, then by student."""
    by_classroom: dict[int, dict[int, Pupil]] = defaultdict(dict)
    everyone: dict[int, Pupil] = {}
    here = Enrolment.objects.active().filter(classroom__in=classrooms).select_related("opt_out")
    is_late = Case(When(CAME_AFTER_THE_NOTICE, then=Value(True)), default=Value(False))
    for enrolment in here.annotate(is_late=is_late):
        is_out = hasattr(enrolment, "opt_out")
        given = (
            module_of(one, is_out, is_late=enrolment.is_late) for one in assignments[enrolment.classroom_id]
        )
        pupil = Pupil(modules={module_key for module_key in given if module_key})
        by_classroom[enrolment.classroom_id][enrolment.student_id] = pupil
        everyone[enrolment.student_id] = pupil
    _add_progress(school_id, everyone)
    return by_classroom


def _add_progress(school_id: int, everyone: dict[int, Pupil]) -> None:
    progress = LessonProgress.objects.filter(school_id=school_id, student__in=everyone)
    for student, module_key, lesson_key, status in progress.values_list(
        "student", "module_key", "lesson_key", "status"
    ):
        everyone[student].started.add(module_key)
        if status == LessonProgress.Status.FINISHED:
            everyone[student].finished_lessons.add(lesson_key)
    final = {
        one.final_quiz_id: one.key
        for one in catalogue.modules(catalogue.SOURCE_LANGUAGE)
        if one.final_quiz_id is not None
    }
    attempts = Attempt.objects.filter(school_id=school_id, submitted_at__isnull=False, quiz__in=final)
    for student, quiz in attempts.filter(learner__in=everyone).values_list("learner", "quiz").distinct():
        everyone[student].assessed.add(final[quiz])


def _modules_of(
    classrooms: list[Classroom],
    assignments: dict[int, list[Assignment]],
    pupils: dict[int, dict[int, Pupil]],
) -> set[UUID]:
    """The modules for these classes' bands, and whatever else they were given."""
    modules = set()
    for classroom in classrooms:
        band = catalogue.for_class(classroom.class_level, catalogue.SOURCE_LANGUAGE)
        modules |= {one.key for one in band}
        modules |= {assignment.module_key for assignment in assignments[classroom.pk]}
        for pupil in pupils[classroom.pk].values():
            modules |= pupil.modules
    return modules


def _cell(
    school_id: int,
    level: int,
    module_key: UUID,
    classrooms: list[Classroom],
    assignments: dict[int, list[Assignment]],
    pupils: dict[int, dict[int, Pupil]],
) -> AdoptionCell:
    cell = AdoptionCell(
        school_id=school_id, class_level=level, module_key=module_key, classes=len(classrooms)
    )
    for classroom in classrooms:
        own = list(pupils[classroom.pk].values())
        given = [pupil for pupil in own if _concerned(pupil.modules, module_key)]
        completed = sum(bool(_concerned(completed_modules(pupil), module_key)) for pupil in given)
        assessed = sum(bool(_concerned(pupil.assessed & pupil.modules, module_key)) for pupil in given)
        is_assigned = bool(_concerned({one.module_key for one in assignments[classroom.pk]}, module_key))
        cell.pupils += len(own)
        cell.pupils_assigned += len(given)
        cell.pupils_started += sum(
            bool(_concerned(pupil.started & pupil.modules, module_key)) for pupil in given
        )
        cell.pupils_completed += completed
        cell.pupils_assessed += assessed
        cell.classes_assigned += is_assigned
        cell.classes_completed += is_assigned and is_most(completed, len(given))
        cell.classes_assessed += is_assigned and is_most(assessed, len(given))
    return cell


def _concerned(modules: set[UUID], module_key: UUID) -> set[UUID]:
    """Those of `modules` that a cell of `module_key` counts."""
    return modules if module_key == ANY_MODULE else modules & {module_key}


def completed_modules(pupil: Pupil) -> set[UUID]:
    """The modules, of those given to the pupil, of which every lesson is finished."""
    completed = set()
    for module_key in pupil.modules:
        module = catalogue.module(module_key, catalogue.SOURCE_LANGUAGE)
        lessons = {lesson.key for lesson in module.lessons} if module else set()
        if lessons and lessons <= pupil.finished_lessons:
            completed.add(module_key)
    return completed


def is_most(part: int, whole: int) -> bool:
    """At least half, and at least one."""
    return part > 0 and 2 * part >= whole
