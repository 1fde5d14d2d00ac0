"""What the two reviews lead to: words that are live, and say truly who has looked at them.

Wagtail reads this module's name from the settings while its own models are loading, so models are
imported inside the functions.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.review_states import APPROVED, UNREVIEWED, changed_languages, marked

SOURCE_LANGUAGE = "en"


@transaction.atomic
def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what both reviews approved, and mark the words that were reviewed as approved.

    The second reviewer, in whose name it is done, has no right to publish anything alone. Whatever steps
    led here, they are looked at once more: two people must have approved these words, who wrote none of them.
    """
    from wagtail.models import Page

    from cms.home.editorial.independence import has_two_reviewers

    item = workflow_state.content_object
    revision = item.get_latest_revision()
    if not has_two_reviewers(revision, workflow_state):
        raise PermissionDenied("Two people have to approve this, who wrote none of it.")
    if isinstance(item, Page):
        revision.publish(user=user, skip_permission_checks=True)
        _mark_page(item.specific, APPROVED)
    else:
        states = _states_once_approved(item, revision.as_object())
        revision.publish(user=user, skip_permission_checks=True)
        type(item).objects.filter(pk=item.pk).update(review_states=states)


def mark_hand_published(sender: Any, instance: Any, revision: Any = None, **_signal: Any) -> None:
    """A translated page that a person published without the reviews is no longer vouched for.

    The loader publishes in nobody's name and sets the state that the catalogues give.
    """
    if revision is not None and revision.user_id is not None:
        _mark_page(instance, UNREVIEWED)


def _mark_page(page: Any, state: str) -> None:
    """Set the state of a live page. Pages in the source language, and the lists above, have none."""
    if hasattr(page, "review_state") and page.locale.language_code != SOURCE_LANGUAGE:
        type(page).objects.filter(pk=page.pk).update(review_state=state)


def _states_once_approved(live: Any, draft: Any) -> dict[str, str]:
    """What the record's states are then: reviewed is what readers do not see yet, and nothing else."""
    words = draft.words_by_language()
    reviewed = changed_languages(live.words_by_language() if live.live else {}, words)
    return marked(live.review_states, reviewed, APPROVED, words)
