"""A lesson taught to a whole class on one screen: begun, ended, mended, taken back.

A session counts once it is ended with a headcount. Each call is safe to repeat, since a classroom's
connection drops: what was kept on the teacher's device may arrive twice.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from curriculum.queries.catalogue import ModuleInfo
from schools.actions.adoption import mark_stale
from schools.actions.assignments import NotReady
from schools.models import Classroom, WholeClassSession
from schools.models.sessions import LARGEST_CLASS
from schools.queries import classes
from schools.queries import sessions as queries

MENDED_WITHIN = timedelta(days=14)


class UnknownLessonError(Exception):
    """This class cannot be taught such a lesson."""


class TooLateError(Exception):
    """A session is mended or taken back within 14 days of its end."""


@transaction.atomic
def start(*, id: UUID, classroom: Classroom, lesson_key: UUID, by: User) -> WholeClassSession:
    """Begin a session under an `id` from the form. The same form again is the same session."""
    require(by, Permission.TEACH, classroom)
    found = queries.lesson_to_teach(classroom, lesson_key)
    if found is None:
        raise UnknownLessonError(lesson_key)
    module, lesson = found
    check_gate(classroom, module)
    new = WholeClassSession(
        school_id=classroom.school_id,
        id=id,
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        module_key=module.key,
        lesson_key=lesson.key,
        language=lesson.language,
        enrolled=queries.enrolled_count(classroom),
        teacher=by,
    )
    WholeClassSession.objects.bulk_create([new], ignore_conflicts=True)
    kept = WholeClassSession.objects.get(school_id=classroom.school_id, id=id)
    if (kept.classroom_id, kept.teacher_id, kept.lesson_key) != (classroom.pk, by.pk, lesson.key):
        raise PermissionDenied
    return kept


@transaction.atomic
def end(
    *,
    classroom: Classroom,
    id: UUID,
    held_on: date,
    headcount: int,
    hands: Mapping[str, Mapping[str, int]],
    by: User,
    is_sure: bool = False,
) -> WholeClassSession:
    """End a session: from now on it counts. A repeat changes nothing.

    `is_sure` confirms a headcount above the number enrolled, which the head sees as a question.
    """
    session = _own(classroom, id, by)
    if session.ended_at is not None:
        return session
    _check(classroom, session, held_on, headcount, is_sure=is_sure)
    session.held_on, session.headcount = held_on, headcount
    session.tallies = _counted(classroom, session, hands)
    session.ended_at = timezone.now()
    session.save(update_fields=["held_on", "headcount", "tallies", "ended_at"])
    _record("session.ended", classroom, session, by)
    return session


@transaction.atomic
def correct(
    *, classroom: Classroom, id: UUID, held_on: date, headcount: int, by: User, is_sure: bool = False
) -> WholeClassSession:
    """Mend the day or the headcount of an ended session, within 14 days."""
    session = _own(classroom, id, by)
    _check_not_too_late(session)
    _check(classroom, session, held_on, headcount, is_sure=is_sure)
    if (session.held_on, session.headcount) != (held_on, headcount):
        session.held_on, session.headcount = held_on, headcount
        session.save(update_fields=["held_on", "headcount"])
        _record("session.corrected", classroom, session, by)
    return session


@transaction.atomic
def undo(*, classroom: Classroom, id: UUID, by: User) -> None:
    """Take a session back, as if it had not been. What it was stays in the audit log."""
    session = _own(classroom, id, by)
    if session.ended_at is not None:
        _check_not_too_late(session)
        _record("session.undone", classroom, session, by)
    session.delete()


def check_gate(classroom: Classroom, module: ModuleInfo) -> None:
    """A sensitive module is taught only when the school is ready and families know, also if it was before."""
    missing = classes.missing(classroom) if module.is_sensitive else []
    if missing:
        raise NotReady(missing)


def check_day(classroom: Classroom, module_key: UUID, day: date) -> None:
    """The day lies in this school year, not in the future, and not before the class had the module."""
    today = timezone.localdate()
    if day > today:
        raise ValidationError({"held_on": _("This day is still to come.")})
    if classes.school_year(classroom.school, day) != classes.school_year(classroom.school, today):
        raise ValidationError({"held_on": _("This day is not in this school year.")})
    opened = queries.opened_on(classroom, module_key)
    if opened is not None and day < opened:
        raise ValidationError({"held_on": _("On this day, the class did not have the module yet.")})


def check_headcount(headcount: int, enrolled: int, *, is_sure: bool) -> None:
    if not 1 <= headcount <= LARGEST_CLASS:
        words = _("Count from 1 to %(most)d: a session is for one class.") % {"most": LARGEST_CLASS}
        raise ValidationError({"headcount": words})
    if headcount > enrolled and not is_sure:
        words = _("The list of the class has %(n)d students. If more were there, please confirm it below.")
        raise ValidationError({"headcount": words % {"n": enrolled}})


def is_open_to(session: WholeClassSession, user: User) -> bool:
    """Whether `user` may still mend the session or take it back."""
    return session.teacher_id == user.pk and not _is_too_late(session)


def _own(classroom: Classroom, id: UUID, by: User) -> WholeClassSession:
    require(by, Permission.TEACH, classroom)
    session = WholeClassSession.objects.of(classroom).select_for_update().filter(id=id).first()
    if session is None or session.teacher_id != by.pk:
        raise PermissionDenied
    return session


def _check(
    classroom: Classroom, session: WholeClassSession, held_on: date, headcount: int, *, is_sure: bool
) -> None:
    check_day(classroom, session.module_key, held_on)
    check_headcount(headcount, session.enrolled, is_sure=is_sure)


def _counted(
    classroom: Classroom, session: WholeClassSession, hands: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    """The hands of those questions for which any went up. Only questions and choices of the lesson count."""
    found = queries.lesson_to_teach(classroom, session.lesson_key)
    questions = queries.questions_of(found[1]) if found else []
    known = {key: {one.key for one in own} for key, own in queries.choices_of(questions).items()}
    for key, counts in hands.items():
        is_known = key in known and counts.keys() <= known[key]
        if not is_known or not all(0 <= count <= LARGEST_CLASS for count in counts.values()):
            raise ValidationError({"hands": _("These hands do not belong to the questions of this lesson.")})
    return {key: dict(counts) for key, counts in hands.items() if any(counts.values())}


def _is_too_late(session: WholeClassSession) -> bool:
    return session.ended_at is not None and timezone.now() - session.ended_at > MENDED_WITHIN


def _check_not_too_late(session: WholeClassSession) -> None:
    if session.ended_at is None or _is_too_late(session):
        raise TooLateError


def _record(action: str, classroom: Classroom, session: WholeClassSession, by: User) -> None:
    audit.record(
        action,
        classroom,
        by=by,
        session=str(session.id),
        lesson=str(session.lesson_key),
        held_on=session.held_on.isoformat(),
        headcount=session.headcount,
    )
    mark_stale(classroom.school_id)
