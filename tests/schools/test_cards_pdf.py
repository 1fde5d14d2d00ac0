"""Sign-in cards as a PDF: whose, for whom, and what when the server cannot make one."""

import re
import zlib

import pytest

from cms.core import pdf
from cms.core.models import AuditEvent
from tests.schools.staff import browser_of, head_of, text

pytestmark = pytest.mark.django_db

needs_pango = pytest.mark.skipif(not pdf.is_available(), reason="needs Pango")


@pytest.fixture
def browser(teacher):
    return browser_of(teacher)


@pytest.fixture
def base(classroom):
    return f"/teach/classes/{classroom.pk}/students/cards/"


def pages(content: bytes) -> int:
    """How many pages a PDF has, also where its parts are packed."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    opened = b""
    for part in packed:
        try:
            opened += zlib.decompress(part)
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b", content + opened))


@needs_pango
def test_a_class_has_its_cards_as_a_file(classroom, enrolments, browser, base):
    offered = text(browser.get(base))

    response = browser.get(f"{base}pdf/")

    assert f'href="{base}pdf/"' in offered
    assert response.headers["Content-Type"] == "application/pdf"
    assert "sign-in-cards.pdf" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    assert response.content.startswith(b"%PDF-")
    assert pages(response.content) == 2


@needs_pango
def test_one_student_has_one_card(classroom, enrolments, browser, base):
    all_of_them = browser.get(f"{base}pdf/").content

    one = browser.get(f"{base}pdf/?student={enrolments[0].pk}").content

    assert pages(one) == 1
    assert len(one) < len(all_of_them)


@needs_pango
def test_that_cards_were_taken_is_kept_but_not_whose(classroom, enrolments, teacher, browser, base):
    browser.get(f"{base}pdf/")

    event = AuditEvent.objects.get(action="cards.shown")
    assert (event.actor_id, event.details) == (teacher.pk, {"number": 12})


@needs_pango
def test_an_alias_is_text_and_not_markup(classroom, enrolments, browser, base):
    enrolments[0].alias = "<img src=file:///etc/x>"
    enrolments[0].save()

    assert browser.get(f"{base}pdf/").status_code == 200


def test_nobody_but_the_classs_teacher_gets_them(classroom, enrolments, base):
    assert browser_of(head_of(classroom.school)).get(f"{base}pdf/").status_code == 403
