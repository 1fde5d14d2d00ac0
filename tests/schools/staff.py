"""Staff with a browser, and a school whose class may have every module."""

from django.test import Client
from django.utils import timezone

from cms.users.models import User
from schools.actions import notices
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
