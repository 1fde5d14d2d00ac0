"""One of the two reviews, as a step of Wagtail's workflow."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, TaskState

from cms.home.editorial import independence


class ReviewTask(GroupApprovalTask):
    """A step that a member of a group approves, but nobody their own words, and nobody both steps."""

    class Meta:
        verbose_name = _("review by somebody else")
        verbose_name_plural = _("reviews by somebody else")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        actions = super().get_actions(obj, user)
        if actions and independence.why_not_now(obj, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """What waits on the first page: only what `user` can approve."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        waiting = [state.pk for state in states if not independence.why_not(state, user)]
        return states.filter(pk__in=waiting)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Asked again here: an address can name another page's review than the page it was asked for."""
        if action_name == "approve":
            reason = independence.why_not(task_state, user)
            if reason:
                raise PermissionDenied(reason)
            if _is_older_than_its_words(task_state):
                task_state.cancel(user=user)
                return
        super().on_action(task_state, user, action_name, **kwargs)


def _is_older_than_its_words(state: TaskState) -> bool:
    """Whether the draft was written over since this review began; approvals from before that are void.

    Wagtail lets the writer of the last draft put other words in its place.
    """
    written = state.revision.created_at
    TaskState.objects.filter(
        workflow_state=state.workflow_state_id,
        revision=state.revision_id,
        status=TaskState.STATUS_APPROVED,
        started_at__lt=written,
    ).update(status=TaskState.STATUS_CANCELLED)
    return state.started_at < written
