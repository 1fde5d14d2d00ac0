"""Identities that an application makes by itself, without asking the database."""

import os
import time
import uuid

CURRICULUM_NAMESPACE = uuid.UUID("6f1c9a52-5d0e-4f43-9a3e-2f9b7a6c1d10")


def uuid7() -> uuid.UUID:
    """A UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then chance. Sorts by time."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= (chance >> 68 & 0xFFF) << 64
    value |= 0b10 << 62
    value |= chance & ((1 << 62) - 1)
    return uuid.UUID(int=value)


def key_for(kind: str, key: str) -> uuid.UUID:
    """The translation key of a shipped page: the same on every site, so exports can be compared."""
    return uuid.uuid5(CURRICULUM_NAMESPACE, f"{kind}/{key}")
