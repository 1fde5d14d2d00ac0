"""A real site does not start with secrets that anyone could guess, and hears of a visitor's address from its proxy."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SHOW = "from django.conf import settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT, s.ALLAUTH_TRUSTED_CLIENT_IP_HEADER)"
GOOD = {
    "SECRET_KEY": "made-up-for-this-test-and-long-enough-to-be-a-secret-key",
    "PIN_SECRET": "made-up-for-this-test-and-long-enough-to-hide-every-pin",
    "ALLOWED_HOSTS": "school.example",
    "SITE_URL": "https://school.example",
}


def start(**changed):
    """What a start with these settings says."""
    wanted = {name: value for name, value in (GOOD | changed).items() if value is not None}
    kept = {name: value for name, value in os.environ.items() if name not in GOOD}
    return subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=settings.BASE_DIR,
        env=kept | wanted | {"DJANGO_SETTINGS_MODULE": "cms.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", None, "Set SECRET_KEY in the environment"),
        ("PIN_SECRET", None, "Set PIN_SECRET in the environment"),
        ("ALLOWED_HOSTS", None, "Set ALLOWED_HOSTS in the environment"),
        ("SITE_URL", None, "Set SITE_URL in the environment"),
        ("SECRET_KEY", "short", "SECRET_KEY is too easy to guess"),
        ("PIN_SECRET", "a" * 60, "PIN_SECRET is too easy to guess"),
        ("PIN_SECRET", GOOD["SECRET_KEY"], "PIN_SECRET must be a secret of its own"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name the site's hosts"),
    ],
)
def test_a_worthless_setting_stops_the_start_with_a_sentence(name, value, words):
    done = start(**{name: value})

    assert done.returncode == 1
    assert words in done.stderr


def test_the_proxy_tells_the_address_and_the_environment_how():
    assert start().stdout.split() == ["1", "None"]
    assert start(TRUSTED_PROXY_COUNT="2", TRUSTED_CLIENT_IP_HEADER="X-Real-IP").stdout.split() == [
        "2",
        "X-Real-IP",
    ]
