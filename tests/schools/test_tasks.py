"""What the task worker does by itself, under the task queue that a real site has."""

import io
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from schools import tasks
from schools.actions.adoption import mark_stale
from schools.actions.release import is_release_due
from schools.models import AdoptionCell, Release, ReleasedCounts, StaleSchool
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def worker_in_this_test(monkeypatch):
    """Lets the worker run inside the test's transaction, whose connection it would close, and puts signals back."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    names = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    before = {name: signal.getsignal(name) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


def booked(task):
    return DBTaskResult.objects.filter(task_path=task.module_path)


def test_the_heartbeat_is_booked_once():
    tasks.start()
    tasks.start()

    assert booked(tasks.keep_figures).count() == 1


def test_each_beat_counts_marked_schools_and_books_the_next_one():
    school = factories.SchoolFactory()
    mark_stale(school.pk)

    tasks.keep_figures.call()

    assert AdoptionCell.objects.filter(school=school).exists()
    assert not StaleSchool.objects.exists()
    following = booked(tasks.keep_figures).get().run_after
    assert timedelta(minutes=4) < following - timezone.now() <= timedelta(minutes=5)


def test_a_beat_books_a_release_that_is_due_but_not_another_soon_after():
    tasks.keep_figures.call()
    tasks.keep_figures.call()

    assert booked(tasks.release_figures).count() == 1


def test_a_release_that_was_not_made_is_booked_again_after_three_hours():
    tasks.keep_figures.call()
    booked(tasks.release_figures).update(enqueued_at=timezone.now() - timedelta(hours=4))

    tasks.keep_figures.call()

    assert booked(tasks.release_figures).count() == 2


def test_no_release_is_booked_when_the_night_has_one():
    Release.objects.create()

    tasks.keep_figures.call()

    assert not booked(tasks.release_figures).exists()


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        ("2026-11-23 01:50", "2026-11-23 01:59", False),
        ("2026-11-23 01:50", "2026-11-23 02:00", True),
        ("2026-11-23 02:05", "2026-11-24 01:59", False),
        ("2026-11-23 02:05", "2026-11-24 02:00", True),
        ("2026-11-20 02:00", "2026-11-24 01:00", True),
    ],
)
def test_a_release_is_due_from_two_at_night_in_india(made, now, due):
    india = timezone.get_default_timezone()
    Release.objects.create(as_of=datetime.fromisoformat(made).replace(tzinfo=india))

    with time_machine.travel(datetime.fromisoformat(now).replace(tzinfo=india).astimezone(UTC), tick=False):
        assert is_release_due() is due


def test_the_log_of_old_tasks_goes():
    tasks.start()
    booked(tasks.keep_figures).update(status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=8))

    tasks.keep_figures.call()

    assert booked(tasks.keep_figures).count() == 1


def test_the_worker_starts_the_heartbeat_and_makes_the_release(worker_in_this_test):
    school = factories.SchoolFactory()

    call_command("db_worker", batch=True, startup_delay=False, reload=False, stdout=io.StringIO())

    assert ReleasedCounts.objects.filter(place_kind="school", place_id=school.pk).exists()
    assert booked(tasks.keep_figures).filter(status="SUCCESSFUL").count() == 1
    assert booked(tasks.keep_figures).filter(status="READY").count() == 1


def test_a_release_can_be_made_and_schools_counted_by_hand():
    school = factories.SchoolFactory()
    out = io.StringIO()

    call_command("recompute_adoption", stdout=out)
    call_command("recompute_adoption", stdout=out)
    call_command("recompute_adoption", all=True, stdout=out)
    call_command("make_release", stdout=out)

    assert "1 schools counted\n0 schools counted\n1 schools counted\nRelease as of " in out.getvalue()
    assert ReleasedCounts.objects.filter(place_kind="school", place_id=school.pk).exists()
