"""The pages of a head, a safety lead and a teacher about their school."""

import pytest
from django.utils import timezone

from schools.actions import assignments
from schools.models import Role, SchoolReadiness
from tests.factories import ClassroomFactory, MembershipFactory, ReadinessFactory
from tests.schools.lessons import lessons_of, make_module
from tests.schools.staff import browser_of, head_of
from tests.schools.study import study

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(classroom):
    return f"/school/{classroom.school.udise_code}/"


@pytest.fixture
def head(classroom):
    return browser_of(head_of(classroom.school))


def text(response):
    return " ".join(response.content.decode().split())


def written(**changes):
    return {
        "lead_name": "Asha",
        "lead_phone": "1",
        "deputy_name": "Ravi",
        "deputy_phone": "2",
        "staff_briefed_on": timezone.localdate().isoformat(),
        "has_used_material": "on",
        "local_contacts": "Block office, 3",
    } | changes


def test_one_school_opens_at_once(head, base):
    assert head.get("/school/").url == base


def test_several_schools_are_listed(classroom):
    person = head_of(classroom.school)
    second = MembershipFactory(role=Role.SAFETY_LEAD, user=person, school__name="Second School").school

    page = text(browser_of(person).get("/school/"))

    assert classroom.school.name in page
    assert f"/school/{second.udise_code}/" in page


def test_the_head_sees_how_far_each_class_is(classroom, teacher, enrolments, head, base):
    module = make_module("Chats")
    today = timezone.localdate()
    assignments.assign(
        classroom=classroom, module_key=module.translation_key, opens_on=today, due_on=today, by=teacher
    )
    study(enrolments[0], lessons_of(module)[0], module)
    ClassroomFactory(school=classroom.school, class_level=6, section="Empty")

    page = text(head.get(base))

    assert "1 of 24 lessons finished" in page
    assert "Class 6 Empty" in page
    assert "Nothing to finish yet" in page
    assert str(teacher) in page
    assert "Kite 1" not in page


def test_a_teacher_sees_own_classes_and_what_is_in_place(classroom, teacher, base):
    ClassroomFactory(school=classroom.school, class_level=6, section="Hidden")
    ReadinessFactory(school=classroom.school)

    page = text(browser_of(teacher).get(base))

    assert "Your school is ready." in page
    assert "Asha Lead, 00000 00001" in page
    assert "Hidden" not in page
    assert "What each part is for" in page


def test_a_school_without_classes_says_how_they_come(classroom, head, base):
    classroom.delete()

    assert "Teachers make their classes themselves" in text(head.get(base))


def test_what_is_half_written_is_not_in_place(classroom, head, base):
    SchoolReadiness.objects.create(school=classroom.school, lead_name="Asha")

    page = text(head.get(base))

    assert "<strong>Child-safety lead</strong><br>Asha" in page
    assert page.count("Still missing") == 4


def test_the_head_writes_what_is_in_place(head, base):
    page = head.post(f"{base}readiness/", written(), follow=True)

    assert "Your school is ready." in text(page)
    assert SchoolReadiness.objects.get().is_ready


def test_part_of_it_can_be_kept(head, base):
    page = head.post(f"{base}readiness/", written(deputy_name="", staff_briefed_on=""), follow=True)

    assert "Some parts are still missing." in text(page)
    assert not SchoolReadiness.objects.get().is_ready


def test_a_briefing_to_come_is_refused_and_nothing_is_lost(head, base):
    page = text(head.post(f"{base}readiness/", written(staff_briefed_on="2999-01-01")))

    assert "Write the day once the briefing has taken place." in page
    assert 'value="Asha"' in page
    assert not SchoolReadiness.objects.exists()


def test_the_safety_lead_writes_it_too(classroom, base):
    browser = browser_of(head_of(classroom.school, Role.SAFETY_LEAD))
    offered = text(browser.get(base))

    page = browser.post(f"{base}readiness/", written(), follow=True)

    assert "Write down what is in place" in offered
    assert "Your school is ready." in text(page)
    assert SchoolReadiness.objects.get().is_ready


def test_a_teacher_reads_it_and_cannot_write_it(classroom, base):
    browser = browser_of(head_of(classroom.school, Role.TEACHER))

    shown = text(browser.get(f"{base}readiness/"))
    refused = browser.post(f"{base}readiness/", written())

    assert "Your school head or child-safety lead writes it down here." in shown
    assert refused.status_code == 403
    assert not SchoolReadiness.objects.exists()
