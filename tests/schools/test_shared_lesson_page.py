"""A lesson's page is made once for a whole school; what is one student's is put into it for each."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.core.holes import hole
from schools.models import Enrolment, ParentNotice
from tests.factories import AssignmentFactory
from tests.schools.lessons import make_module
from tests.schools.staff import give, make_ready

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def url(classroom):
    module = make_module()
    AssignmentFactory(classroom=classroom, module_key=module.translation_key)
    return f"/class/lessons/{module.get_children().first().translation_key}/"


def page(child, url):
    response = child.client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_each_student_sees_their_own_alias_and_step(new_child, url):
    first, second = new_child(0).signs_in(), new_child(1).signs_in()
    page(first, url)
    first.client.post(f"{url}step/", {"step": "1"})

    one, other = page(first, url), page(second, url)

    assert "Kite 1</bdi>" in one
    assert 'data-reached="1"' in one
    assert "Kite 2</bdi>" in other
    assert 'data-reached="0"' in other
    assert "Kite 1<" not in other


def test_an_alias_is_words_and_nothing_else(new_child, url):
    child = new_child(0)
    child.enrolment.alias = "<b>Kite</b>"
    child.enrolment.save()
    child.signs_in()

    assert "&lt;b&gt;Kite&lt;/b&gt;</bdi>" in page(child, url)


def test_no_hole_is_left_open(new_child, url):
    mark = hole("x").rpartition("-x-")[0]

    assert mark not in page(new_child(0).signs_in(), url)


def test_each_student_has_a_token_that_works(enrolments, new_child, url):
    first, second = new_child(0), new_child(1)
    second.signs_in()
    first.signs_in()
    first.client.handler.enforce_csrf_checks = True
    own = TOKEN.search(page(first, url))[1]
    others = TOKEN.search(page(second, url))[1]

    assert first.client.post(url, {"csrfmiddlewaretoken": others}).status_code == 403
    assert first.client.post(url, {"csrfmiddlewaretoken": own}).status_code == 302


def test_the_page_follows_the_students_language(new_child, url):
    english, hindi = new_child(0).signs_in(), new_child(1).signs_in()
    hindi.client.cookies["language"] = "hi"

    assert '<html lang="en"' in page(english, url)
    assert '<html lang="hi"' in page(hindi, url)
    assert '<html lang="en"' in page(english, url)


def test_who_joined_after_the_notice_gets_nothing_of_a_sensitive_one(classroom, teacher, new_child):
    """Though the page is there, made for those whose families know."""
    module = make_module("Firm", is_sensitive=True)
    make_ready(classroom, teacher)
    give(classroom, teacher, module)
    address = f"/class/lessons/{module.get_children().first().translation_key}/"
    early, late = new_child(0).signs_in(), new_child(1).signs_in()
    today = timezone.localdate()
    ParentNotice.objects.update(given_on=today - timedelta(days=1))
    Enrolment.objects.exclude(pk=late.enrolment.pk).update(joined_on=today - timedelta(days=1))

    assert "Kite 1</bdi>" in page(early, address)
    assert late.client.get(address).status_code == 404
    assert late.client.post(address).status_code == 404
    ParentNotice.objects.update(given_on=today)
    assert "Kite 2</bdi>" in page(late, address)
    assert "Kite 1</bdi>" in page(early, address)


def test_a_stranger_gets_nothing_of_it(new_child, url):
    page(new_child(0).signs_in(), url)

    assert Client().get(url).status_code == 302
