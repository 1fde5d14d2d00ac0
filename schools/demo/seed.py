"""Makes the whole demonstration state, once."""

import random
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.users.models import User
from curriculum.queries import catalogue
from schools import pictures
from schools.actions import assignments, classrooms, notices, readiness, roster
from schools.actions.release import make_release
from schools.demo.learning import add_progress
from schools.demo.people import People
from schools.demo.places import STATE_CODE, STORIES, Story, make_school, make_state
from schools.demo.plan import add_plan
from schools.demo.sessions import teach_to_all
from schools.models import Classroom, Enrolment, Role, School, State

SEED = 2026
PUPILS_A_CLASS = 25
CLASS_BEGAN = timedelta(days=60)
FREE_PUPILS = 5
"""Pupils of the first class who have not begun, for whoever tries the site."""
COLOURS = ("Blue", "Green", "Red", "Golden", "Silver")
THINGS = ("Kite", "Mango", "River", "Parrot", "Cloud", "Drum", "Tiger", "Star", "Boat", "Cricket")
ALIASES = [f"{colour} {thing}" for thing in THINGS for colour in COLOURS]


def is_seeded() -> bool:
    return State.objects.filter(code=STATE_CODE).exists()


@transaction.atomic
def seed(people: People) -> dict[str, Any]:
    """Make the state with all in it; returns the class that is open to whoever tries the site.

    The shape is `{"code", "school", "label", "students": [{"alias", "pictures"}]}`.
    """
    chance = random.Random(SEED)  # noqa: S311 - made-up data is to be the same everywhere
    state = make_state()
    add_plan(state, by=_add_officials(state, people))
    made = [
        _add_school(make_school(state, number, story), story, number, people, chance)
        for number, story in enumerate(STORIES, 1)
    ]
    make_release()
    return _open_class(made[0])


def _add_officials(state: State, people: People) -> User:
    """Returns the administrator."""
    people.add_member("state-official", "State Official", Role.STATE_OFFICIAL, state)
    return people.add_member("state-admin", "State Administrator", Role.STATE_ADMIN, state)


def _add_school(
    school: School, story: Story, number: int, people: People, chance: random.Random
) -> Classroom:
    """A school; returns its first class. Whoever tries the site signs in as people of the first school."""
    is_first = number == 1
    suffix = "" if is_first else f"-{number}"
    head = people.add_member(f"head{suffix}", "School Head", Role.HEAD, school)
    teacher = people.add_member(f"teacher{suffix}", "Class Teacher", Role.TEACHER, school)
    if is_first:
        people.add_member("safety-lead", "Child-safety Lead", Role.SAFETY_LEAD, school)
        people.add_member("block-official", "Block Official", Role.BLOCK_OFFICIAL, school.block)
        people.add_member("district-official", "District Official", Role.DISTRICT_OFFICIAL, school.district)
    _make_ready(school, story, head)
    made = [_add_class(school, story, place, teacher, chance, is_first) for place in story.classes]
    return made[0]


def _make_ready(school: School, story: Story, head: User) -> None:
    if not story.is_ready and not story.done:
        return
    readiness.update(
        school=school,
        by=head,
        staff_briefed_on=timezone.localdate() - timedelta(days=40),
        has_used_material=True,
        lead_name="Ms Lead (made up)",
        lead_phone="00000-00001",
        deputy_name="Mr Deputy (made up)" if story.is_ready else "",
        deputy_phone="00000-00002" if story.is_ready else "",
        local_contacts="Police station near the school (made up)\nChild Welfare Committee of the district (made up)",
    )


def _add_class(
    school: School,
    story: Story,
    place: tuple[int, str, str],
    teacher: User,
    chance: random.Random,
    is_first_school: bool,
) -> Classroom:
    level, section, language = place
    classroom = classrooms.create(
        school=school, class_level=level, section=section, language=language, by=teacher
    )
    names = chance.sample(ALIASES, PUPILS_A_CLASS)
    students = [roster.NewStudent(alias=alias, roll_number=number) for number, alias in enumerate(names, 1)]
    enrolments = roster.add_students(classroom=classroom, students=students, by=teacher)
    today = timezone.localdate()
    # They came before the notice and the modules, as a class does that is there from the year's beginning.
    classroom.enrolments.update(joined_on=today - CLASS_BEGAN)
    modules = catalogue.for_class(level, catalogue.SOURCE_LANGUAGE)
    given = [one for one in modules if one.is_sensitive][: story.modules]
    if story.done:
        given += [one for one in modules if not one.is_sensitive]
    if story.is_ready:
        notices.record(classroom=classroom, given_on=today - timedelta(days=30), by=teacher)
    _assign(classroom, given, today, teacher)
    if is_first_school:
        classrooms.open_sign_in(classroom=classroom, until=None, by=teacher)
    began = enrolments[FREE_PUPILS:] if is_first_school else enrolments
    add_progress(classroom, began, given, story.done, chance)
    teach_to_all(classroom, given, story.done, teacher, chance)
    return classroom


def _assign(classroom: Classroom, modules: list, today: date, teacher: User) -> None:
    for number, module in enumerate(modules):
        assignments.assign(
            classroom=classroom,
            module_key=module.key,
            opens_on=today - timedelta(days=25),
            due_on=today + timedelta(days=7 * number + 3),
            by=teacher,
        )


def _open_class(classroom: Classroom) -> dict[str, Any]:
    free = Enrolment.objects.filter(classroom=classroom).order_by("roll_number")[:FREE_PUPILS]
    return {
        "code": classroom.join_code,
        "school": classroom.school.udise_code,
        "label": str(classroom),
        "students": [{"alias": one.alias, "pictures": list(pictures.unseal(one.pin))} for one in free],
    }
