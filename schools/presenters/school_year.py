"""The end of a school year in words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schools.models import Classroom, School
from schools.presenters import teach
from schools.queries.school_year import Fate, Passage, Target, YearEnd, YearNow, may_close


@dataclass(frozen=True)
class Line:
    """One student of a rehearsal: what becomes of them, and what changes on the way."""

    alias: str
    roll_number: int | None
    fate: str
    changes: str


def class_rows(rooms: list[Any], now: YearNow) -> list[dict[str, Any]]:
    """A row for each class that is still open, with the way to its year's end once it may be closed."""
    return [
        {
            "classroom": one,
            "name": teach.class_name(one),
            "year": one.academic_year,
            "students": one.student_count,
            "may_close": may_close(one, now),
        }
        for one in rooms
    ]


def target_name(target: Target) -> str:
    # Translators: a class of a school, such as "Class 7 B".
    return _("Class %(level)d %(section)s") % {"level": target.class_level, "section": target.section}


def summary(planned: YearEnd) -> list[str]:
    """What closing the class would do, one sentence a kind."""
    words = []
    by_target: dict[Target, int] = {}
    for one in planned.passages:
        if one.target is not None:
            by_target[one.target] = by_target.get(one.target, 0) + 1
    for target, number in by_target.items():
        text = ngettext(
            "%(n)d student goes to %(name)s in %(year)s.",
            "%(n)d students go to %(name)s in %(year)s.",
            number,
        )
        words.append(text % {"n": number, "name": target_name(target), "year": planned.next_year})
    if leaving := len(planned.those(Fate.LEAVE)):
        text = ngettext("%(n)d student leaves the school.", "%(n)d students leave the school.", leaving)
        words.append(text % {"n": leaving})
    for target in planned.new_classes:
        text = _("%(name)s is made for %(year)s, with a new class code.")
        words.append(text % {"name": target_name(target), "year": planned.next_year})
    return words


def lines(planned: YearEnd) -> list[Line]:
    return [
        Line(one.enrolment.alias, one.enrolment.roll_number, _where(one), _changes(one))
        for one in planned.passages
    ]


def _where(one: Passage) -> str:
    return target_name(one.target) if one.target is not None else str(Fate.LEAVE.label)


def _changes(one: Passage) -> str:
    """Another roll number or alias, since the old one is taken in the next class."""
    if one.target is None:
        return ""
    words = []
    if one.roll_number != one.enrolment.roll_number and one.roll_number is not None:
        words.append(_("Roll number %(number)d") % {"number": one.roll_number})
    if one.alias != one.enrolment.alias:
        words.append(_("Alias “%(alias)s”") % {"alias": one.alias})
    return teach.listed(words)


def crumbs(school: School, *last: str) -> list[dict[str, str]]:
    links = [
        {"label": school.name, "url": reverse("school:school", args=[school.udise_code])},
        {"label": _("The school year"), "url": reverse("rosters:year", args=[school.udise_code])},
    ]
    if not last:
        links[-1]["url"] = ""
    return links + [{"label": label, "url": ""} for label in last]


def after_transfer(classroom: Classroom, alias: str) -> str:
    words = _("%(alias)s is in %(name)s now. Print the card again: the class code is another one.")
    return words % {"alias": alias, "name": teach.class_name(classroom)}
