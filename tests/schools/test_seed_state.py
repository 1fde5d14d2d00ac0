"""A seeded state is one that the site could have made: same constraints, same figures, pupils who can sign in."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from cms.users.models import User
from quizzes.models import Attempt
from schools import pictures
from schools.actions.adoption import rebuild
from schools.models import (
    AdoptionCell,
    AdoptionWeek,
    Assignment,
    Block,
    Classroom,
    Enrolment,
    LessonProgress,
    PlannedModule,
    School,
    SchoolCategory,
    SchoolReadiness,
    StaleSchool,
    State,
    WholeClassSession,
)
from schools.queries.adoption import figures_of
from schools.seeding.places import STATE_CODE
from tests.factories import ClassroomFactory, EnrolmentFactory, ManagementFactory, SchoolCategoryFactory
from tests.schools.lessons import make_module

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reference():
    SchoolCategoryFactory(code=3)
    ManagementFactory(code=1)


@pytest.fixture
def curriculum():
    make_module("Firm", is_sensitive=True)
    make_module("Plain")


def seed(**options):
    out = io.StringIO()
    shares = {"share_ready": 1, "share_active": 1} | options
    call_command("seed_state", **({"schools": 5, "students_per_school": 45} | shares), stdout=out)
    return out.getvalue()


def seeded_schools():
    return School.objects.filter(state__code=STATE_CODE)


def test_it_makes_the_schools_and_pupils_that_were_asked_for(curriculum):
    said = seed()

    assert "5 schools after" in said
    assert seeded_schools().count() == 5
    assert set(seeded_schools().values_list("udise_code", flat=True)) == {f"99{n:09d}" for n in range(1, 6)}
    assert Block.objects.filter(schools__in=seeded_schools()).distinct().count() == 1
    sizes = Classroom.objects.annotate(n=Count("enrolments")).order_by("n").values_list("n", flat=True)
    assert list(sizes) == [5] * 5 + [20] * 10
    assert User.students.count() == 225
    assert PlannedModule.objects.filter(department__state__code=STATE_CODE).exists()


def test_something_has_been_done_in_it(curriculum):
    seed()

    for kind in (Assignment, LessonProgress, Attempt, WholeClassSession):
        assert kind.objects.exists(), kind
    assert SchoolReadiness.objects.count() == 5
    whole = AdoptionCell.objects.filter(school__in=seeded_schools(), class_level=0, language="")
    assert all(one.classes_assigned for one in whole.filter(module_key="0" * 32))
    assert AdoptionWeek.objects.filter(classes_completed__gt=0).exists()


def test_its_figures_are_those_of_a_recount(curriculum):
    seed()
    schools = list(seeded_schools().values_list("pk", flat=True))
    kept = figures_of(schools)

    rebuilt = rebuild(lambda so_far: None)

    assert (rebuilt.schools, rebuilt.differing) == (5, 0)
    assert figures_of(schools) == kept
    assert not StaleSchool.objects.exists()


def test_the_shares_decide_how_much_is_done(curriculum):
    seed(share_ready=0, share_active=0)

    assert Enrolment.objects.count() == 225
    assert not SchoolReadiness.objects.exists()
    assert not Assignment.objects.exists()


def test_a_seeded_pupil_signs_in_with_a_real_pin(curriculum, client):
    seed(schools=1)
    enrolment = Enrolment.objects.select_related("classroom").first()
    Classroom.objects.update(is_sign_in_always_open=True)

    client.post("/join/", {"code": enrolment.classroom.join_code})
    client.post("/join/who/", {"who": enrolment.pk})
    client.post("/join/pictures/", {"picked": " ".join(pictures.unseal(enrolment.pin))})

    assert enrolment.alias in client.get("/class/").content.decode()


def test_nobody_of_its_staff_can_sign_in_until_given_a_password(curriculum):
    seed(schools=1)

    staff = User.objects.filter(email__endswith=".example")

    assert staff.count() == 3
    assert not any(one.has_usable_password() for one in staff)


def test_the_same_seed_makes_the_same_figures(curriculum):
    seed()
    first = {one.udise_code: figures_of([one.pk])[one.pk] for one in seeded_schools()}

    seed(replace=True)

    again = {one.udise_code: figures_of([one.pk])[one.pk] for one in seeded_schools()}
    assert [len(first[code]) for code in first] == [len(again[code]) for code in first]
    assert without_schools(first) == without_schools(again)


def without_schools(figures):
    """The keys of schools differ from one time to the next."""
    return {
        code: {tuple(pair for pair in one if pair[0] != "school_id") for one in own}
        for code, own in figures.items()
    }


def test_a_state_that_is_there_is_not_made_again_unasked(curriculum):
    seed(schools=1)

    with pytest.raises(CommandError, match="--replace"):
        seed(schools=2)

    assert seeded_schools().count() == 1


def test_replacing_leaves_other_states_alone(curriculum):
    other = EnrolmentFactory(classroom=ClassroomFactory())
    seed(schools=2)

    seed(schools=1, replace=True)

    assert seeded_schools().count() == 1
    assert Enrolment.objects.filter(pk=other.pk).exists()
    assert LessonProgress.objects.exclude(school_id__in=seeded_schools()).count() == 0
    assert State.objects.filter(code=STATE_CODE).count() == 1


def test_without_reference_data_it_says_what_to_do_and_makes_nothing(curriculum):
    SchoolCategory.objects.all().delete()

    with pytest.raises(CommandError, match="load_reference"):
        seed()

    assert not State.objects.filter(code=STATE_CODE).exists()


def test_without_a_curriculum_it_says_what_to_do_and_makes_nothing():
    with pytest.raises(CommandError, match="load_curriculum"):
        seed()

    assert not State.objects.filter(code=STATE_CODE).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"schools": 0},
        {"students_per_school": 0},
        {"students_per_school": 1501},
        {"share_active": 1.2},
        {"share_ready": 0.1, "share_active": 0.2},
        {"share_done": -0.1},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(CommandError, match=r"Ask for|Shares go"):
        seed(**wrong)
