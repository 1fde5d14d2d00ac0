"""The request of someone who is signed in, for views behind a door that lets nobody else through."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from cms.users.models import User


class SignedInRequest(HttpRequest):
    """Tells the type checker what the door has made sure of."""

    user: "User"
