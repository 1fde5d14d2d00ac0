"""Who teaches a class: colleagues, the school's head, and a class whose teachers have gone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import classrooms
from schools.models import Membership, Role
from schools.queries.classes import school_year
from tests.factories import ClassroomFactory, MembershipFactory, teacher_of
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def head(classroom):
    return head_of(classroom.school, name="Anil Head")


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/"


def has_gone(teacher):
    Membership.objects.filter(user=teacher).update(ended_at=timezone.now())


def make(browser, classroom, section):
    form = {"school": classroom.school_id, "class_level": 7, "section": section, "language": "en"}
    return text(browser.post("/teach/classes/new/", form))


@pytest.fixture
def there(classroom):
    """Another class of the school, in this year."""
    year = school_year(classroom.school)
    return ClassroomFactory(school=classroom.school, section="B", academic_year=year)


def test_a_colleague_is_let_in(classroom, browser, base):
    colleague = head_of(classroom.school, Role.TEACHER, name="Farida")
    before = text(browser.get(f"{base}teachers/"))

    browser.post(f"{base}teachers/add/", {"teacher": colleague.pk})

    after = text(browser.get(f"{base}teachers/"))
    assert "Farida</option>" in before
    assert "Every teacher of your school teaches this class already." in after
    assert browser_of(colleague).get(base).status_code == 200


def test_someone_of_another_school_is_not_let_in(classroom, teacher, browser, base):
    stranger = MembershipFactory(role="teacher").user

    page = browser.post(f"{base}teachers/add/", {"teacher": stranger.pk}, follow=True)

    assert "Choose a colleague from the list." in text(page)
    assert list(classroom.teachers.all()) == [teacher]


def test_a_class_that_is_there_names_who_teaches_it_now(classroom, there, browser):
    has_gone(teacher_of(there))
    there.teachers.add(head_of(classroom.school, Role.TEACHER, name="Farida"))

    page = make(browser, classroom, "B")

    assert "Class 7 B is there already this year. Farida can let you teach it, too." in page


def test_a_class_whose_teacher_has_gone_is_the_head_s_to_give(classroom, there, head, browser):
    gone = teacher_of(there)
    has_gone(gone)

    page = make(browser, classroom, "B")

    assert "Class 7 B is there already this year, without a teacher. Anil Head can give it to you." in page
    assert str(gone) not in page


def test_without_a_head_it_still_says_whom_to_ask(classroom, there, browser):
    assert "without a teacher. Your school head can give it to you." in make(browser, classroom, "B")


def test_one_s_own_class_is_linked_to(classroom, teacher, there, browser):
    there.teachers.add(teacher)

    page = make(browser, classroom, "B")

    assert "You teach Class 7 B already this year." in page
    assert f'href="/teach/classes/{there.pk}/"' in page


def test_the_head_gives_an_orphaned_class_to_a_teacher(classroom, teacher, head, base):
    has_gone(teacher)
    colleague = head_of(classroom.school, Role.TEACHER, name="Farida")
    browser = browser_of(head)
    way = text(browser.get(base))
    before = text(browser.get(f"{base}teachers/"))

    browser.post(f"{base}teachers/add/", {"teacher": colleague.pk})

    assert f'href="{base}teachers/"' in way
    assert "Nobody teaches this class now." in before
    assert f"<bdi>{teacher}</bdi>" not in before
    assert browser_of(colleague).get(f"{base}students/").status_code == 200


def test_the_head_takes_a_class_from_a_teacher(classroom, teacher, head, base):
    page = browser_of(head).post(f"{base}teachers/remove/", {"teacher": teacher.pk}, follow=True)

    event = AuditEvent.objects.get(action="classroom.teacher_removed")
    assert f"{teacher} no longer teaches this class." in text(page)
    assert (event.actor_id, event.details) == (head.pk, {"teacher": teacher.pk})
    assert browser_of(teacher).get(base).status_code == 404


def test_someone_who_does_not_teach_it_cannot_be_taken_from_it(classroom, teacher, head, base):
    stranger = MembershipFactory(role="teacher").user

    page = browser_of(head).post(f"{base}teachers/remove/", {"teacher": stranger.pk}, follow=True)

    assert "This person does not teach the class." in text(page)
    classrooms.remove_teacher(classroom=classroom, teacher=stranger, by=head)
    assert not AuditEvent.objects.filter(action="classroom.teacher_removed").exists()


def test_a_teacher_takes_the_class_from_nobody(classroom, teacher, browser, base):
    page = text(browser.get(f"{base}teachers/"))
    refused = browser.post(f"{base}teachers/remove/", {"teacher": teacher.pk})

    assert "Take the class from this teacher" not in page
    assert refused.status_code == 403
    assert list(classroom.teachers.all()) == [teacher]


def test_the_head_s_right_ends_at_the_teachers(classroom, head, base):
    browser = browser_of(head)

    for closed in ("students/", "students/cards/", "sign-in/", "notice/", "results/", "modules/"):
        assert browser.get(f"{base}{closed}").status_code == 403, closed


@pytest.mark.parametrize("roles", [(Role.SAFETY_LEAD,), (Role.SAFETY_LEAD, Role.TEACHER)])
def test_a_safety_lead_does_not_say_who_teaches_also_as_a_teacher_of_another_class(classroom, roles):
    lead = head_of(classroom.school, roles[0])
    for role in roles[1:]:
        MembershipFactory(role=role, school=classroom.school, user=lead)

    with pytest.raises(PermissionDenied):
        classrooms.add_teacher(classroom=classroom, teacher=lead, by=lead)


def test_the_head_of_another_school_does_not_either(classroom):
    stranger = MembershipFactory(role=Role.HEAD).user

    with pytest.raises(PermissionDenied):
        classrooms.add_teacher(classroom=classroom, teacher=head_of(classroom.school), by=stranger)
