"""Codes on paper: one for each school's head, handed out by the state; one for its staff, by the head."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools import school_codes
from schools.actions.invitations import Origin, offer, require_open
from schools.models import Invitation, Role, School, SchoolCode, WrongCode
from schools.queries import invitations as queries
from schools.queries import people, signin
from schools.queries.signin import DAY, Device

Kind = SchoolCode.Kind
BATCH = 1000
STAFF_DAYS = (7, 30)
RIGHT = {Kind.JOIN: Permission.ADMIT_SCHOOLS, Kind.STAFF: Permission.MANAGE_STAFF}


def issue_missing(*, place: Any, by: User) -> int:
    """A code for each school of `place` that has none and has not joined; returns how many.

    A batch is kept as soon as it is made, so nobody waits for 100,000 schools and what breaks off goes on later.
    """
    require(by, Permission.ADMIT_SCHOOLS, place)
    last, number = 0, 0
    while True:
        schools = people.schools(place).filter(pk__gt=last, joined_at=None)
        without = schools.exclude(Exists(people.open_codes().filter(school=OuterRef("pk"))))
        keys = list(without.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not keys:
            return number
        number += _issue_batch(place, keys, by)
        last = keys[-1]


@transaction.atomic
def _issue_batch(place: Any, school_ids: list[int], by: User) -> int:
    """Somebody else may be at it, too: a school that has a code by now keeps it."""
    _hold(school_ids)
    codes = [_new(school_id, Kind.JOIN, by) for school_id in school_ids]
    SchoolCode.objects.bulk_create(codes, ignore_conflicts=True)
    made = SchoolCode.objects.filter(digest__in=[one.digest for one in codes]).count()
    if made:
        audit.record("school_codes.issued", place, by=by, number=made)
    return made


def _hold(school_ids: list[int]) -> None:
    """Nobody else issues a code for these schools until this transaction is over."""
    held = School.objects.select_for_update(no_key=True).filter(pk__in=school_ids).order_by("pk")
    list(held.values_list("pk", flat=True))


@transaction.atomic
def reissue(*, school: School, by: User) -> SchoolCode:
    """A new code for a school's head; the old one opens nothing any more."""
    return _replace(school, Kind.JOIN, by)


@transaction.atomic
def issue_staff(*, school: School, days: int, by: User) -> SchoolCode:
    """A new code for a school's staff, for `days`; the old one opens nothing any more."""
    if days not in STAFF_DAYS:
        raise ValidationError(_("Choose 7 or 30 days."))
    return _replace(school, Kind.STAFF, by, expires_at=timezone.now() + timedelta(days=days))


def _replace(school: School, kind: str, by: User, **more: Any) -> SchoolCode:
    require(by, RIGHT[Kind(kind)], school)
    require_open(school)
    _hold([school.pk])
    _withdraw(school, kind)
    code = _new(school.pk, kind, by, **more)
    code.save()
    audit.record("school_code.issued", code, by=by, within=school, kind=str(kind))
    return code


@transaction.atomic
def withdraw(*, school: School, kind: str, by: User) -> None:
    """The code on paper opens nothing any more, and no link that it brought makes anyone head."""
    require(by, RIGHT[Kind(kind)], school)
    if not _withdraw(school, kind):
        raise ValidationError(_("There is no code to withdraw."))
    audit.record("school_code.withdrawn", school, by=by, kind=str(kind))


def _withdraw(school: School, kind: str) -> int:
    return SchoolCode.objects.filter(SchoolCode.OPEN, school=school, kind=kind).update(
        withdrawn_at=timezone.now()
    )


def _new(school_id: int, kind: str, by: User, **more: Any) -> SchoolCode:
    code = school_codes.new_code()
    return SchoolCode(
        school_id=school_id,
        kind=kind,
        digest=school_codes.digest(code),
        sealed=school_codes.seal(code),
        issued_by=by,
        **more,
    )


@transaction.atomic
def show(*, place: Any, way: str, by: User) -> None:
    """Note that a place's codes were printed or taken away as a file: each opens a school."""
    require(by, Permission.ADMIT_SCHOOLS, place)
    audit.record("school_codes.shown", place, by=by, way=way)


@transaction.atomic
def open_code(*, code: str, device: Device) -> SchoolCode | None:
    """The code that somebody typed, while it works. Wrong ones count as wrong class codes do.

    None for every failure, whatever it was.
    """
    now = timezone.now()
    is_refused = bool(signin.code_limits_reached(device, now))
    found = SchoolCode.objects.filter(digest=school_codes.digest(code)).select_related("school").first()
    if found is not None and found.is_open and found.school.closed_on is None and not is_refused:
        return found
    if not is_refused:
        WrongCode.objects.filter(at__lte=now - DAY).delete()
        WrongCode.objects.create(device=device.id, is_known=bool(device.known), place=device.place, at=now)
    return None


@transaction.atomic
def send_link(*, code: SchoolCode, name: str, email: str, language: str) -> Invitation:
    """Send a link to someone who has the code: to become head, or to ask the head for a teacher's role."""
    if not code.is_open:
        raise PermissionDenied
    if queries.is_code_busy(code):
        raise ValidationError(_("This code was used very often today. You can go on tomorrow."))
    is_for_head = code.kind == Kind.JOIN
    return offer(
        email=email,
        name=name,
        role=Role.HEAD if is_for_head else Role.TEACHER,
        place=code.school,
        origin=Origin.SCHOOL_CODE if is_for_head else Origin.STAFF_CODE,
        by=None,
        language=language,
        code=code,
    )
