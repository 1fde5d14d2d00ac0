"""What a reviewer answers about the draft of a page, a question or a help line."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction


def allowed(item: Any, user: Any) -> list[str]:
    """What `user` may do in the review that `item` is in: `approve`, `reject`, or nothing."""
    task = item.current_workflow_task
    return [name for name, _label, _modal in task.get_actions(item, user)] if task else []


@transaction.atomic
def give(item: Any, action: str, comment: str, *, by: Any) -> None:
    """Approve the draft in its current review, or ask for changes."""
    if action not in allowed(item, by):
        raise PermissionDenied
    state = item.current_workflow_task_state
    item.current_workflow_task.on_action(state, by, action, comment=comment)
