"""Whose eyes count: words are reviewed by two people, and neither of them wrote any of it.

This holds for everybody, operators too: what the reviews say about words is the same whoever did them.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation

REVIEWERS = 2


def why_not(state: TaskState, user: Any, words: Revision | None = None) -> str:
    """Why `user` may not approve `words` in the review `state`; empty if nothing stands against it."""
    words = words or state.revision
    if user.pk in writers(words, state.workflow_state):
        return _("You wrote or sent some of these words, so two other people review them.")
    if user.pk in approvers(words, state.workflow_state):
        return _("You have approved these words in the other review. Somebody else does this one.")
    return ""


def why_not_now(item: Any, user: Any) -> str:
    """The same for the draft of a page or record as it stands now; empty too for those who do not review."""
    state = item.current_workflow_task_state
    if state is None or not state.task.specific.user_can_access_editor(item, user):
        return ""
    return why_not(state, user, item.get_latest_revision())


def has_two_reviewers(words: Revision, workflow_state: WorkflowState) -> bool:
    """Whether two people approved exactly these words, and wrote none of them."""
    return len(approvers(words, workflow_state) - writers(words, workflow_state)) >= REVIEWERS


def approvers(words: Revision, workflow_state: WorkflowState) -> set[int]:
    """Who approved these words. A draft can be written over: what was said of it before does not count."""
    approved = workflow_state.task_states.filter(
        revision=words, status=TaskState.STATUS_APPROVED, started_at__gte=words.created_at
    )
    return _people(approved, "finished_by")


def writers(words: Revision, workflow_state: WorkflowState) -> set[int]:
    """Who sent these words to the reviewers, or wrote any draft of them since the last that readers saw."""
    item = words.content_object
    since = _published(item)
    drafts = Revision.objects.for_instance(item).filter(created_at__lte=words.created_at)
    if since:
        drafts = drafts.filter(created_at__gt=since)
    people = {words.user_id, workflow_state.requested_by_id} | _people(drafts, "user")
    if isinstance(item, Page):
        people |= _translators(item, since)
    return {person for person in people if person is not None}


def _published(item: Any) -> datetime | None:
    """When what readers see was written; a draft that is live can have been written over since."""
    written = item.live_revision.created_at if item.live_revision else None
    return min((moment for moment in (written, item.last_published_at) if moment), default=None)


def _translators(page: Page, since: datetime | None) -> set[int]:
    """Who wrote a sentence, or chose a picture, in wagtail-localize."""
    people: set[int] = set()
    for model in (StringTranslation, SegmentOverride):
        kept = model.objects.filter(context__object_id=page.translation_key, locale_id=page.locale_id)
        people |= _people(kept.filter(updated_at__gt=since) if since else kept, "last_translated_by")
    return people


def _people(rows: QuerySet[Any], field: str) -> set[int]:
    return set(rows.exclude(**{field: None}).order_by().values_list(f"{field}_id", flat=True))
