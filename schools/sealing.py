"""Keys under the server's own secret, one for each purpose, so that none tells anything about another."""

import base64
import hashlib
import hmac
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def vault(purpose: str) -> Fernet:
    """Encrypts what only this server may read again."""
    return _vault(settings.PIN_SECRET, purpose)


def mark(purpose: str, words: str) -> str:
    """A mark by which equal words are found without being kept; worthless without the secret."""
    return hmac.new(_key(settings.PIN_SECRET, purpose), words.encode(), hashlib.sha256).hexdigest()


@cache
def _vault(secret: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(secret, purpose)))


@cache
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())
