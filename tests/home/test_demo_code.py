"""`manage.py demo_code`: what the authenticator apps of the demonstration would show."""

import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The key of RFC 6238, appendix B; at second 59 its six digits are 287082."""


def test_the_codes_of_this_half_minute_are_printed(tmp_path, settings, capsys):
    settings.VAR_DIR = tmp_path
    staff = {
        "state-admin": {"email": "state-admin@demo.example", "totp_secret": SECRET},
        "teacher": {"email": "teacher@demo.example"},
    }
    (tmp_path / "demo.json").write_text(json.dumps({"staff": staff}))

    with time_machine.travel(59, tick=False):
        call_command("demo_code")

    said = capsys.readouterr().out
    assert "state-admin@demo.example" in said
    assert "287082" in said
    assert "teacher@demo.example" not in said


def test_without_a_demonstration_it_says_how_to_make_one(tmp_path, settings):
    settings.VAR_DIR = tmp_path

    with pytest.raises(CommandError, match="make demo"):
        call_command("demo_code")
