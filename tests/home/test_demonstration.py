"""`manage.py demo`: a believable state for whoever tries the site, made once and kept."""

import io
import json
import os
import shutil
import socket
import stat
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from cms.home.management.commands.demo import FIRST_PAGES
from cms.users.models import User
from quizzes.models import Attempt
from schools import pictures
from schools.models import (
    AdoptionCell,
    Classroom,
    District,
    Enrolment,
    LessonProgress,
    Release,
    School,
    State,
)
from schools.queries.adoption import ANY_CLASS, ANY_MODULE


@pytest.fixture
def installation(tmp_path, settings):
    """A machine on which nothing was set up yet."""
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def start() -> str:
    out = io.StringIO()
    call_command("demo", no_serve=True, stdout=out)
    return out.getvalue()


def how_much() -> list[int]:
    return [one.objects.count() for one in (School, Classroom, Enrolment, LessonProgress, Attempt, Release)]


@pytest.mark.django_db
def test_the_demonstration_is_made_once_and_kept(installation, client):
    said = start()

    assert State.objects.get(code="IN-ZZ").kind == State.Kind.DEMONSTRATION
    assert (District.objects.count(), School.objects.count(), Classroom.objects.count()) == (2, 6, 12)
    assert User.students.count() == 300
    assert all(one.udise_code.startswith("00") for one in School.objects.all())
    check_progress()
    demo = check_passwords(installation, said)
    check_open_class(demo["classroom"], said)

    there = how_much()
    again = start()

    assert "Preparing" not in again
    assert "Making" not in again
    assert all(person["password"] in again for person in demo["staff"].values() if person["email"] in again)
    assert how_much() == there
    check_what_is_gone_is_made_again(installation)


def check_progress() -> None:
    """Schools have come differently far, and the release says so."""
    whole = AdoptionCell.objects.filter(class_level=ANY_CLASS, module_key=ANY_MODULE)
    completed = sorted(whole.values_list("pupils_completed", flat=True))
    assert completed[0] == 0
    assert completed[-1] > 30
    assert Release.objects.count() == 1
    scores = set(Attempt.objects.values_list("score", flat=True))
    assert len(scores) > 4


def check_passwords(installation, said) -> dict:
    path = installation / "var" / "demo.json"
    demo = json.loads(path.read_text(encoding="utf-8"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for label in FIRST_PAGES:
        person = demo["staff"][label]
        assert person["email"] in said
        assert person["password"] in said
        assert authenticate(None, username=person["email"], password=person["password"]) is not None
    return demo


def check_open_class(shown, said) -> None:
    """Five pupils who have not begun wait for visitors, in a class that is open and was given work."""
    classroom = Classroom.objects.get(join_code=shown["code"])
    assert classroom.is_sign_in_always_open
    assert classroom.assignments.count() >= 2
    assert len(shown["students"]) == 5
    for student in shown["students"]:
        enrolment = classroom.enrolments.get(alias=student["alias"])
        assert list(pictures.unseal(enrolment.pin)) == student["pictures"]
        assert not LessonProgress.objects.filter(student=enrolment.student_id).exists()
        assert student["alias"] in said


def check_what_is_gone_is_made_again(installation) -> None:
    shutil.rmtree(installation / "static")
    assert "Preparing: static files" in start()
    assert (installation / "static" / "css").is_dir()

    (installation / "var" / "demo.json").unlink()
    with pytest.raises(CommandError, match="held the passwords of this demonstration"):
        start()


@pytest.mark.django_db
def test_serving_ends_with_a_sentence_when_one_of_the_two_cannot_start():
    """Under the tests' settings there is no task worker to run."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    with pytest.raises(CommandError, match="stopped by itself"):
        call_command("serve", port=port, stdout=io.StringIO())


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_on_which_something_answers_is_not_shared(command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"Something answers at 127.0.0.1:{port} already"):
            call_command(command, port=port, stdout=io.StringIO())


def test_serving_what_is_not_set_up_says_how_to_set_it_up(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        "VAR_DIR": str(tmp_path / "var"),
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", "0"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "The database is not set up" in done.stderr
    assert "make demo" in done.stderr
    assert "Traceback" not in done.stderr
