"""Identities made without the database."""

import time

from cms.core.identifiers import key_for, uuid7


def test_a_uuid7_has_its_version_and_variant_and_sorts_by_time():
    first = uuid7()
    time_between = time.time_ns() // 1_000_000 + 2
    while time.time_ns() // 1_000_000 < time_between:
        pass
    second = uuid7()

    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first < second


def test_uuid7s_of_one_moment_differ():
    assert len({uuid7() for _ in range(1000)}) == 1000


def test_a_key_is_the_same_on_every_site_and_differs_by_kind():
    assert key_for("lesson", "who-you-can-tell") == key_for("lesson", "who-you-can-tell")
    assert key_for("lesson", "finding-help") != key_for("module", "finding-help")
