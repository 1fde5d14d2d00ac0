"""Who asks: a key in the `Authorization` header, and nothing else. A session counts for nothing here."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, AuthorizationError, Throttled
from ninja.security import HttpBearer

from schools.actions import tokens
from schools.models import ApiToken
from schools.queries.key_places import is_suspended

SECONDS_A_MINUTE = 60


class Key(HttpBearer):
    """`Authorization: Bearer <key>`."""

    def __call__(self, request: HttpRequest) -> ApiToken:
        scheme, _space, secret = request.headers.get(self.header, "").partition(" ")
        if scheme.lower() != self.openapi_scheme or not secret:
            raise AuthenticationError(message=_("Send your key in the header “Authorization: Bearer …”."))
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """The key, once it is known, open, its state not suspended, and this minute's calls not used up."""
        key = ApiToken.objects.with_places().filter(digest=tokens.digest_of(token)).first()
        if key is None:
            raise AuthenticationError(message=_("This key is not known."))
        if key.revoked_at is not None:
            raise AuthenticationError(message=_("This key was ended. Ask your department for a new one."))
        if not key.is_open(timezone.now()):
            raise AuthenticationError(message=_("This key has run out. Ask your department for a new one."))
        if is_suspended(key.in_state):
            raise AuthorizationError(message=_("Your state is suspended. Its figures are closed for now."))
        if not tokens.use(token=key):
            raise Throttled(wait=SECONDS_A_MINUTE - timezone.now().second)
        return key
