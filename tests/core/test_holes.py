"""A page made once for all: what is one person's is put in last, and cannot be forged."""

from django.utils.html import escape

from cms.core.holes import fill, hole


def test_every_hole_is_filled():
    page = f"<p>{hole('alias')}</p><input value='{hole('token')}'><p>{hole('alias')}</p>"

    assert fill(page, {"alias": "Kite", "token": "abc"}) == "<p>Kite</p><input value='abc'><p>Kite</p>"


def test_what_is_filled_in_is_not_looked_at_again():
    page = f"<p>{hole('alias')}</p>"

    assert fill(page, {"alias": hole("token"), "token": "secret"}) == f"<p>{hole('token')}</p>"


def test_words_that_look_like_a_hole_stay_words():
    page = "hole-00000000000000000000000000000000-token-"

    assert fill(page, {"token": "secret"}) == page


def test_the_mark_outlives_escaping():
    assert escape(hole("alias")) == hole("alias")


def test_the_mark_hangs_on_the_secret(settings):
    before = hole("alias")

    assert settings.SECRET_KEY not in before
    assert len(before) > 32
