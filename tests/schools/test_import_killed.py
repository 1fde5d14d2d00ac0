"""A worker that dies in the middle of applying a list: nothing of it is kept, and it can be begun again."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from schools.actions import import_tasks
from schools.models import Role, School, SheetImport, SheetRow, StaleSchool
from tests import factories
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent
SCHOOLS = 2500
DIES_AT = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from schools.actions.import_tasks import run_step

inserted = []

def die(execute, sql, params, many, context):
    if sql.startswith("INSERT INTO") and '"schools_school"' in sql:
        inserted.append(sql)
    if len(inserted) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection.execute_wrapper(die):
    run_step.call(int(sys.argv[1]))
"""
"""A worker that is killed once some thousand schools are written and the others are not."""


@pytest.fixture
def sheet():
    """A list of so many schools that it is written in several pieces, about to be applied."""
    block = factories.BlockFactory()
    factories.SchoolCategoryFactory()
    factories.ManagementFactory()
    state = block.district.state
    person = factories.MembershipFactory(role=Role.STATE_ADMIN, school=None, state=state).user
    sheet = SheetImport.objects.create(
        kind="schools",
        state=state,
        file_name="schools.csv",
        asked_by=person,
        applied_by=person,
        status="applying",
        added=SCHOOLS,
    )
    values = {"block": block.pk, "category": 3, "management": 1, "mediums": ["hi"], "pin_code": ""}
    SheetRow.objects.bulk_create(
        SheetRow(
            sheet=sheet,
            number=n,
            action="add",
            values=values | {"udise_code": f"00{n:09d}", "name": f"School {n}"},
        )
        for n in range(SCHOOLS)
    )
    return sheet


@pytest.fixture
def database(tmp_path):
    """The address of the test's database for another process. One in memory is lent as a file."""
    if connection.vendor != "sqlite":
        kept = connection.settings_dict
        user = f"{quote(kept['USER'])}:{quote(kept['PASSWORD'] or '')}"
        yield f"postgresql://{user}@{kept['HOST']}:{kept['PORT']}/{quote(str(kept['NAME']))}"
        return
    path = tmp_path / "lent.sqlite3"
    yield f"sqlite:///{path}"


def _run(program: str, sheet: SheetImport, database: str) -> int:
    """Run a program on the test's database; returns how it ended."""
    path = database.removeprefix("sqlite:///")
    if connection.vendor == "sqlite":
        with sqlite3.connect(path) as file:
            connection.connection.backup(file)
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", program, str(sheet.pk)], cwd=ROOT, env=environment, check=False
    )
    if connection.vendor == "sqlite":
        with sqlite3.connect(path) as file:
            file.backup(connection.connection)
    return done.returncode


def test_a_list_whose_worker_was_killed_changes_nothing_and_is_begun_again(sheet, database):
    client = browser_of(sheet.asked_by)
    page = reverse("imports:sheet", args=[sheet.state.code, sheet.pk])

    ended = _run(DIES_AT, sheet, database)

    assert ended == -signal.SIGKILL
    assert not School.objects.exists()
    assert not StaleSchool.objects.exists()
    assert "The list is being applied." in text(client.get(page))
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        client = browser_of(sheet.asked_by)
        assert "Stopped" in text(client.get(page))
        assert "Begin again" in text(client.get(page))

        import_tasks.begin_stopped_again()

        assert "The list was applied." in text(client.get(page))
    assert School.objects.count() == SCHOOLS
    assert StaleSchool.objects.count() == SCHOOLS


def test_a_person_can_begin_it_again_too(sheet):
    long_ago = timezone.now() - timedelta(minutes=11)
    SheetImport.objects.update(beat_at=long_ago, tries=1)
    client = browser_of(sheet.asked_by)

    page = text(client.post(reverse("imports:begin_again", args=[sheet.state.code, sheet.pk]), follow=True))

    assert "The list was applied." in page
    assert School.objects.count() == SCHOOLS


def test_a_list_that_is_being_worked_on_is_not_begun_a_second_time(sheet):
    SheetImport.objects.update(beat_at=timezone.now())
    client = browser_of(sheet.asked_by)

    page = text(client.post(reverse("imports:begin_again", args=[sheet.state.code, sheet.pk]), follow=True))

    assert "This list is still being worked on." in page
    assert not School.objects.exists()


def test_a_list_that_stops_each_time_is_given_up(sheet):
    SheetImport.objects.update(beat_at=timezone.now() - timedelta(minutes=11), tries=3)

    import_tasks.begin_stopped_again()

    page = text(browser_of(sheet.asked_by).get(reverse("imports:sheet", args=[sheet.state.code, sheet.pk])))
    assert "It stopped 3 times." in page
    assert not School.objects.exists()
