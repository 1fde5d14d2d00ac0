"""Picture PINs: made, sealed, compared."""

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from cms.core.templatetags.pictures import names
from schools import pictures
from tests.factories import ClassroomFactory, EnrolmentFactory

A_PIN = ("sun", "bus", "fish", "cup")


def test_every_picture_of_the_board_is_drawn():
    drawn = names("pin")

    assert sorted(f"pin/{name}" for name in pictures.PICTURES) == list(drawn)


def test_a_sealed_pin_comes_back_and_shows_nothing():
    sealed = pictures.seal(A_PIN)

    assert pictures.unseal(sealed) == A_PIN
    assert "sun" not in sealed


def test_a_pin_sealed_under_another_secret_stays_closed(settings):
    sealed = pictures.seal(A_PIN)
    settings.PIN_SECRET = "another"

    with pytest.raises(InvalidToken):
        pictures.unseal(sealed)


def test_a_digest_hangs_on_class_order_and_secret(settings):
    first = pictures.digest(1, A_PIN)
    others = {pictures.digest(2, A_PIN), pictures.digest(1, A_PIN[::-1])}
    settings.PIN_SECRET = "another"
    others.add(pictures.digest(1, A_PIN))

    assert first not in others
    assert len(others) == 3


@given(st.lists(st.sampled_from([*pictures.PICTURES, "cat", ""]), max_size=6))
def test_only_four_different_pictures_are_a_pin(taps):
    can_be = len(taps) == 4 and len(set(taps)) == 4 and "cat" not in taps and "" not in taps

    assert pictures.is_pin(taps) == can_be


@pytest.mark.django_db
def test_free_pins_are_different_and_nobody_has_them():
    classroom = ClassroomFactory()

    pins = pictures.free_pins(classroom, 500)

    assert len(set(pins)) == 500
    assert all(pictures.is_pin(pin) for pin in pins)


@pytest.mark.django_db
def test_a_free_pin_is_never_one_that_a_student_has(monkeypatch):
    classroom = ClassroomFactory()
    EnrolmentFactory(classroom=classroom, pin_digest=pictures.digest(classroom.pk, A_PIN))
    monkeypatch.setattr(pictures, "_all_pins", lambda: (A_PIN, A_PIN[::-1]))

    pin = pictures.free_pin(classroom)

    assert pin == A_PIN[::-1]


@pytest.mark.django_db
def test_a_class_without_free_pins_says_so():
    classroom = ClassroomFactory()

    with pytest.raises(pictures.NoFreePinError):
        pictures.free_pins(classroom, pictures.ALL_PINS + 1)
