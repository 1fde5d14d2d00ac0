"""What a teacher should do next in each class, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext, npgettext
from django.utils.translation import gettext as _

from curriculum.queries import catalogue
from schools import join_codes
from schools.models import Classroom
from schools.queries import classes

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Step:
    """One thing to do: a sentence, and a link where the teacher can do it alone."""

    text: str
    url: str = ""
    link_text: str = ""


@dataclass(frozen=True)
class ClassCard:
    """A class on the first page: the next step, and what comes after it."""

    classroom: Classroom
    title: str
    url: str
    facts: list[str]
    next_step: Step
    later: list[Step]


def class_name(classroom: Classroom) -> str:
    # Translators: a class of a school, such as "Class 7 B".
    return _("Class %(level)d %(section)s") % {"level": classroom.class_level, "section": classroom.section}


def crumbs(classroom: Classroom, *last: str) -> list[dict[str, str]]:
    """The way from the first page to a page of a class."""
    links = [
        {"label": _("My classes"), "url": reverse("teach:home")},
        {"label": class_name(classroom), "url": reverse("teach:classroom", args=[classroom.pk])},
    ]
    return links + [{"label": label, "url": ""} for label in last]


def class_card(classroom: Any, heads: Collection[Any], overdue_on: date | None = None) -> ClassCard:
    steps = next_steps(classroom, heads, overdue_on)
    return ClassCard(
        classroom=classroom,
        title=class_name(classroom),
        url=reverse("teach:classroom", args=[classroom.pk]),
        facts=[student_words(classroom.student_count), sign_in_words(classroom)],
        next_step=steps[0] if steps else _all_well(classroom),
        later=steps[1:3],
    )


def next_steps(classroom: Any, heads: Collection[Any], overdue_on: date | None = None) -> list[Step]:
    """What is to be done in a class that `with_what_is_next` has read, most urgent first.

    `overdue_on` is the day by which a module was to be finished that is not.
    """
    found = [
        _locked(classroom),
        _students(classroom),
        *_module_steps(classroom, heads),
        _sign_in(classroom),
        _overdue(classroom, overdue_on),
        _due(classroom),
    ]
    return [step for step in found if step is not None]


def _module_steps(classroom: Any, heads: Collection[Any]) -> list[Step | None]:
    """What leads to modules for the class; for an age without modules, that there are none yet."""
    modules = catalogue.for_class(classroom.class_level)
    if not modules:
        text = _("We are still writing lessons for this age.")
        return [Step(text, reverse("teach:modules"), _("Lessons and guides"))]
    if not any(one.is_sensitive for one in modules):
        return [_assignment(classroom)]
    return [
        *late_steps(classroom, classroom.late_count),
        _other_work(classroom),
        _assignment(classroom),
        *gate_steps(classroom, heads),
    ]


def late_steps(classroom: Classroom, count: int) -> list[Step]:
    """Students whose families have not had the notice, since they joined after its day."""
    if not count:
        return []
    words = ngettext(
        "%(n)d student joined after the notice. Tell the family, then write down the day.",
        "%(n)d students joined after the notice. Tell their families, then write down the day.",
        count,
    )
    return [Step(words % {"n": count}, _url("notice", classroom), _("Notice to families"))]


def _other_work(classroom: Any) -> Step | None:
    """Asked once families have the notice, until the teacher has answered, be it with nobody."""
    is_told = getattr(classroom, "parent_notice", None) is not None
    if not is_told or not classroom.student_count or classroom.is_other_work_settled:
        return None
    return Step(
        _("Has a family asked for other work? Mark the student. If none has, keep the empty list."),
        _url("notice", classroom),
        _("Other work"),
    )


def gate_steps(classroom: Classroom, heads: Collection[Any]) -> list[Step]:
    """What is missing before a sensitive module opens, or opens again: whom to ask, what to do oneself."""
    missing = classes.missing(classroom)
    steps = []
    if set(missing) - {classes.PARENT_NOTICE}:
        steps.append(
            Step(
                _("%(who)s Some modules open only when your school is ready. Still missing: %(what)s.")
                % {"who": whom_to_ask(heads), "what": missing_words(missing)},
                reverse("school:readiness", args=[classroom.school.udise_code]),
                _("See what your school needs"),
            )
        )
    if classes.PARENT_NOTICE in missing:
        steps.append(
            Step(
                _("Tell families about the lessons, then write down the day."),
                reverse("teach:notice", args=[classroom.pk]),
                _("Notice to families"),
            )
        )
    return steps


def whom_to_ask(heads: Collection[Any]) -> str:
    if not heads:
        return _("Ask your school head.")
    return _("Ask %(names)s.") % {"names": listed([str(one) for one in heads])}


def missing_words(missing: Collection[str]) -> str:
    """The parts of readiness that are missing, as a list in a sentence."""
    names = {
        "lead_name": _("child-safety lead"),
        "lead_phone": _("the lead's phone number"),
        "deputy_name": _("deputy"),
        "deputy_phone": _("the deputy's phone number"),
        "staff_briefed_on": _("briefing of the staff"),
        "local_contacts": _("local contacts"),
    }
    return listed([names[one] for one in missing if one in names])


def listed(words: list[str]) -> str:
    """Words one after the other, as this language writes a list."""
    # Translators: what stands between the parts of a list.
    return _(", ").join(words)


def _locked(classroom: Any) -> Step | None:
    if not classroom.locked_count:
        return None
    words = ngettext(
        "%(n)d student is waiting before another try at signing in. You can unlock them.",
        "%(n)d students are waiting before another try at signing in. You can unlock them.",
        classroom.locked_count,
    )
    return Step(words % {"n": classroom.locked_count}, _url("roster", classroom), _("See students"))


def _students(classroom: Any) -> Step | None:
    if classroom.student_count:
        return None
    return Step(
        _("Add your students. Aliases are enough; no names are needed."),
        _url("roster_add", classroom),
        _("Add students"),
    )


def _assignment(classroom: Any) -> Step | None:
    if classroom.assignment_count:
        return None
    return Step(_("Give the class its first module."), _url("assign", classroom), _("Choose a module"))


def _sign_in(classroom: Classroom) -> Step | None:
    if classroom.is_sign_in_open():
        return None
    return Step(
        _("Sign-in is closed. Open it when the lesson starts."), _url("sign_in", classroom), _("Open sign-in")
    )


def _due(classroom: Any) -> Step | None:
    day = classroom.next_due_on
    if day is None or day - timezone.localdate() > SOON:
        return None
    return Step(
        _("A module is to be finished %(when)s.") % {"when": day_words(day)},
        _url("classroom", classroom),
        _("See who needs time"),
    )


def _overdue(classroom: Any, day: date | None) -> Step | None:
    if day is None:
        return None
    return Step(
        _("A module was to be finished by %(day)s, and not everyone is done.")
        % {"day": date_format(day, "j F")},
        _url("classroom", classroom),
        _("See who needs time"),
    )


def _all_well(classroom: Classroom) -> Step:
    return Step(
        _("All is set. See how the class is doing."), _url("classroom", classroom), _("Open the class")
    )


def _url(name: str, classroom: Classroom) -> str:
    return reverse(f"teach:{name}", args=[classroom.pk])


def day_words(day: date) -> str:
    """A day near today in words: `today`, `tomorrow`, `by Friday`, else `by 4 December`."""
    days = (day - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if 1 < days < 7:
        return _("by %(weekday)s") % {"weekday": date_format(day, "l")}
    if days < 0:
        return _("by %(day)s (past)") % {"day": date_format(day, "j F")}
    return _("by %(day)s") % {"day": date_format(day, "j F")}


def student_words(count: int) -> str:
    return ngettext("%(n)d student", "%(n)d students", count) % {"n": count}


def sign_in_words(classroom: Classroom) -> str:
    """Whether students may sign in, and how long."""
    if not classroom.is_sign_in_open():
        return _("Sign-in is closed")
    if classroom.is_sign_in_always_open:
        return _("Sign-in is always open")
    until = timezone.localtime(classroom.sign_in_until)
    if until.date() == timezone.localdate():
        return _("Sign-in is open until %(time)s") % {"time": date_format(until, "TIME_FORMAT")}
    last_day = until - timedelta(seconds=1)
    return _("Sign-in is open until the end of %(day)s") % {"day": date_format(last_day, "j F")}


def code_words(classroom: Classroom) -> str:
    return join_codes.spaced(classroom.join_code)


def language_words(classroom: Classroom) -> str:
    return get_language_info(classroom.language)["name_translated"]


def lesson_words(finished: int, expected: int) -> str:
    return npgettext(
        "lessons times students",
        "%(finished)d of %(n)d lesson finished",
        "%(finished)d of %(n)d lessons finished",
        expected,
    ) % {"finished": finished, "n": expected}
