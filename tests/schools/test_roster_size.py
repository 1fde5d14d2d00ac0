"""A large class list: time, memory and queries that grow with classes, not with students.

The full measurement, with 10,000 students, is `python -m bench.rosters`.
"""

import time
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.rosters import A_CLASS, bundle, sheet
from schools.actions import roster_files
from schools.forms.roster_files import RosterFileForm
from schools.models import Classroom, Enrolment
from schools.queries.school_year import year_now
from tests.factories import SchoolFactory
from tests.schools.staff import head_of

pytestmark = pytest.mark.django_db

STUDENTS = 900
SECONDS = 30
MEGABYTES = 40


def bring(school, head, name, content):
    form = RosterFileForm(
        school, None, year_now(school), {"language": "en"}, {"file": SimpleUploadedFile(name, content)}
    )
    assert form.is_valid(), form.errors
    return roster_files.rehearse(
        school=school,
        classroom=None,
        academic_year=form.academic_year,
        found=form.found,
        file_name=name,
        is_whole_list=True,
        language="en",
        by=head,
    )


@pytest.mark.parametrize("kind", ["csv", "zip"])
def test_a_large_list_is_quick_and_small(kind):
    school = SchoolFactory()
    head = head_of(school)
    content = sheet(STUDENTS) if kind == "csv" else bundle(STUDENTS, school.udise_code)
    tracemalloc.start()
    began = time.perf_counter()

    roster_files.apply(sheet=bring(school, head, f"students.{kind}", content), by=head)

    seconds = time.perf_counter() - began
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    assert Enrolment.objects.count() == STUDENTS
    assert Classroom.objects.count() == STUDENTS / A_CLASS
    assert seconds < SECONDS
    assert peak < MEGABYTES


def test_queries_grow_with_classes_and_not_with_students():
    costs = []
    for students in (A_CLASS, A_CLASS * 8):
        school = SchoolFactory()
        head = head_of(school)
        with CaptureQueriesContext(connection) as captured:
            roster_files.apply(sheet=bring(school, head, "s.csv", sheet(students)), by=head)
        costs.append(len(captured))

    assert costs[1] - costs[0] <= 7 * 6
