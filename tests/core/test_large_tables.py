"""The tables that grow with students: split by school, with a fence around each school's rows.

Most of this needs PostgreSQL and TEST_LARGE_TABLES=1, as the last step of `.ci/run` has it.
"""

import uuid

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from cms.core import large_tables, row_security
from schools.models import LessonProgress
from tests.factories import StudentFactory

pytestmark = pytest.mark.django_db
on_large_tables = pytest.mark.skipif(
    not settings.ROW_SECURITY, reason="needs PostgreSQL and TEST_LARGE_TABLES=1"
)


def note_progress(school_id: int) -> LessonProgress:
    return LessonProgress.objects.create(
        school_id=school_id,
        id=uuid.uuid4(),
        state_id=1,
        classroom_id=1,
        student=StudentFactory(),
        module_key=uuid.uuid4(),
        lesson_key=uuid.uuid4(),
        language="en",
    )


def test_every_table_that_grows_with_students_begins_its_key_with_the_school():
    names = {model.__name__ for model in large_tables.large_models()}

    assert names == {"Attempt", "LessonProgress", "WholeClassSession"}


@pytest.mark.skipif(connection.vendor == "postgresql", reason="PostgreSQL has partitions")
def test_another_database_is_refused_with_a_sentence():
    with pytest.raises(CommandError, match="not PostgreSQL"):
        call_command("prepare_large_tables")


@on_large_tables
def test_the_tables_are_split_under_their_own_names_and_splitting_again_changes_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class WHERE oid = 'schools_lessonprogress'::regclass")
        kind = cursor.fetchone()[0]
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'schools_lessonprogress'::regclass"
        )
        constraints = {name for (name,) in cursor.fetchall()}

    assert kind == "p"
    assert {"progress_once_a_lesson", "progress_finished_has_a_time"} <= constraints
    assert large_tables.partition(connection) == []


@on_large_tables
def test_only_the_rows_of_named_schools_are_seen():
    for school_id in (1, 2, 3):
        note_progress(school_id)

    with row_security.fenced():
        unnamed = LessonProgress.objects.count()
        row_security.see([1, 3])
        named = set(LessonProgress.objects.values_list("school_id", flat=True))

    assert unnamed == 0
    assert named == {1, 3}
    assert LessonProgress.objects.count() == 3


@on_large_tables
def test_rows_of_other_schools_can_be_neither_written_nor_changed_nor_deleted():
    theirs = note_progress(2)

    with row_security.fenced():
        row_security.see([1])
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            note_progress(2)
        changed = LessonProgress.objects.filter(id=theirs.id).update(step=5)
        deleted = LessonProgress.objects.filter(id=theirs.id)._raw_delete("default")

    assert (changed, deleted) == (0, 0)
    assert LessonProgress.objects.get(id=theirs.id).step == 0


@on_large_tables
def test_a_part_cannot_be_read_by_its_own_name():
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM schools_lessonprogress_0")


@on_large_tables
@pytest.mark.django_db(transaction=True)
def test_the_names_are_gone_with_their_transaction():
    note_progress(1)

    with row_security.fenced():
        row_security.see([2])
        seen_within = LessonProgress.objects.count()

    assert seen_within == 0
    assert LessonProgress.objects.count() == 1
