"""Signing in with pictures: the code, the PIN, and the window that a teacher opens.

Nobody is signed in yet, so the first two know a `Device` and no `by`. Each answers None for every
failure, whatever it was, and never says which.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools import pictures
from schools.models import Classroom, Enrolment, TryWindow, WrongCode, WrongPin
from schools.queries import signin
from schools.queries.signin import DAY, QUARTER, Device

WINDOW = timedelta(minutes=30)


@transaction.atomic
def open_class(*, code: str, device: Device) -> Classroom | None:
    """The class whose code this is, while it lets students in."""
    now = timezone.now()
    is_refused = bool(signin.code_limits_reached(device, now))
    classroom = Classroom.objects.filter(join_code=code).first()
    if classroom is not None and classroom.is_sign_in_open(now) and not is_refused:
        return classroom
    if not is_refused:
        WrongCode.objects.filter(at__lte=now - DAY).delete()
        WrongCode.objects.create(device=device.id, is_known=bool(device.known), place=device.place, at=now)
    return None


@transaction.atomic
def sign_in(*, classroom_id: int, enrolment_id: int, pin: Sequence[str], device: Device) -> Enrolment | None:
    """The enrolment whose PIN this is, unless sign-in is closed or the tries are used up.

    The class is locked while its tries are counted, so that a hundred tries at once are a hundred tries.
    """
    now = timezone.now()
    classroom = Classroom.objects.select_for_update(no_key=True).filter(pk=classroom_id).first()
    enrolment = (
        Enrolment.objects.active()
        .filter(pk=enrolment_id, classroom_id=classroom_id, student__is_active=True)
        .select_related("student")
        .first()
    )
    if classroom is None or enrolment is None or not classroom.is_sign_in_open(now):
        return None
    enrolment.classroom = classroom
    mark = pictures.digest(classroom_id, pin)
    is_right = constant_time_compare(mark, enrolment.pin_digest)
    standing = signin.standing(enrolment, device, now)
    if standing.reached:
        return None
    if is_right:
        return enrolment
    _count(enrolment, mark, device, now, is_known=standing.is_known)
    return None


@transaction.atomic
def open_window(*, classroom: Classroom, by: User) -> TryWindow:
    """Give a class whose tries are used up a fresh number for half an hour, under its teacher's eyes."""
    require(by, Permission.OPEN_SIGN_IN, classroom)
    now = timezone.now()
    window, _is_new = TryWindow.objects.update_or_create(
        classroom=classroom, defaults={"opened_at": now, "closes_at": now + WINDOW, "opened_by": by}
    )
    audit.record("sign_in.window_opened", classroom, by=by)
    return window


def forget_last_sign_in(student: User) -> None:
    """Django notes when a person last signed in. Of a child we keep no such thing."""
    User.students.filter(pk=student.pk).update(last_login=None)


def _count(enrolment: Enrolment, mark: str, device: Device, now: datetime, *, is_known: bool) -> None:
    """Note a wrong PIN. The same one twice in a row (a double tap) tells a guesser nothing and counts once."""
    WrongPin.objects.filter(classroom=enrolment.classroom, at__lte=now - DAY).delete()
    last = WrongPin.objects.filter(enrolment=enrolment).order_by("-pk").first()
    if last is not None and last.digest == mark and not last.is_forgiven:
        return
    WrongPin.objects.create(
        classroom=enrolment.classroom,
        enrolment=enrolment,
        device=device.id,
        is_known=is_known,
        digest=mark,
        at=now,
    )
    reached = signin.standing(enrolment, device, now).reached
    if reached & {"student", "student known", "student unknown"}:
        Enrolment.objects.filter(pk=enrolment.pk).update(locked_until=now + DAY)
    elif "student unknown quarter" in reached:
        Enrolment.objects.filter(pk=enrolment.pk).update(locked_until=now + QUARTER)
