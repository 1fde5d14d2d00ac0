"""Settings for one's own machine and for `make demo`: no secret is asked for."""

import secrets

from cms.settings.base import *
from cms.settings.base import VAR_DIR, environment


def _own_secret(name: str) -> str:
    """A random secret, made once and kept in a file so that sign-ins outlive a restart."""
    path = VAR_DIR / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        path.chmod(0o600)
    return path.read_text(encoding="utf-8").strip()


DEBUG = environment.flag("DEBUG", default=False)
SECRET_KEY = environment.optional("SECRET_KEY") or _own_secret("secret-key")
PIN_SECRET = environment.optional("PIN_SECRET") or _own_secret("pin-secret")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *environment.listed("ALLOWED_HOSTS")]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
