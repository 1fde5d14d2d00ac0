"""How far a class is with each module: numbers of pupils, and the day on which it reached each rung."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from curriculum.queries.catalogue import ModuleInfo
from schools.queries.rooms import Pupil, Room
from schools.scoring.delivery import lessons_delivered, module_delivered_on
from schools.scoring.shares import share_reached_at

ANY_MODULE = UUID(int=0)
"""At least one module, whichever it is."""
RUNGS = ("assigned", "delivered", "completed", "assessed")


@dataclass(slots=True)
class Standing:
    """How far a class is with a module. The times are those of its pupils, the days its own."""

    pupils_assigned: int = 0
    pupils_started: int = 0
    completed_at: list[datetime] = field(default_factory=list)
    assessed_at: list[datetime] = field(default_factory=list)
    assigned_on: date | None = None
    delivered_on: date | None = None
    completed_on: date | None = None
    assessed_on: date | None = None

    @property
    def pupils_completed(self) -> int:
        return len(self.completed_at)

    @property
    def pupils_assessed(self) -> int:
        return len(self.assessed_at)

    def add(self, has_started: bool, completed_at: datetime | None, assessed_at: datetime | None) -> None:
        """Count one more pupil who is to do the module."""
        self.pupils_assigned += 1
        self.pupils_started += has_started
        if completed_at is not None:
            self.completed_at.append(completed_at)
        if assessed_at is not None:
            self.assessed_at.append(assessed_at)

    def climb(self, opens_on: date, delivered_on: date | None, percent: int) -> None:
        """Set the day on which the class reached each rung. It may shift while pupils join and leave."""
        completed_at = share_reached_at(self.completed_at, self.pupils_assigned, percent)
        assessed_at = share_reached_at(self.assessed_at, self.pupils_assigned, percent)
        self.assigned_on = opens_on
        self.delivered_on = delivered_on and max(opens_on, delivered_on)
        self.completed_on = completed_at and max(opens_on, timezone.localdate(completed_at))
        self.assessed_on = assessed_at and max(opens_on, timezone.localdate(assessed_at))


def standings(room: Room, modules: Mapping[UUID, ModuleInfo]) -> dict[UUID, Standing]:
    """By module, how far the class is with what it, or one of its pupils, is given; and with any module.

    A class is on a rung only of a module that it is given, and not before that opened. With any module it
    is on a rung since it first was with one of them; a pupil who did two modules is one pupil.
    """
    found = {one.module_key: Standing() for one in room.given}
    whole = Standing()
    for pupil in room.pupils.values():
        completed = _completed(pupil, modules)
        assessed = {key: at for key, at in pupil.assessed.items() if key in pupil.modules}
        for key in pupil.modules:
            standing = found.setdefault(key, Standing())
            standing.add(key in pupil.started, completed.get(key), assessed.get(key))
        if pupil.modules:
            has_started = not pupil.modules.isdisjoint(pupil.started)
            whole.add(has_started, _first(completed), _first(assessed))
    delivered = lessons_delivered(room.sessions, room.percent)
    for one in room.given:
        lessons = (
            [lesson.key for lesson in modules[one.module_key].lessons] if one.module_key in modules else []
        )
        found[one.module_key].climb(one.opens_on, module_delivered_on(lessons, delivered), room.percent)
    for rung in RUNGS:
        days = [day for one in found.values() if (day := getattr(one, f"{rung}_on")) is not None]
        setattr(whole, f"{rung}_on", min(days, default=None))
    return found | {ANY_MODULE: whole}


def _completed(pupil: Pupil, modules: Mapping[UUID, ModuleInfo]) -> dict[UUID, datetime]:
    """When the pupil finished the last lesson of each module, of those given, that has no lesson open."""
    found = {}
    for key in pupil.modules:
        lessons = modules[key].lessons if key in modules else ()
        times = [pupil.finished[one.key] for one in lessons if one.key in pupil.finished]
        if times and len(times) == len(lessons):
            found[key] = max(times)
    return found


def _first(times: Mapping[UUID, datetime]) -> datetime | None:
    return min(times.values(), default=None)
