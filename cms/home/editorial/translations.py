"""Translations made in the CMS go through the same reviews as pages.

wagtail-localize knows two things only: words kept one by one, and publishing. A translator has no right
to publish; here is the way between: keep all words as a draft of the page, and hand it to the reviewers.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import MissingTranslationError, Translation


class NotReadyError(Exception):
    """The translation cannot go to the reviewers yet; the message says why."""


def translation_of(page: Page) -> Translation | None:
    """The translation, kept sentence by sentence, whose outcome `page` is."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


def can_submit(page: Page, user: Any) -> bool:
    tester = page.permissions_for_user(user)
    return tester.can_edit() and tester.can_submit_for_moderation()


@transaction.atomic
def submit(page: Page, translation: Translation, *, by: Any) -> None:
    """Keep the translated words as a draft and start, or resume, the reviews of it.

    The page that readers see does not change. Raises `NotReadyError` while a sentence is missing.
    """
    if not can_submit(page, by):
        raise PermissionDenied
    draft = _draft(page, translation)
    draft.save_revision(user=by, log_action=True)
    page = Page.objects.get(pk=page.pk)
    state = page.current_workflow_state
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    else:
        page.get_workflow().start(page, by)


def _draft(page: Page, translation: Translation) -> Page:
    """The page with the translated words, not saved."""
    source = translation.source
    try:
        draft = source.get_ephemeral_translated_instance(translation.target_locale)
    except MissingTranslationError as error:
        raise NotReadyError(_("Some sentences are not translated yet. Translate them all first.")) from error
    if hasattr(draft, "objectives"):
        draft.objectives = source.get_source_instance().objectives.all()
    return draft
