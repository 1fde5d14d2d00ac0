"""The nightly release in the database: versions, old releases, what officials can ask it."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.actions import release as releasing
from schools.actions.release import KEPT_RELEASES, make_release
from schools.models import (
    AdoptionCell,
    AdoptionWeek,
    Department,
    Release,
    ReleasedCounts,
    ReleasedRules,
    ReleasedWeek,
    School,
)
from schools.publication import Rules
from schools.queries import published
from schools.queries.adoption import ANY_CLASS, ANY_MODULE
from schools.queries.published import NO_SUCH_CLASS, NOT_BEGUN, NOT_COUNTED, Question
from tests import factories
from tests.schools.publication_world import publish, random_world, truth

pytestmark = pytest.mark.django_db

MODULE = UUID(int=1)
COUNTS = [field.name for field in ReleasedCounts._meta.fields if field.name not in ("id", "since", "until")]


@pytest.fixture
def district():
    return factories.DistrictFactory()


@pytest.fixture
def schools(district):
    """Three blocks with two schools each."""
    blocks = factories.BlockFactory.create_batch(3, district=district)
    return [factories.SchoolFactory(block=block) for block in blocks for _number in range(2)]


def count(school, *, classes=6, pupils=200, done=100, completed=6, level=7, module=MODULE, **fields):
    """Write a school's cells as a recount would: one class level, one module; anything more by hand."""
    for class_level in (ANY_CLASS, level):
        for key in (ANY_MODULE, module):
            AdoptionCell.objects.update_or_create(
                school=school,
                class_level=class_level,
                module_key=key,
                language="",
                defaults={
                    "classes": classes,
                    "classes_assigned": classes,
                    "classes_completed": completed,
                    "pupils": pupils,
                    "pupils_assigned": pupils,
                    "pupils_completed": done,
                    **fields,
                },
            )


def release_now():
    """A release of the cells as they stand, without recounting them from source rows."""
    return releasing._publish("")


def held(release):
    rows = ReleasedCounts.objects.filter(published.held(release)).values_list(*COUNTS)
    return sorted(rows, key=str)


def figures(place, release=None, **question):
    return published.ask(place, [], Question(**question), release=release).own


class TestNumbers:
    def test_classes_are_exact_and_pupils_rounded(self, district, schools):
        for school in schools:
            count(school, pupils=201, done=101)

        release_now()

        own = figures(district, module_key=MODULE)
        assert own.classes["classes_completed"] == 36
        assert own.schools["schools_completed"] == 6
        assert own.pupils == {"pupils": 1205, "pupils_completed": 605, "pupils_assessed": None}
        assert own.percent == {"pupils_completed": 50, "pupils_assessed": None}

    def test_a_school_s_pupils_are_in_no_release(self, schools):
        for school in schools:
            count(school)

        release_now()

        own = figures(schools[0], module_key=MODULE)
        assert own.classes["classes_completed"] == 6
        assert set(own.pupils.values()) == {None}

    def test_blocks_have_numbers_and_any_module_has_none(self, schools):
        for school in schools:
            count(school)

        release_now()

        assert figures(schools[0].block, module_key=MODULE).pupils["pupils_completed"] == 200
        assert figures(schools[0].block).pupils == {
            "pupils": 400,
            "pupils_completed": None,
            "pupils_assessed": None,
        }

    def test_the_only_class_level_has_the_number_of_all(self, schools):
        for school in schools:
            count(school)

        release_now()

        for place in (schools[0].state, schools[0].district, schools[0].block):
            whole = figures(place, module_key=MODULE).pupils
            assert figures(place, module_key=MODULE, class_level=7).pupils == whole

    def test_opted_out_pupils_of_a_school_without_the_module_are_no_number(self, district, schools):
        for school in schools:
            count(school)
        count(schools[0], done=3, completed=0, classes_assigned=0)

        release_now()

        assert figures(district, module_key=MODULE).pupils["pupils_completed"] == 500

    def test_a_state_s_threshold_hides_more(self, district, schools):
        Department.objects.create(state=district.state, name="D", publication_threshold=200)
        for school in schools:
            count(school, pupils=40, done=24)

        release_now()

        assert figures(district, module_key=MODULE).pupils["pupils"] == 240
        assert figures(district, module_key=MODULE).pupils["pupils_completed"] is None
        assert published.threshold_of(district.state) == 200

    def test_languages_are_counted_in_classes(self, district, schools):
        for school in schools:
            count(school)
            AdoptionCell.objects.create(
                school=school, class_level=ANY_CLASS, module_key=MODULE, language="hi", classes=4, pupils=9
            )

        release_now()

        answer = published.ask(district, [], Question(module_key=MODULE))
        assert answer.by_language["hi"].classes["classes"] == 24
        assert set(answer.by_language["hi"].pupils.values()) == {None}

    @pytest.mark.parametrize("seed", range(6))
    def test_the_database_holds_what_the_attacker_was_given(self, seed):
        world = random_world(random.Random(seed))
        Department.objects.create(
            state=(state := factories.StateFactory()),
            name="D",
            publication_threshold=world.rules.threshold,
            completion_percent=world.rules.completion_percent,
        )
        places = build(world, state)

        release_now()

        public = publish(world)
        compared = 0
        for (kind, place), level, module in public.counts:
            own = figures(places[kind, place], class_level=level, module_key=module)
            if own is None:
                continue
            for name, shown in own.pupils.items():
                assert public.shown.get(((kind, place), level, module, name)) == shown
                compared += 1
        assert compared > 10


def build(world, state):
    """The world in the database; returns its places."""
    places = {("state", 1): state}
    true = truth(world)
    public = publish(world)
    for district, block, school in world.classes:
        if ("district", district) not in places:
            places["district", district] = factories.DistrictFactory(state=state)
        if ("block", block) not in places:
            places["block", block] = factories.BlockFactory(district=places["district", district])
        places["school", school] = factories.SchoolFactory(block=places["block", block])
    for (place, level, module), counts in public.counts.items():
        if place[0] == "school" and (level == ANY_CLASS or counts["classes"]):
            pupils = true.get((place, level, ANY_MODULE, "pupils"), 0)
            AdoptionCell.objects.create(
                school=places[place],
                class_level=level,
                module_key=module,
                pupils=pupils,
                pupils_assigned=pupils,
                pupils_completed=true.get((place, level, module, "pupils_completed"), 0),
                pupils_assessed=true.get((place, level, module, "pupils_assessed"), 0),
                **{name: number for name, number in counts.items() if name.startswith("classes")},
            )
    return places


class TestVersions:
    def test_a_night_without_change_writes_nothing(self, schools):
        for school in schools:
            count(school)
        release_now()
        before = ReleasedCounts.objects.count()

        release_now()

        assert ReleasedCounts.objects.count() == before
        assert Release.objects.count() == 2

    def test_a_change_writes_its_school_and_the_places_above(self, schools):
        for school in schools:
            count(school)
        first = release_now()
        count(schools[0], completed=5)

        second = release_now()

        fresh = ReleasedCounts.objects.filter(since=second.pk)
        assert {(one.place_kind, one.place_id) for one in fresh} == {
            ("school", schools[0].pk),
            ("block", schools[0].block_id),
            ("district", schools[0].district_id),
            ("state", schools[0].state_id),
        }
        assert ReleasedCounts.objects.filter(until=second.pk).count() == fresh.count()
        assert figures(schools[0], first, module_key=MODULE).classes["classes_completed"] == 6
        assert figures(schools[0], module_key=MODULE).classes["classes_completed"] == 5

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 8)), max_size=3), max_size=3))
    def test_any_history_of_nights_is_as_if_the_last_had_been_made_from_nothing(self, schools, nights):
        for night in nights:
            for place, completed in night:
                count(schools[place], completed=completed, classes=8, done=completed * 20)
            by_versions = held(release_now())

            assert held(release_now()) == by_versions
        last = held(release_now())
        ReleasedCounts.objects.all().delete()

        assert held(release_now()) == last

    def test_an_old_release_answers_as_it_did_though_the_state_s_rules_have_changed(self, district, schools):
        department = Department.objects.create(state=district.state, name="D")
        for school in schools:
            count(school)
        first = release_now()
        before = published.ask(district, schools, Question(module_key=MODULE), release=first)
        department.publication_threshold, department.completion_percent = 50, 80
        department.save()
        for school in schools:
            count(school, pupils=10, done=5, completed=1)

        release_now()

        assert published.ask(district, schools, Question(module_key=MODULE), release=first) == before
        assert published.rules_of(district.state, release=first) == Rules(10, 60)
        assert published.rules_of(district.state) == Rules(50, 80)
        assert figures(district, module_key=MODULE) != before.own

    def test_a_closed_school_is_in_old_releases_only(self, district, schools):
        for school in schools:
            count(school)
        first = release_now()
        School.objects.filter(pk=schools[0].pk).update(closed_on=timezone.localdate())

        release_now()

        assert figures(schools[0]) is None
        assert figures(schools[0], first).schools["schools"] == 1
        assert figures(district).schools["schools"] == 5

    def test_a_release_that_fails_leaves_nothing_half(self, schools, monkeypatch):
        for school in schools:
            count(school)
        first = release_now()
        before = held(first)
        count(schools[0], completed=2)

        def broken():
            raise IntegrityError

        monkeypatch.setattr(releasing, "_prune", broken)
        with pytest.raises(IntegrityError):
            release_now()

        assert Release.objects.get() == first
        assert held(first) == before
        assert not ReleasedCounts.objects.filter(until__isnull=False).exists()


class TestOldReleases:
    def test_sixty_nights_and_a_year_of_month_ends_are_kept(self, schools):
        count(schools[0])
        start = timezone.now() - timedelta(days=200)

        for day in range(0, 200, 2):
            with time_machine.travel(start + timedelta(days=day), tick=False):
                Release.objects.create()
        newest = release_now()

        kept = list(Release.objects.order_by("-pk"))
        older = kept[KEPT_RELEASES:]
        assert kept[0] == newest
        assert len(kept) > KEPT_RELEASES
        months = [(one.as_of.year, one.as_of.month) for one in older]
        assert len(months) == len(set(months))

    def test_versions_that_no_kept_release_needs_go(self, schools):
        count(schools[0])
        first = release_now()
        for completed in (5, 4):
            count(schools[0], completed=completed)
            release_now()
        Release.objects.filter(pk=first.pk).update(as_of=timezone.now() - timedelta(days=500))
        Release.objects.bulk_create(Release() for _number in range(KEPT_RELEASES))

        release_now()

        own = ReleasedCounts.objects.filter(place_kind="school", place_id=schools[0].pk, module_key=MODULE)
        assert not Release.objects.filter(pk=first.pk).exists()
        assert not own.filter(since=first.pk).exists()

    @pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 30, "0"])
    def test_no_number_of_a_release_breaks_a_question(self, number):
        assert published.release_at(number) is None

    def test_releases_are_listed_and_found_by_number(self):
        first, second = make_release(), make_release()

        assert list(published.releases()) == [second, first]
        assert published.release_at(str(first.pk)) == first


class TestTrend:
    def test_weeks_count_classes_and_each_school_once_a_rung(self, district, schools):
        monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        for school in schools[:2]:
            count(school)
            for week in (monday - timedelta(days=7), monday):
                AdoptionWeek.objects.create(
                    school=school, class_level=ANY_CLASS, module_key=MODULE, week=week, classes_completed=3
                )

        release = release_now()

        weeks = published.trend(district, Question(module_key=MODULE), release=release)
        assert [one.classes["classes_completed"] for one in weeks] == [6, 6]
        assert [one.schools["schools_completed"] for one in weeks] == [2, 0]
        assert published.trend(district, Question(language="hi")) == []
        assert ReleasedWeek.objects.filter(place_kind="school").count() == 4


class TestSchoolsByRung:
    def test_the_database_orders_schools_by_how_far_they_have_come(self, district, schools):
        done, begun, other, *idle, late = schools
        count(done)
        count(begun, completed=0, done=0)
        count(other, level=6)
        for school in idle:
            count(school, completed=0, classes_assigned=0, done=0)
        release_now()
        new = factories.SchoolFactory(block=late.block, name="ZZ")

        found = published.by_rung(district.schools.all(), Question(class_level=7, module_key=MODULE))

        rungs = {one.pk: one.rung for one in found}
        assert [one.pk for one in found][-3:-1] == [begun.pk, done.pk]
        assert (rungs[new.pk], rungs[other.pk]) == (NOT_COUNTED, NO_SUCH_CLASS)
        assert {rungs[school.pk] for school in idle} == {NOT_BEGUN}
        assert found.last().pk in (other.pk, late.pk)

    def test_asking_costs_the_same_for_few_parts_and_for_many(
        self, district, schools, django_assert_num_queries
    ):
        release = release_now()

        for parts in (schools[:1], schools):
            with django_assert_num_queries(1):
                published.ask(district, parts, Question(module_key=MODULE), release=release)


def test_before_the_first_release_there_is_nothing_to_say(district):
    assert published.ask(district, [], Question()).as_of is None
    assert published.trend(district, Question()) == []
    assert published.rules_of(district.state) == Rules()
    assert not ReleasedRules.objects.exists()
