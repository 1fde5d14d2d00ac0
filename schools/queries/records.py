"""The audit log as it is read: where each event belongs, who may see it, and a page of what was looked for."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from cms.core.audit import Place
from cms.core.models import AuditEvent
from cms.core.permissions import Permission
from cms.users.models import User
from schools.authorization.roles import ROLES
from schools.models import Membership, School, State
from schools.models.scopes import held_roles

WAYS_UP = ("school", "enrolment", "classroom", "block", "district", "state", "department", "sheet")
"""By which of its own a record hangs on a place."""


def place_of(record: Model) -> Place:
    """The state and the school that a record belongs to, as far as it says."""
    if isinstance(record, State):
        return Place(record.pk)
    if isinstance(record, School):
        return Place(record.state_id, record.pk)
    if isinstance(record, User):
        return Place()
    for way in WAYS_UP:
        above = getattr(record, way, None)
        if isinstance(above, Model):
            return place_of(above)
    return Place(getattr(record, "state_id", None), getattr(record, "school_id", None))


def places_audited_by(user: Any) -> list[State | School]:
    """The places of the roles with which `user` sees the log."""
    return [role.place for role in held_roles(user) if Permission.SEE_AUDIT in ROLES[role.role]]


OF_SCHOOLS_FOR_THE_STATE = (
    *(
        "membership.added",
        "membership.ended",
        "invitation.sent",
        "invitation.withdrawn",
        "invitation.accepted",
    ),
    *("join_request.made", "join_request.approved", "join_request.refused"),
    *("school.joined", "school_codes.issued", "school_codes.shown", "school_code.issued"),
    *("school_code.withdrawn", "readiness.updated"),
)
"""What a state administrator may read of a school: who works there and what is in place. All else there is
about its classes, and would tell numbers of pupils that no release publishes."""


def visible_to(user: Any) -> QuerySet[AuditEvent]:
    """A state's events for its administrator, a school's for its head, all for the operator."""
    events = AuditEvent.objects.all()
    if user.is_active and user.is_superuser:
        return events
    scope = Q(pk__in=())
    for place in places_audited_by(user):
        scope |= _of_state(place) if isinstance(place, State) else Q(school_id=place.pk)
    return events.filter(scope)


def _of_state(state: State) -> Q:
    own = Q(school_id__isnull=True) & ~Q(action__in=["leavers.removed"])
    return Q(state_id=state.pk) & (own | Q(action__in=OF_SCHOOLS_FOR_THE_STATE))


@dataclass(frozen=True)
class Search:
    """What is looked for. What is empty asks for everything; `actions` are the codes of one kind."""

    actions: tuple[str, ...] = ()
    person: str = ""
    about: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


def found(events: QuerySet[AuditEvent], search: Search) -> QuerySet[AuditEvent]:
    """Those of `events` that fit every part of `search`."""
    if search.actions:
        events = events.filter(action__in=search.actions)
    if search.person:
        events = events.filter(actor_id__in=_people(search.person).values("pk"))
    if search.about:
        events = events.filter(_about(search.about))
    if search.words:
        # SQLite keeps letters beyond ASCII escaped, PostgreSQL as they are.
        events = events.annotate(said=Cast("details", TextField())).filter(
            Q(said__icontains=search.words) | Q(said__icontains=json.dumps(search.words)[1:-1])
        )
    if search.since:
        events = events.filter(at__gte=_start_of(search.since))
    if search.until:
        events = events.filter(at__lt=_start_of(search.until + timedelta(days=1)))
    return events


def _people(words: str) -> QuerySet[User]:
    return User.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))


def _about(words: str) -> Q:
    """What happened at a school of this name or code, or to the role or account of such a person."""
    schools = School.objects.filter(Q(name__icontains=words) | Q(udise_code=words))
    people = _people(words)
    roles = Membership.objects.filter(user__in=people)
    return (
        Q(school_id__in=schools.order_by().values("pk"))
        | Q(subject_type="schools.membership", subject_id__in=_keys(roles))
        | Q(subject_type="users.user", subject_id__in=_keys(people))
    )


def _keys(records: QuerySet[Any]) -> QuerySet[Any]:
    """Their keys as words, which is how events name their subjects."""
    return records.order_by().annotate(key=Cast("pk", TextField())).values("key")


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Cursor:
    """The last event of a page: the next page begins after it, whatever has happened since."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.at.timestamp() * 1_000_000:.0f}-{self.pk}"

    @classmethod
    def read(cls, words: str) -> "Cursor | None":
        """None for what no page ever said."""
        match = _CURSOR.fullmatch(words)
        if match is None:
            return None
        moment, pk = match.groups()
        return cls(datetime.fromtimestamp(0, tz=UTC) + timedelta(microseconds=int(moment)), int(pk))


_CURSOR = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")


def page(
    events: QuerySet[AuditEvent], after: Cursor | None, size: int
) -> tuple[list[AuditEvent], Cursor | None]:
    """The newest `size` events older than `after`, and where the next page begins; None at the end."""
    if after is not None:
        events = events.filter(at__lte=after.at).filter(Q(at__lt=after.at) | Q(pk__lt=after.pk))
    rows = list(events.order_by("-at", "-pk")[: size + 1])
    if len(rows) <= size:
        return rows, None
    return rows[:size], Cursor(rows[size - 1].at, rows[size - 1].pk)


def pages(events: QuerySet[AuditEvent], size: int) -> Iterator[list[AuditEvent]]:
    """All of `events`, newest first, page by page: no cursor stays open in the database meanwhile."""
    rows, after = page(events, None, size)
    while rows:
        yield rows
        rows, after = page(events, after, size) if after is not None else ([], None)
