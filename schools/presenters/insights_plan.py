"""The state's plan against what schools have done, in words and bars."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from schools.models import PlannedModule
from schools.presenters.insights import Rung, classes_of, module_title, number, schools_of, share
from schools.queries.plan_standing import LineStanding


def plan(found: list[LineStanding], *, of_classes: bool) -> dict[str, Any]:
    """What the screen says of the plan: a sentence, a bar for each line, and the same as a table."""
    if not found:
        return {"sentence": _("No line of the plan fits what you chose and what is here.")}
    return {
        "sentence": _sentence(found),
        "late": _late(found),
        "note": _("There are no figures of a week before.") if found[0].completed_before is None else "",
        "bars": [_bar(one, of_classes) for one in found],
        "columns": [
            {"label": _("Module")},
            *({"label": label, "numeric": True} for label in _columns(of_classes)),
            {"label": _("Against the plan")},
        ],
        "rows": [_row(one, of_classes) for one in found],
    }


def _sentence(found: list[LineStanding]) -> str:
    words = ngettext(
        "%(part)s of %(all)s line of the plan is in step.",
        "%(part)s of %(all)s lines of the plan are in step.",
        len(found),
    )
    return words % {"part": number(sum(one.is_in_step for one in found)), "all": number(len(found))}


def _late(found: list[LineStanding]) -> str:
    passed = sum(one.has_passed and not one.is_in_step for one in found)
    if not passed:
        return ""
    words = ngettext(
        "The day of %(count)s line has passed, and some are still on their way.",
        "The days of %(count)s lines have passed, and some are still on their way.",
        passed,
    )
    return words % {"count": number(passed)}


def _title(line: PlannedModule) -> str:
    return _("%(title)s, class %(level)d, by %(day)s") % {
        "title": module_title(line.module_key),
        "level": line.class_level,
        "day": date_format(line.due_on, "j F"),
    }


def _bar(one: LineStanding, of_classes: bool) -> Rung:
    done = classes_of if of_classes else schools_of
    words = {
        "done": done(one.completed, one.whole),
        "expected": number(one.expected),
        "status": _status(one)[1],
    }
    if one.completed_before is None:
        said = _("%(done)s; %(expected)s would be in step with the plan. %(status)s") % words
    else:
        words["before"] = number(one.completed_before)
        said = (
            _("%(done)s; %(expected)s would be in step with the plan. A week before: %(before)s. %(status)s")
            % words
        )
    return Rung(_title(one.line), said, share(one.completed, one.whole), plan=share(one.expected, one.whole))


def _status(one: LineStanding) -> tuple[str, str]:
    """The kind of the status and its words: calm, since a line that is late is a thing to talk about."""
    if one.completed == one.whole:
        return "done", pgettext("a line of the plan", "All have completed it.")
    if one.has_passed:
        words = ngettext(
            "The day has passed; %(count)s is still on its way.",
            "The day has passed; %(count)s are still on their way.",
            one.whole - one.completed,
        )
        return "going", words % {"count": number(one.whole - one.completed)}
    if one.is_in_step:
        return "done", pgettext("a line of the plan", "In step.")
    return "todo", pgettext("a line of the plan", "Behind the plan.")


def _columns(of_classes: bool) -> list[str]:
    return [
        _("Classes") if of_classes else _("Schools with the class"),
        _("Delivered"),
        _("Completed"),
        _("Completed a week before"),
        _("In step with the plan"),
    ]


def _row(one: LineStanding, of_classes: bool) -> list[dict[str, Any]]:
    before = _("no figures") if one.completed_before is None else number(one.completed_before)
    numbers = [one.whole, one.delivered, one.completed]
    words = [*(number(count) for count in numbers), before, number(one.expected)]
    kind, status = _status(one)
    return [
        {"text": _title(one.line)},
        *(
            {"text": text, "label": label, "numeric": True}
            for text, label in zip(words, _columns(of_classes), strict=True)
        ),
        {"text": status, "label": _("Against the plan"), "status": kind},
    ]
