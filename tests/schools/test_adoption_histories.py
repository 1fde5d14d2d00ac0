"""Whatever happens in a school, in whatever order: its figures are those that a plain reader would count."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curriculum.queries import catalogue
from quizzes.queries import papers
from schools.actions import assignments, learning, notices, roster, school_year, sessions, state_settings
from schools.actions.adoption import rebuild, recompute_behind, recompute_stale
from schools.models import AdoptionCell, AdoptionWeek, Department, Role
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE, figures_of
from tests import factories
from tests.schools.adoption_model import ModelPupil, ModelRoom, ModelSchool
from tests.schools.lessons import make_module

pytestmark = pytest.mark.django_db

FEBRUARY = datetime(2027, 2, 1, 6, tzinfo=UTC)
"""In the last months of a school year, so that a class may be closed."""
RUNGS = ("assigned", "delivered", "completed", "assessed")


class History:
    """A school whose every step is taken twice: through the real actions, and in the model."""

    def __init__(self, modules):
        self.modules = {one.key: one for one in modules}
        firm, plain = modules
        self.school = factories.SchoolFactory()
        factories.ReadinessFactory(school=self.school)
        self.department = Department.objects.create(state=self.school.state, name="Department")
        self.official = factories.MembershipFactory(role=Role.STATE_ADMIN, state=self.school.state).user
        self.head = factories.MembershipFactory(role=Role.HEAD, school=self.school).user
        self.model = ModelSchool(
            {one.key: [lesson.key for lesson in one.lessons] for one in modules}, firm.key, plain.key
        )
        self.rooms, self.teachers, self.enrolments = {}, {}, []
        for name, level, language in (("A", 7, "en"), ("B", 8, "hi")):
            room = factories.ClassroomFactory(
                school=self.school, class_level=level, section=name, language=language
            )
            self.rooms[name], self.teachers[name] = room, factories.teacher_of(room)
            self.model.rooms[name] = ModelRoom(level, language)
            self.enrol(name, 2)

    @property
    def today(self):
        return timezone.localdate()

    def enrol(self, name, number):
        aliases = [f"Kite {len(self.enrolments) + one}" for one in range(number % 3 + 1)]
        new = [roster.NewStudent(alias) for alias in aliases]
        self.enrolments += roster.add_students(
            classroom=self.rooms[name], students=new, by=self.teachers[name]
        )
        self.model.pupils += [ModelPupil(name, self.today) for _alias in aliases]

    def leave(self, name, number):
        place = self._pupil(name, number)
        if place is not None:
            roster.leave(enrolment=self.enrolments[place], by=self.teachers[name])
            self.model.pupils[place].has_left = True

    def tell_families(self, name, number):
        notices.record(classroom=self.rooms[name], given_on=self.today, by=self.teachers[name])
        self.model.rooms[name].told_on = self.today

    def opt_out(self, name, number):
        """Of the first three pupils, those whose bit is set."""
        here = [place for place, one in enumerate(self.model.pupils) if one.room == name and not one.has_left]
        out = {place for bit, place in enumerate(here[:3]) if number >> bit & 1}
        ids = [self.enrolments[place].pk for place in out]
        notices.set_opt_outs(classroom=self.rooms[name], enrolment_ids=ids, by=self.teachers[name])
        for place in here:
            self.model.pupils[place].is_out = place in out

    def assign(self, name, number):
        module = self._module(number)
        opens_on = self.today + timedelta(days=number % 4)
        try:
            assignments.assign(
                classroom=self._fresh(name),
                module_key=module.key,
                opens_on=opens_on,
                due_on=opens_on + timedelta(days=30),
                by=self.teachers[name],
            )
        except (assignments.NotReady, assignments.AlreadyAssignedError):
            return
        self.model.rooms[name].given[module.key] = opens_on

    def undo(self, name, number):
        module = self._module(number)
        for one in self.rooms[name].assignments.filter(module_key=module.key, undone_at__isnull=True):
            assignments.undo(assignment=one, by=self.teachers[name])
            del self.model.rooms[name].given[module.key]

    def open_lesson(self, name, number):
        self._learn(name, number, finishes=False)

    def finish_lesson(self, name, number):
        self._learn(name, number, finishes=True)

    def take_quiz(self, name, number):
        module, place = self._module(number), self._pupil(name, number // 2)
        if place is None:
            return
        enrolment, id = self.enrolments[place], uuid.uuid4()
        paper = papers.paper(module.final_quiz_id, "en")
        learning.start_quiz(enrolment=enrolment, id=id, paper=paper, language="en", by=enrolment.student)
        learning.hand_in(enrolment=enrolment, paper=paper, id=id, by=enrolment.student)
        self.model.pupils[place].handed_in.setdefault(module.key, self.today)

    def teach(self, name, number):
        module = self._module(number)
        lesson = module.lessons[number // 2 % len(module.lessons)]
        enrolled = sum(one.room == name and not one.has_left for one in self.model.pupils)
        headcount = number // 4 % 5 + 1
        try:
            session = sessions.start(
                id=uuid.uuid4(), classroom=self._fresh(name), lesson_key=lesson.key, by=self.teachers[name]
            )
        except assignments.NotReady:
            return
        given = self.rooms[name].assignments.filter(module_key=module.key, undone_at__isnull=True).first()
        if given is not None and given.opens_on > self.today:
            return
        sessions.end(
            classroom=self.rooms[name],
            id=session.id,
            held_on=self.today,
            headcount=headcount,
            hands={},
            is_sure=True,
            by=self.teachers[name],
        )
        self.model.rooms[name].sessions.append((lesson.key, self.today, headcount, enrolled))

    def set_share(self, name, number):
        percent = (1, 40, 60, 67, 100)[number % 5]
        state_settings.change(department=self.department, completion_percent=percent, by=self.official)
        self.model.percent = percent

    def close(self, name, number):
        if name == "B" and number % 3 == 0:
            school_year.close_class(classroom=self._fresh(name), choices={}, by=self.head)
            self.model.rooms[name].is_closed = True
            for one in self.model.pupils:
                one.has_left = one.has_left or one.room == name

    def recount(self, name, number):
        for _time in range(number % 3):
            recompute_stale()

    def _learn(self, name, number, *, finishes):
        module, place = self._module(number), self._pupil(name, number // 2)
        if place is None:
            return
        lesson = module.lessons[number // 8 % len(module.lessons)]
        enrolment, pupil = self.enrolments[place], self.model.pupils[place]
        write = learning.finish_lesson if finishes else learning.start_lesson
        write(enrolment=enrolment, lesson=lesson, language="en", by=enrolment.student)
        pupil.started.add(module.key)
        if finishes:
            pupil.finished.setdefault(lesson.key, self.today)

    def _module(self, number):
        return list(self.modules.values())[number % 2]

    def _pupil(self, name, number):
        here = [place for place, one in enumerate(self.model.pupils) if one.room == name and not one.has_left]
        return here[number % len(here)] if here else None

    def _fresh(self, name):
        """What was read of the class before may not stand in for what is there now."""
        return type(self.rooms[name]).objects.get(pk=self.rooms[name].pk)

    def expected(self):
        """Each cell that there should be, and its weeks, as the model counts them."""
        cells, weeks = {}, {}
        open_rooms = [one for one in self.model.rooms.values() if not one.is_closed]
        for level in {ANY_CLASS} | {one.level for one in open_rooms}:
            for language in {ANY_LANGUAGE} | {one.language for one in open_rooms}:
                counts, _weeks = self.model.figures(level, None, language, self.today)
                if not counts["classes"] and (level, language) != (ANY_CLASS, ANY_LANGUAGE):
                    continue
                for module in (None, *self.modules) if open_rooms else (None,):
                    key = (level, module or ANY_MODULE, language)
                    cells[key], by_week = self.model.figures(level, module, language, self.today)
                    for week, rungs in by_week.items():
                        weeks[*key, week] = rungs
        return cells, weeks


STEPS = (
    *("enrol", "leave", "tell_families", "opt_out", "assign", "assign", "undo", "open_lesson"),
    *("finish_lesson", "finish_lesson", "finish_lesson", "take_quiz", "take_quiz", "teach", "teach"),
    *("set_share", "close", "recount"),
)
histories = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from("AAAB"), st.integers(0, 63), st.integers(0, 2)),
    min_size=12,
    max_size=30,
)
BEGINNING = [("assign", "A", 1, 0), ("assign", "B", 3, 0), ("recount", "A", 1, 2)]
"""So that what follows has something to count: the module without conditions is given to both classes."""


def found_in(school):
    """What the database holds, in the model's shape."""
    cells = {
        (one.class_level, one.module_key, one.language): {
            name: value
            for name, value in vars(one).items()
            if name.startswith(("classes", "pupils")) and (value or not name.startswith("classes_"))
        }
        for one in AdoptionCell.objects.filter(school=school)
    }
    weeks = {
        (one.class_level, one.module_key, one.language, one.week): {
            rung: value for rung in RUNGS if (value := getattr(one, f"classes_{rung}"))
        }
        for one in AdoptionWeek.objects.filter(school=school)
    }
    return cells, weeks


def sums_of_weeks(school):
    """By cell and rung, how many classes all weeks together have."""
    sums = {}
    for one in AdoptionWeek.objects.filter(school=school):
        for rung in RUNGS:
            key = (one.class_level, one.module_key, one.language, rung)
            sums[key] = sums.get(key, 0) + getattr(one, f"classes_{rung}")
    return {key: value for key, value in sums.items() if value}


def test_random_histories_come_out_the_same_counted_or_from_nothing_or_by_hand():
    make_module("Firm", is_sensitive=True)
    make_module("Plain", lessons=1)
    modules = sorted(catalogue.modules("en"), key=lambda one: not one.is_sensitive)

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories)
    def check(steps):
        with time_machine.travel(FEBRUARY, tick=False) as clock, transaction.atomic():
            history = History(modules)
            for step, name, number, days in BEGINNING + steps:
                clock.shift(timedelta(days=days / 3))
                if not history.model.rooms[name].is_closed:
                    getattr(history, step)(name, number)
            recompute_behind()
            compare(history)
            transaction.set_rollback(True)

    check()


def compare(history):
    """The kept figures with the model's, with their own weeks, and with those made from nothing."""
    school = history.school
    kept = figures_of([school.pk])
    cells, weeks = history.expected()
    assert found_in(school) == (cells, weeks)
    assert sums_of_weeks(school) == {
        (*key, rung): value
        for key, counts in cells.items()
        for rung in RUNGS
        if (value := counts.get(f"classes_{rung}"))
    }
    AdoptionCell.objects.all().delete()
    AdoptionWeek.objects.all().delete()
    rebuild(lambda so_far: None)
    assert figures_of([school.pk]) == kept
