"""Giving a module to a class, changing its dates, taking it back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from curriculum.queries import catalogue
from schools.actions.adoption import mark_stale
from schools.models import Assignment, Classroom
from schools.queries import classes


class NotReady(Exception):
    """A sensitive module cannot open yet. `missing` names what is not in place, as `classes.missing` does."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class UnknownModuleError(Exception):
    """There is no such module for the age of this class."""


class AlreadyAssignedError(Exception):
    """The class has this module now."""


@transaction.atomic
def assign(
    *,
    classroom: Classroom,
    module_key: UUID,
    opens_on: date,
    due_on: date,
    by: User,
    other_module_key: UUID | None = None,
) -> Assignment:
    """Give a module to a class. A sensitive one only when the school is ready and families know.

    `other_module_key` is the work of students whose family opted out; unless given, the first module
    of the band that is not sensitive.
    """
    require(by, Permission.ASSIGN, classroom)
    _check_dates(opens_on, due_on)
    modules = {one.key: one for one in catalogue.for_class(classroom.class_level)}
    if module_key not in modules:
        raise UnknownModuleError(module_key)
    if modules[module_key].is_sensitive:
        _check_gate(classroom)
        other_module_key = other_module_key or first_other(classroom.class_level)
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                classroom=classroom,
                module_key=module_key,
                other_module_key=other_module_key,
                opens_on=opens_on,
                due_on=due_on,
                assigned_by=by,
            )
    except IntegrityError:
        raise AlreadyAssignedError(module_key) from None
    audit.record("module.assigned", assignment, by=by, module=str(module_key))
    mark_stale(classroom.school_id)
    return assignment


@transaction.atomic
def change_dates(*, assignment: Assignment, opens_on: date, due_on: date, by: User) -> Assignment:
    require(by, Permission.ASSIGN, assignment.classroom)
    _check_dates(opens_on, due_on)
    assignment.opens_on, assignment.due_on = opens_on, due_on
    assignment.save(update_fields=["opens_on", "due_on"])
    audit.record(
        "module.dates_changed",
        assignment,
        by=by,
        opens_on=opens_on.isoformat(),
        due_on=due_on.isoformat(),
    )
    mark_stale(assignment.classroom.school_id)
    return assignment


@transaction.atomic
def undo(*, assignment: Assignment, by: User) -> Assignment:
    """Take a module back. What was done in it stays, and is there again if the module is given again."""
    require(by, Permission.ASSIGN, assignment.classroom)
    if assignment.undone_at is None:
        assignment.undone_at = timezone.now()
        assignment.save(update_fields=["undone_at"])
        audit.record("module.undone", assignment, by=by, module=str(assignment.module_key))
        mark_stale(assignment.classroom.school_id)
    return assignment


def first_other(class_level: int) -> UUID | None:
    """The first module of a class's band that opens without readiness and notice."""
    return next((one.key for one in catalogue.for_class(class_level) if not one.is_sensitive), None)


def _check_dates(opens_on: date, due_on: date) -> None:
    if due_on < opens_on:
        raise ValidationError({"due_on": _("The last day cannot come before the first.")})


def _check_gate(classroom: Classroom) -> None:
    missing = classes.missing(classroom)
    if missing:
        raise NotReady(missing)
