"""What the task worker does by itself: schools' figures every few minutes, the release every night.

`keep_figures` is the heartbeat. It books its own next run before it does anything, so that nothing that
goes wrong can end it, and there is never more than one waiting. The release is booked by it when one is
due; one that failed, or whose worker died, is booked again after `RETRY`. Both are safe to repeat.
"""

from datetime import timedelta

from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from schools.actions.adoption import recompute_stale
from schools.actions.import_tasks import begin_stopped_again
from schools.actions.plausibility import note_recent_questions
from schools.actions.release import is_release_due, make_release
from schools.actions.retention import forget_old_lists, remove_where_nightly

EVERY = timedelta(minutes=5)
RETRY = timedelta(hours=3)
KEPT = timedelta(days=7)
"""How long the worker's log of finished tasks is kept."""


@task
def keep_figures() -> None:
    """Begin lists again whose worker died, bring marked schools up to date, have a release made when it is time."""
    start(after=EVERY)
    begin_stopped_again()
    recompute_stale()
    if is_release_due() and not _is_booked_lately():
        release_figures.enqueue()
        ask_heads.enqueue()
        forget_leavers.enqueue()
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()


@task
def release_figures() -> None:
    make_release()


@task
def ask_heads() -> None:
    """Put to the heads of schools what their figures make one wonder about."""
    note_recent_questions()


@task
def forget_leavers() -> None:
    """Delete rows of old class lists; and leavers' records, where the state has switched that on."""
    forget_old_lists()
    remove_where_nightly()


def start(after: timedelta = timedelta()) -> None:
    """Book the next run of `keep_figures`, unless one is booked."""
    waiting = DBTaskResult.objects.filter(task_path=keep_figures.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        keep_figures.using(run_after=timezone.now() + after).enqueue()


def _is_booked_lately() -> bool:
    booked = DBTaskResult.objects.filter(task_path=release_figures.module_path)
    return booked.filter(enqueued_at__gt=timezone.now() - RETRY).exists()
