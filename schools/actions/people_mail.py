"""The messages to those who are offered a role or have asked for one: plain text, in the reader's language."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from schools.models import Invitation, JoinRequest

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, token: str, days: int) -> None:
    """Send the link, and note when a mail server has taken it."""
    with override(invitation.language):
        context = {
            "invitation": invitation,
            "link": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('people:invitation', args=[token])}",
            "days": days,
        }
        name = "confirm" if invitation.waits_for_a_word else "invitation"
        subject = _("Please confirm your e-mail address") if name == "confirm" else _("You are invited")
        _send(subject, name, invitation.email, context, lambda: _note_sent(invitation))


def send_decision(request: JoinRequest) -> None:
    """Tell a person what was decided about their request."""
    with override(request.language):
        name = "approved" if request.is_approved else "refused"
        subject = _("Your request is approved") if request.is_approved else _("Your request was not approved")
        link = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('start')}"
        _send(subject, name, request.user.email or "", {"request": request, "link": link})


def _note_sent(invitation: Invitation) -> None:
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])


def _send(
    subject: str, name: str, email: str, context: dict[str, Any], afterwards: Callable[[], None] | None = None
) -> None:
    """Write the message now, in the active language; send it once what it speaks of is kept.

    A mail server that is away undoes nothing: the page says that the message has not left, and offers it again.
    """
    text = render_to_string(f"schools/people/mail/{name}.txt", context)

    def send() -> None:
        try:
            send_mail(subject, text, None, [email])
        except OSError:  # smtplib's errors are of this kind, too
            logger.exception("A message about a role has not left.")
        else:
            if afterwards is not None:
                afterwards()

    transaction.on_commit(send)
