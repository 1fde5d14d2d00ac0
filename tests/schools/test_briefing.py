"""The briefing of the staff: its page, its edition, and what the school is told about a newer one."""

import pytest
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.models import Department, Role, SchoolReadiness
from schools.models.teaching import BRIEFING_EDITION
from tests.factories import ReadinessFactory
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db
CURRENT, OLDER = BRIEFING_EDITION, "2000-01"


@pytest.fixture
def base(classroom):
    return f"/school/{classroom.school.udise_code}/"


@pytest.fixture
def head(classroom):
    return browser_of(head_of(classroom.school))


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


def test_all_staff_read_what_to_do_and_whom_to_tell(classroom, base):
    ReadinessFactory(school=classroom.school)
    teacher = browser_of(head_of(classroom.school, Role.TEACHER))

    page = text(teacher.get(f"{base}briefing/"))

    assert "Do not promise to keep it secret." in page
    assert "section 19; to verify" in page
    assert "Asha Lead" in page
    assert "Child Helpline 1098" in page


def test_the_states_own_title_for_the_lead_is_used(classroom, head, base):
    Department.objects.create(
        state=classroom.school.state, name="Department", safety_lead_title="Child Protection Officer"
    )

    pages = [text(head.get(f"{base}{page}")) for page in ("", "readiness/", "briefing/")]

    assert "Child Protection Officer" in pages[0]
    assert "Child Protection Officer" in pages[1]
    assert "Tell the Child Protection Officer the same day." in pages[2]


def test_the_day_of_the_briefing_comes_with_the_material_given_here(head, base):
    refused = text(head.post(f"{base}readiness/", written(has_used_material="")))
    empty = SchoolReadiness.objects.exists()
    head.post(f"{base}readiness/", written())

    assert "Confirm that the briefing was held with the material given here." in refused
    assert 'value="Asha"' in refused
    assert not empty
    assert SchoolReadiness.objects.get().briefing_edition == CURRENT
    assert AuditEvent.objects.get(action="readiness.updated").details["briefing_edition"] == CURRENT


def test_a_newer_edition_leaves_the_school_ready_and_says_so(classroom, head, base):
    kept = ReadinessFactory(school=classroom.school, briefing_edition=OLDER)

    page = text(head.get(base))

    assert kept.is_ready
    assert "Your school is ready." in page
    assert "There is a newer briefing" in page


def test_with_the_present_edition_nothing_is_said(classroom, head, base):
    ReadinessFactory(school=classroom.school, briefing_edition=CURRENT)

    assert "There is a newer briefing" not in text(head.get(base))


def test_other_parts_change_without_another_briefing(classroom, head, base):
    kept = ReadinessFactory(school=classroom.school, briefing_edition=OLDER)
    form = written(has_used_material="", staff_briefed_on=kept.staff_briefed_on.isoformat())

    head.post(f"{base}readiness/", form)

    kept.refresh_from_db()
    assert (kept.lead_name, kept.briefing_edition) == ("Asha", OLDER)


def test_a_briefing_that_is_taken_back_has_no_edition(classroom, head, base):
    ReadinessFactory(school=classroom.school, briefing_edition=CURRENT)

    head.post(f"{base}readiness/", written(staff_briefed_on=""))

    kept = SchoolReadiness.objects.get()
    assert (kept.staff_briefed_on, kept.briefing_edition) == (None, "")


def test_a_teacher_sees_whom_to_ask_for_what_is_missing(classroom, base):
    head_of(classroom.school, name="Meera Head")

    page = text(browser_of(head_of(classroom.school, Role.TEACHER)).get(base))

    assert "Ask Meera Head." in page
