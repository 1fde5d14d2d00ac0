"""Staff with a browser, what they read, and a school whose class may have every module."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cms.users.models import User
from schools.actions import assignments, notices
from schools.models import Classroom, Role
from tests.factories import MembershipFactory, ReadinessFactory, StaffFactory

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def head_of(school, role: Role = Role.HEAD, **person) -> User:
    return MembershipFactory(role=role, school=school, user=StaffFactory(**person)).user


def make_ready(classroom: Classroom, teacher: User) -> None:
    """The school is ready and families know, so sensitive modules may open."""
    ReadinessFactory(school=classroom.school)
    notices.record(classroom=classroom, given_on=timezone.localdate(), by=teacher)
    for cached in ("readiness", "parent_notice"):
        classroom.school._state.fields_cache.pop(cached, None)
        classroom._state.fields_cache.pop(cached, None)


def text(response):
    return " ".join(response.content.decode().split())


def shown(response):
    """The page without its tokens, which differ each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))


def give(classroom, teacher, module, **dates):
    today = timezone.localdate()
    dates = {"opens_on": today, "due_on": today + timedelta(days=20)} | dates
    return assignments.assign(classroom=classroom, module_key=module.translation_key, by=teacher, **dates)
