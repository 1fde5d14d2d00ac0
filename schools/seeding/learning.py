"""What the pupils of an active seeded school were given and have done."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from django.utils import timezone

from curriculum.queries.catalogue import ModuleInfo
from quizzes.queries import papers
from schools.demo.learning import finished_lesson, handed_in, taught_lesson
from schools.models import Assignment, Enrolment, ParentNotice, School, SchoolReadiness
from schools.seeding.bulk import Rows
from schools.seeding.people import SeededClass

WEEKS = 12
"""How far back the modules were given at most."""
ASSESSED = 0.85
TAUGHT = 0.4


def add_readiness(rows: Rows, schools: Sequence[School]) -> None:
    now = timezone.now()
    for pk, school in zip(rows.keys(SchoolReadiness, len(schools)), schools, strict=True):
        rows.add(
            SchoolReadiness(
                pk=pk,
                school=school,
                lead_name="Ms Lead (made up)",
                lead_phone="00000-00001",
                deputy_name="Mr Deputy (made up)",
                deputy_phone="00000-00002",
                staff_briefed_on=timezone.localdate(now) - timedelta(weeks=WEEKS),
                local_contacts="Police station near the school (made up)",
                updated_at=now,
            )
        )


def add_learning(
    rows: Rows,
    classes: Sequence[SeededClass],
    modules: Mapping[int, Sequence[ModuleInfo]],
    done: float,
    chance: Random,
) -> None:
    """Give each class some modules, and let about the share `done` of its pupils finish them."""
    notices = rows.keys(ParentNotice, len(classes))
    for one in classes:
        given = modules[one.classroom.class_level]
        given = given[: chance.randint(1, len(given))]
        today = timezone.localdate()
        began = max(one.enrolments[0].joined_on, today - timedelta(days=chance.randrange(7, 7 * WEEKS)))
        rows.add(
            ParentNotice(
                pk=next(notices),
                classroom=one.classroom,
                given_on=began,
                language=one.classroom.language,
                recorded_by=one.teacher,
            )
        )
        for pk, module in zip(rows.keys(Assignment, len(given)), given, strict=True):
            rows.add(_assignment(pk, one, module, began, given))
        if chance.random() < TAUGHT:
            _teach(rows, one, given[0], began, chance)
        for enrolment in one.enrolments:
            _learn(rows, one, enrolment, given, began, done, chance)


def _assignment(
    pk: int, one: SeededClass, module: ModuleInfo, began: date, given: Sequence[ModuleInfo]
) -> Assignment:
    other = next((each.key for each in given if not each.is_sensitive), None)
    return Assignment(
        pk=pk,
        classroom=one.classroom,
        module_key=module.key,
        other_module_key=other if module.is_sensitive else None,
        opens_on=began,
        due_on=began + timedelta(weeks=WEEKS),
        assigned_by=one.teacher,
        assigned_at=_at_noon(began),
    )


def _teach(rows: Rows, one: SeededClass, module: ModuleInfo, began: date, chance: Random) -> None:
    for lesson in module.lessons:
        headcount = chance.randint(len(one.enrolments) // 2 + 1, len(one.enrolments))
        day = _day_since(began, chance)
        rows.add(taught_lesson(one.classroom, lesson, one.teacher, day, headcount, len(one.enrolments)))


def _learn(
    rows: Rows,
    one: SeededClass,
    enrolment: Enrolment,
    given: Sequence[ModuleInfo],
    began: date,
    done: float,
    chance: Random,
) -> None:
    reaches = chance.random() < done
    ability = chance.uniform(0.55, 0.95)
    for module in given:
        lessons = module.lessons if reaches else module.lessons[: chance.randrange(len(module.lessons))]
        for lesson in lessons:
            at = _at_noon(_day_since(began, chance))
            rows.add(finished_lesson(one.classroom, enrolment.student_id, lesson, at))
        paper = _paper(module.final_quiz_id, one.classroom.language) if module.final_quiz_id else None
        if paper is not None and reaches and chance.random() < ASSESSED:
            at = _at_noon(_day_since(began, chance))
            rows.add(handed_in(one.classroom, enrolment.student_id, paper, ability, at, chance))


@cache
def _paper(quiz_id: int, language: str) -> papers.Paper | None:
    return papers.paper(quiz_id, language)


def _day_since(began: date, chance: Random) -> date:
    return began + timedelta(days=chance.randint(0, (timezone.localdate() - began).days))


def _at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
