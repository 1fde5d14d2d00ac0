"""The next thing to do in each class, as the teacher's first page says it, and the gate before modules."""

from datetime import timedelta

import pytest
from django.utils import timezone

from schools.actions import assignments, classrooms, notices, roster
from schools.actions.roster import NewStudent
from schools.models import Assignment, Classroom, Enrolment, ParentNotice, SchoolReadiness
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, give, head_of, make_ready, text
from tests.schools.study import study

pytestmark = pytest.mark.django_db

LATE = "joined after the notice."
OTHER_WORK = "Has a family asked for other work? Mark the student."
MISSING = "Still missing: child-safety lead, the lead"


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/"


@pytest.fixture
def plain(db):
    return make_module("Plain")


@pytest.fixture
def sensitive(db):
    return make_module("Firm", is_sensitive=True)


def told(classroom, teacher, days_ago):
    """Families had the notice, some days ago."""
    notices.record(classroom=classroom, given_on=timezone.localdate() - timedelta(days=days_ago), by=teacher)


def came(enrolments, days_ago):
    keys = [one.pk for one in enrolments]
    day = timezone.localdate() - timedelta(days=days_ago)
    Enrolment.objects.filter(pk__in=keys).update(joined_on=day)


def next_step(browser):
    """What the first card says next, without what comes after it."""
    return text(browser.get("/teach/")).split("next-step__label")[1].split("</div>")[0]


class TestTheGate:
    def test_a_school_that_is_not_ready_says_whom_to_ask_and_for_what(
        self, classroom, teacher, enrolments, plain, sensitive, browser
    ):
        head_of(classroom.school, name="Anil Head")
        give(classroom, teacher, plain)

        page = text(browser.get("/teach/"))

        assert "Ask Anil Head." in page
        assert MISSING in page
        assert "Tell families about the lessons" in page

    def test_without_a_head_the_teacher_is_told_to_ask_the_head(
        self, classroom, teacher, enrolments, plain, sensitive, browser
    ):
        give(classroom, teacher, plain)

        assert "Ask your school head." in text(browser.get("/teach/"))

    def test_readiness_that_lapses_is_told_also_of_a_module_that_was_given(
        self, classroom, teacher, enrolments, sensitive, browser, base
    ):
        make_ready(classroom, teacher)
        give(classroom, teacher, sensitive)
        before = [text(browser.get(one)) for one in ("/teach/", base, f"{base}modules/")]
        SchoolReadiness.objects.all().delete()

        home, of_class, modules = [text(browser.get(one)) for one in ("/teach/", base, f"{base}modules/")]

        assert not [page for page in before if MISSING in page]
        assert MISSING in home
        assert "All is set." not in home
        assert "Some modules are closed to students" in of_class
        assert MISSING in of_class
        assert MISSING in modules
        assert "Closed to students until what is missing is there" in modules

    def test_the_head_is_not_asked_on_the_page_of_a_class(
        self, classroom, teacher, enrolments, sensitive, base
    ):
        make_ready(classroom, teacher)
        give(classroom, teacher, sensitive)
        SchoolReadiness.objects.all().delete()

        assert MISSING not in text(browser_of(head_of(classroom.school)).get(base))

    def test_a_class_of_an_age_without_modules_is_told_so_and_asked_for_nothing(
        self, classroom, enrolments, sensitive, browser
    ):
        Classroom.objects.filter(pk=classroom.pk).update(class_level=2)

        page = text(browser.get("/teach/"))

        assert "We are still writing lessons for this age." in page
        assert "Give the class its first module." not in page
        assert "Tell families" not in page
        assert "Still missing" not in page

    def test_where_nothing_is_sensitive_there_is_no_gate(
        self, classroom, teacher, enrolments, plain, browser, base
    ):
        give(classroom, teacher, plain)

        page = text(browser.get("/teach/"))

        assert "All is set." in page
        assert "Tell families" not in page


class TestLateJoiners:
    @pytest.fixture
    def late(self, classroom, teacher, enrolments, sensitive):
        """Two students who joined after the notice to the families of all others."""
        make_ready(classroom, teacher)
        give(classroom, teacher, sensitive)
        came(enrolments, 30)
        told(classroom, teacher, 20)
        students = [NewStudent("Late Boat"), NewStudent("Late Drum")]
        return roster.add_students(classroom=classroom, students=students, by=teacher)

    def test_the_teacher_is_led_to_the_notice(self, late, browser, base):
        step = next_step(browser)

        assert f"2 students {LATE} Tell their families, then write down the day." in step
        assert f'href="{base}notice/"' in step
        assert LATE in text(browser.get(base))
        modules = text(browser.get(f"{base}modules/"))
        assert LATE in modules
        assert "Before all students can open this" in modules

    def test_other_modules_can_still_be_given(self, late, browser, base):
        other = make_module("Firmer", is_sensitive=True)

        page = text(browser.get(f"{base}modules/{other.translation_key}/"))

        assert LATE in page
        assert '<form class="form"' in page

    def test_writing_down_the_day_again_is_enough(self, late, browser, base):
        browser.post(f"{base}notice/", {"given_on": timezone.localdate().isoformat()})

        assert LATE not in text(browser.get("/teach/"))
        assert LATE not in text(browser.get(base))

    def test_one_who_left_or_has_other_work_needs_no_notice(self, classroom, teacher, late, browser):
        roster.leave(enrolment=late[0], by=teacher)
        notices.set_opt_outs(classroom=classroom, enrolment_ids=[late[1].pk], by=teacher)

        assert LATE not in text(browser.get("/teach/"))


class TestOtherWork:
    @pytest.fixture
    def told_families(self, classroom, teacher, enrolments, plain, sensitive):
        make_ready(classroom, teacher)

    def test_it_is_asked_as_soon_as_families_know(self, told_families, browser, base):
        step = next_step(browser)

        assert OTHER_WORK in step
        assert f'href="{base}notice/"' in step

    def test_it_is_not_asked_before(self, classroom, enrolments, plain, sensitive, browser):
        assert OTHER_WORK not in text(browser.get("/teach/"))

    @pytest.mark.parametrize("marked", [0, 1])
    def test_an_answer_is_enough_be_it_nobody(self, told_families, enrolments, browser, base, marked):
        chosen = [one.pk for one in enrolments[:marked]]
        said = text(browser.post(f"{base}notice/other-work/", {"student": chosen}, follow=True))

        assert OTHER_WORK not in text(browser.get("/teach/"))
        assert ("Kept. No student has other work." in said) is not marked

    def test_an_answer_from_before_the_notice_is_asked_for_again(
        self, classroom, teacher, enrolments, plain, sensitive, browser, base
    ):
        browser.post(f"{base}notice/other-work/")
        told(classroom, teacher, 0)
        answered_today = OTHER_WORK in text(browser.get("/teach/"))
        ParentNotice.objects.update(given_on=timezone.localdate() + timedelta(days=1))

        assert not answered_today
        assert OTHER_WORK in text(browser.get("/teach/"))

    def test_it_is_over_once_a_sensitive_module_was_given(
        self, told_families, classroom, teacher, sensitive, browser
    ):
        assignment = give(classroom, teacher, sensitive)
        given = text(browser.get("/teach/"))
        assignments.undo(assignment=assignment, by=teacher)

        assert OTHER_WORK not in given
        assert OTHER_WORK not in text(browser.get("/teach/"))


class TestDays:
    def given_until(self, classroom, teacher, module, days):
        give(classroom, teacher, module)
        today = timezone.localdate()
        Assignment.objects.update(opens_on=today - timedelta(days=20), due_on=today + timedelta(days=days))

    def test_closed_sign_in_and_a_near_end_are_next(self, classroom, teacher, enrolments, plain, browser):
        self.given_until(classroom, teacher, plain, 1)
        classrooms.close_sign_in(classroom=classroom, by=teacher)

        page = text(browser.get("/teach/"))

        assert "Sign-in is closed. Open it when the lesson starts." in page
        assert "A module is to be finished tomorrow." in page

    def test_unfinished_work_whose_day_has_passed_is_not_all_set(
        self, classroom, teacher, enrolments, plain, browser
    ):
        self.given_until(classroom, teacher, plain, -3)
        for enrolment in enrolments[1:]:
            for lesson in lessons_of(plain):
                study(enrolment, lesson, plain)

        page = text(browser.get("/teach/"))

        assert "A module was to be finished by" in page
        assert "All is set." not in page

    def test_work_that_all_have_finished_is_all_set(self, classroom, teacher, enrolments, plain, browser):
        self.given_until(classroom, teacher, plain, -3)
        for enrolment in enrolments:
            for lesson in lessons_of(plain):
                study(enrolment, lesson, plain)

        assert "All is set." in text(browser.get("/teach/"))

    def test_what_is_closed_to_a_late_joiner_is_not_waited_for(
        self, classroom, teacher, enrolments, sensitive, browser
    ):
        make_ready(classroom, teacher)
        self.given_until(classroom, teacher, sensitive, -3)
        came(enrolments, 30)
        told(classroom, teacher, 20)
        for enrolment in enrolments:
            for lesson in lessons_of(sensitive):
                study(enrolment, lesson, sensitive)
        roster.add_students(classroom=classroom, students=[NewStudent("Late Boat")], by=teacher)

        assert "was to be finished" not in text(browser.get("/teach/"))

    def test_a_student_who_must_wait_comes_first(self, classroom, enrolments, plain, browser):
        Enrolment.objects.filter(pk=enrolments[0].pk).update(
            locked_until=timezone.now() + timedelta(minutes=9)
        )

        assert "1 student is waiting before another try" in next_step(browser)
