"""What a plain reader would count: a school's history as simple values, and its figures added up by hand.

Shares no line with the code that counts: everything is looped over, nothing is kept between two figures.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass
class ModelPupil:
    room: str
    joined_on: date
    has_left: bool = False
    is_out: bool = False
    finished: dict = field(default_factory=dict)
    started: set = field(default_factory=set)
    handed_in: dict = field(default_factory=dict)


@dataclass
class ModelRoom:
    level: int
    language: str
    is_closed: bool = False
    told_on: date | None = None
    given: dict = field(default_factory=dict)
    sessions: list = field(default_factory=list)


@dataclass
class ModelSchool:
    """`lessons` are by module; `firm` is the sensitive module, and `plain` the other work."""

    lessons: dict
    firm: object
    plain: object
    percent: int = 60
    rooms: dict = field(default_factory=dict)
    pupils: list = field(default_factory=list)

    def work(self, pupil, today):
        room = self.rooms[pupil.room]
        modules = set()
        for module, opens_on in room.given.items():
            if opens_on > today:
                continue
            if module == self.firm and pupil.is_out:
                modules.add(self.plain)
            elif module == self.firm and room.told_on is not None and pupil.joined_on > room.told_on:
                continue
            else:
                modules.add(module)
        return modules

    def has_completed(self, pupil, module):
        days = [pupil.finished.get(lesson) for lesson in self.lessons[module]]
        return None if None in days else max(days)

    def reached(self, days, given):
        """The day of the pupil who made the share."""
        for number, day in enumerate(sorted(days), 1):
            if number * 100 >= given * self.percent:
                return day
        return None

    def rungs(self, name, module, today):
        """The day on which a class reached each rung with one module."""
        room = self.rooms[name]
        opens_on = room.given.get(module)
        if opens_on is None or opens_on > today:
            return {}
        here = [one for one in self.pupils if one.room == name and not one.has_left]
        doing = [one for one in here if module in self.work(one, today)]
        taught = []
        for lesson in self.lessons[module]:
            days = [
                day
                for held, day, headcount, enrolled in room.sessions
                if held == lesson and headcount * 100 >= enrolled * self.percent
            ]
            taught.append(min(days) if days else None)
        found = {
            "assigned": opens_on,
            "delivered": None if None in taught else max(taught),
            "completed": self.reached(
                [day for one in doing if (day := self.has_completed(one, module))], len(doing)
            ),
            "assessed": self.reached(
                [one.handed_in[module] for one in doing if module in one.handed_in], len(doing)
            ),
        }
        return {rung: max(day, opens_on) for rung, day in found.items() if day is not None}

    def figures(self, level, module, language, today):
        """A cell's numbers and its weeks; `level` 0, `module` None and an empty language are all of them."""
        names = [
            name
            for name, room in self.rooms.items()
            if not room.is_closed and level in (0, room.level) and language in ("", room.language)
        ]
        counts = dict.fromkeys(
            ["classes", "pupils", "pupils_assigned", "pupils_started", "pupils_completed", "pupils_assessed"],
            0,
        )
        weeks = {}
        for name in names:
            counts["classes"] += 1
            for rung, day in self._first_rungs(name, module, today).items():
                counts[f"classes_{rung}"] = counts.get(f"classes_{rung}", 0) + 1
                monday = day - timedelta(days=day.weekday())
                weeks.setdefault(monday, {})
                weeks[monday][rung] = weeks[monday].get(rung, 0) + 1
            for pupil in self.pupils:
                if pupil.room == name and not pupil.has_left:
                    self._count(pupil, module, today, counts)
        return counts, weeks

    def _first_rungs(self, name, module, today):
        first = {}
        for one in self.lessons if module is None else [module]:
            for rung, day in self.rungs(name, one, today).items():
                first[rung] = min(day, first.get(rung, day))
        return first

    def _count(self, pupil, module, today, counts):
        work = self.work(pupil, today)
        doing = work if module is None else work & {module}
        counts["pupils"] += 1
        counts["pupils_assigned"] += bool(doing)
        counts["pupils_started"] += any(one in pupil.started for one in doing)
        counts["pupils_completed"] += any(self.has_completed(pupil, one) is not None for one in doing)
        counts["pupils_assessed"] += any(one in pupil.handed_in for one in doing)
