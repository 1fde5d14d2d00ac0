"""The lines of a state's plan: added, changed, removed, and copied from the year before."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from curriculum.queries import catalogue
from schools.models import Department, PlannedModule

LEVELS = range(1, 13)


@transaction.atomic
def add(
    *, department: Department, academic_year: str, class_level: int, module_key: UUID, due_on: date, by: User
) -> PlannedModule:
    """Plan a module of the class's age for a class. It stands once in a year's plan."""
    require(by, Permission.MANAGE_STATE, department.state)
    if class_level not in LEVELS or not _is_for_class(module_key, class_level):
        raise ValidationError({"module": _("This module is not for this class.")})
    first, last = days_of_year(department, academic_year)
    if not first <= due_on <= last:
        raise ValidationError({"due_on": _("This day is not in that school year.")})
    line, is_new = PlannedModule.objects.get_or_create(
        department=department,
        academic_year=academic_year,
        class_level=class_level,
        module_key=module_key,
        defaults={"due_on": due_on},
    )
    if not is_new:
        raise ValidationError({"module": _("The plan has this module for this class already.")})
    audit.record("plan.line_added", line, by=by, within=department.state, **_details(line))
    return line


@transaction.atomic
def change(*, line: PlannedModule, due_on: date, by: User) -> None:
    require(by, Permission.MANAGE_STATE, line.department.state)
    first, last = days_of_year(line.department, line.academic_year)
    if not first <= due_on <= last:
        raise ValidationError({"due_on": _("This day is not in that school year.")})
    before, line.due_on = line.due_on, due_on
    line.save(update_fields=["due_on"])
    state = line.department.state
    audit.record("plan.line_changed", line, by=by, within=state, before=before.isoformat(), **_details(line))


@transaction.atomic
def remove(*, line: PlannedModule, by: User) -> None:
    """Take a line out. What classes were given stays."""
    require(by, Permission.MANAGE_STATE, line.department.state)
    audit.record("plan.line_removed", line, by=by, within=line.department.state, **_details(line))
    line.delete()


@transaction.atomic
def copy_from_year_before(*, department: Department, academic_year: str, by: User) -> int:
    """Plan what the year before had, each line a year later; returns how many were new.

    Lines that are there stay as they are; modules that are no longer taught to the class stay behind.
    """
    require(by, Permission.MANAGE_STATE, department.state)
    there = set(department.plan.filter(academic_year=academic_year).values_list("class_level", "module_key"))
    lines = [
        PlannedModule(
            department=department,
            academic_year=academic_year,
            class_level=line.class_level,
            module_key=line.module_key,
            due_on=_a_year_later(line.due_on),
        )
        for line in department.plan.filter(academic_year=year_before(academic_year))
        if (line.class_level, line.module_key) not in there
        and _is_for_class(line.module_key, line.class_level)
    ]
    PlannedModule.objects.bulk_create(lines)
    if lines:
        audit.record("plan.copied", department, by=by, academic_year=academic_year, lines=len(lines))
    return len(lines)


def year_before(academic_year: str) -> str:
    first = int(academic_year[:4]) - 1
    return f"{first}-{(first + 1) % 100:02d}"


def days_of_year(department: Department, academic_year: str) -> tuple[date, date]:
    """The first and the last day of a school year."""
    first = date(int(academic_year[:4]), department.year_starts_in, 1)
    return first, date.fromordinal(_a_year_later(first).toordinal() - 1)


def _a_year_later(day: date) -> date:
    """The same day of the next year; 29 February becomes the 28th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def _is_for_class(module_key: UUID, class_level: int) -> bool:
    return any(one.key == module_key for one in catalogue.for_class(class_level, catalogue.SOURCE_LANGUAGE))


def _details(line: PlannedModule) -> dict[str, str | int]:
    return {
        "academic_year": line.academic_year,
        "class_level": line.class_level,
        "module": str(line.module_key),
        "due_on": line.due_on.isoformat(),
    }
