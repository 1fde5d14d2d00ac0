"""The nightly release: what officials read, made from the cells of all schools."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from schools.actions.adoption import recompute_behind
from schools.actions.objectives import publish_objectives, recount_objectives
from schools.actions.versions import VERSIONED, Layout, keep
from schools.models import (
    Department,
    Release,
    ReleasedCounts,
    ReleasedRules,
    ReleasedWeek,
    School,
    SchoolReadiness,
    State,
)
from schools.publication import Rules, rounded
from schools.queries.pupil_groups import Shown, StateSums, note_block, pupils_of, shown_in_state
from schools.queries.release_sums import (
    AT,
    CLASSES,
    PUPILS,
    SCHOOLS,
    WEEK_COUNTS,
    WHOLE,
    Key,
    Sums,
    WeekKey,
    sums_of,
)
from schools.queries.staleness import curriculum_digest

KEPT_RELEASES = 60
KEPT_MONTH_ENDS = timedelta(days=366)
"""For so long the last release of each month stays, when the others of its time have gone."""
RELEASE_HOUR = time(2)
"""When at night a new release is due, by the site's clock."""
SCHOOLS_AT_ONCE = 500
IS_READY = Q(
    **{f"readiness__{name}__gt": "" for name in SchoolReadiness.REQUIRED if name != "staff_briefed_on"}
)
IS_READY &= Q(readiness__staff_briefed_on__isnull=False)
"""As `SchoolReadiness.is_ready`, in the database."""

COUNTS = Layout(ReleasedCounts, ("place_kind", "place_id", *Key._fields), (*SCHOOLS, *CLASSES, *PUPILS))
WEEKS = Layout(ReleasedWeek, ("place_kind", "place_id", *WeekKey._fields), WEEK_COUNTS)
RULES = Layout(ReleasedRules, ("state_id",), ("threshold", "completion_percent"))
OF_ALL_CLASSES = Q(class_level=WHOLE.class_level, language=WHOLE.language)


def is_release_due(now: datetime | None = None) -> bool:
    """Whether no release was made since the last night's hour."""
    now = timezone.localtime(now)
    last = datetime.combine(now.date(), RELEASE_HOUR, tzinfo=now.tzinfo)
    if last > now:
        last -= timedelta(days=1)
    return not Release.objects.filter(as_of__gte=last).exists()


def make_release() -> Release:
    """Bring every school's cells up to date and publish them with the sums of all places above."""
    digest = curriculum_digest()
    newest = Release.objects.order_by("-pk").first()
    recompute_behind(every_school=newest is not None and newest.curriculum != digest)
    recount_objectives(newest)
    return _publish(digest)


@transaction.atomic
def _publish(digest: str) -> Release:
    """Each school's cells are read once, and all sums are made of what was read, so they always agree.

    The newest release is locked: of two at once the second waits, and then writes only what changed since.
    """
    Release.objects.select_for_update().order_by("-pk").first()
    release = Release.objects.create(curriculum=digest)
    for state in State.objects.filter(schools__isnull=False).distinct().order_by("pk"):
        _publish_state(release, state)
    _prune()
    return release


def _publish_state(release: Release, state: State) -> None:
    rules = _rules_of(state)
    keep(
        release,
        RULES,
        Q(state=state),
        {(state.pk,): (rules.threshold, rules.completion_percent)},
    )
    sums = StateSums(state.pk)
    for district, block, own in _blocks(release, state):
        small = own.of_small_place()
        _keep_counts(release, "block", {block: _without_all_classes(small)}, ~OF_ALL_CLASSES)
        _keep_weeks(release, "block", {block: small})
        sums.whole.add(own)
        sums.districts.setdefault(district, Sums()).add(own)
        note_block(sums.exchange, own)
        sums.blocks.setdefault(district, {})[block] = _of_all_classes(small)
    shown = shown_in_state(sums, rules)
    _keep_counts(release, "state", {state.pk: sums.whole}, shown=shown)
    _keep_weeks(release, "state", {state.pk: sums.whole})
    _keep_counts(release, "district", sums.districts, shown=shown)
    _keep_weeks(release, "district", sums.districts)
    for blocks in sums.blocks.values():
        _keep_counts(release, "block", blocks, OF_ALL_CLASSES, shown)
    _close_schools(release, state)
    publish_objectives(release, state)


def _rules_of(state: State) -> Rules:
    found = Department.objects.filter(state=state).values_list("publication_threshold", "completion_percent")
    return Rules(*(found.first() or ()))


def _blocks(release: Release, state: State) -> Iterator[tuple[int, int, Sums]]:
    """Publish the schools, some at a time, and yield each block's sums as soon as it is complete."""
    is_ready = Case(When(IS_READY, then=Value(True)), default=Value(False))
    schools = School.objects.filter(state=state, closed_on__isnull=True).order_by(
        "district_id", "block_id", "pk"
    )
    rows = schools.values_list("district_id", "block_id", "pk", is_ready).iterator(chunk_size=5000)
    place: tuple[int, int] | None = None
    block = Sums()
    for some in batched(rows, SCHOOLS_AT_ONCE):
        found = sums_of({school: ready for _district, _block, school, ready in some})
        small = {school: sums.of_small_place() for school, sums in found.items()}
        _keep_counts(release, "school", small)
        _keep_weeks(release, "school", small)
        for district_id, block_id, school, _ready in some:
            if place is not None and place != (district_id, block_id):
                yield *place, block
                block = Sums()
            place = (district_id, block_id)
            block.add(found[school])
    if place is not None:
        yield *place, block


def _of_all_classes(own: Sums) -> Sums:
    """What waits until the whole state is known: which of a block's numbers of pupils are shown."""
    return Sums({key: row for key, row in own.cells.items() if _is_of_all_classes(key)})


def _without_all_classes(own: Sums) -> Sums:
    return Sums({key: row for key, row in own.cells.items() if not _is_of_all_classes(key)})


def _is_of_all_classes(key: Key) -> bool:
    return (key.class_level, key.language) == (WHOLE.class_level, WHOLE.language)


def _keep_counts(
    release: Release,
    kind: str,
    places: dict[int, Sums],
    scope: Q | None = None,
    shown: frozenset[Shown] = frozenset(),
) -> None:
    """`scope` says which of the places' cells these are; the others are left as they are."""
    wanted = {}
    for place, sums in places.items():
        for key, row in sums.cells.items():
            pupils = pupils_of(kind, place, key, row, shown)
            numbers = (None if one is None else rounded(one) for one in pupils.values())
            wanted[kind, place, *key] = (*row[: AT["pupils"]], *numbers)
    here = Q(place_kind=kind, place_id__in=list(places))
    keep(release, COUNTS, here if scope is None else here & scope, wanted)


def _close_schools(release: Release, state: State) -> None:
    """A closed school is in no release any more."""
    closed = School.objects.filter(state=state, closed_on__isnull=False).order_by().values("pk")
    for layout in (COUNTS, WEEKS):
        keep(release, layout, Q(place_kind="school", place_id__in=closed), {})


def _keep_weeks(release: Release, kind: str, places: dict[int, Sums]) -> None:
    wanted = {
        (kind, place, *key): tuple(row) for place, sums in places.items() for key, row in sums.weeks.items()
    }
    keep(release, WEEKS, Q(place_kind=kind, place_id__in=list(places)), wanted)


def _prune() -> None:
    """Forget the releases that are no longer kept, and the versions that held in none of the kept ones."""
    newest = list(Release.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT_RELEASES])
    month_ends = (
        Release.objects.filter(as_of__gte=timezone.now() - KEPT_MONTH_ENDS)
        .annotate(month=TruncMonth("as_of"))
        .order_by("month", "-pk")
        .values_list("month", "pk")
    )
    last_of_month: dict[datetime, int] = {}
    for month, pk in month_ends:
        last_of_month.setdefault(month, pk)
    gone, _rows = Release.objects.exclude(pk__in=[*newest, *last_of_month.values()]).delete()
    if not gone:
        return
    still_held = Release.objects.filter(pk__gte=OuterRef("since"), pk__lt=OuterRef("until"))
    for model in VERSIONED:
        model._default_manager.filter(~Exists(still_held), until__isnull=False).delete()
