"""What the first second factor of a person changes: sign-ins from before it are worth nothing any more."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.dispatch import receiver
from django.http import HttpRequest

from cms.users.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@receiver(authenticator_added)
def end_sign_ins_without_it(
    request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any
) -> None:
    """A sign-in by password alone, perhaps a stranger's, would wake with the role that the factor wakes."""
    factors = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS)
    if authenticator.type in SECOND_FACTORS and factors.count() == 1:
        end_other_sessions(request, user)
