"""A class: making one, who teaches it, and when its students may sign in."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools import join_codes
from schools.actions.adoption import mark_stale
from schools.models import Classroom, ClassroomTeacher, Role, School
from schools.models.scopes import active_roles
from schools.queries.classes import school_year

LESSON = timedelta(minutes=45)
"""How long sign-in stays open for one lesson."""


class ClassroomExistsError(Exception):
    """The school has this class in this year already. `classroom` is the one that is there."""

    def __init__(self, classroom: Classroom) -> None:
        super().__init__(str(classroom))
        self.classroom = classroom


@transaction.atomic
def create(*, school: School, class_level: int, section: str, language: str, by: User) -> Classroom:
    """Make a class in the school year that runs now. Whoever makes it teaches it; sign-in is closed."""
    require(by, Permission.CREATE_CLASSROOM, school)
    year = school_year(school)
    try:
        with transaction.atomic():
            classroom = Classroom.objects.create(
                school=school,
                academic_year=year,
                class_level=class_level,
                section=section,
                language=language,
                join_code=join_codes.new_code(),
            )
    except IntegrityError:
        there = Classroom.objects.filter(
            school=school, academic_year=year, class_level=class_level, section=section
        ).first()
        if there is None:
            raise
        raise ClassroomExistsError(there) from None
    ClassroomTeacher.objects.create(classroom=classroom, teacher=by)
    audit.record("classroom.created", classroom, by=by)
    mark_stale(school.pk)
    return classroom


@transaction.atomic
def add_teacher(*, classroom: Classroom, teacher: User, by: User) -> None:
    """Let a colleague of the same school teach this class, too. Asking twice changes nothing.

    A teacher of the class may do it, and the school's head, for a class whose teachers have gone.
    """
    if not may_manage_teachers(by, classroom):
        raise PermissionDenied
    if not active_roles(teacher).filter(role=Role.TEACHER, school=classroom.school_id).exists():
        raise ValidationError(_("This person is not a teacher of the school."))
    _teaching, is_new = ClassroomTeacher.objects.get_or_create(classroom=classroom, teacher=teacher)
    if is_new:
        audit.record("classroom.teacher_added", classroom, by=by, teacher=teacher.pk)


def may_manage_teachers(by: User, classroom: Classroom) -> bool:
    return by.has_perm(Permission.MANAGE_SCHOOL, classroom) or by.has_perm(
        Permission.MANAGE_CLASSROOM, classroom
    )


@transaction.atomic
def remove_teacher(*, classroom: Classroom, teacher: User, by: User) -> None:
    """The head takes a class from a teacher. What the teacher did in it stays as it is."""
    require(by, Permission.MANAGE_SCHOOL, classroom)
    gone, _rows = ClassroomTeacher.objects.filter(classroom=classroom, teacher=teacher).delete()
    if gone:
        audit.record("classroom.teacher_removed", classroom, by=by, teacher=teacher.pk)


def open_sign_in_for_a_lesson(*, classroom: Classroom, by: User) -> Classroom:
    return open_sign_in(classroom=classroom, until=timezone.now() + LESSON, by=by)


def open_sign_in_until(*, classroom: Classroom, last_day: date, by: User) -> Classroom:
    """Keep sign-in open to the end of `last_day`, which may not lie in the past."""
    if last_day < timezone.localdate():
        raise ValidationError(_("Choose today or a day to come."))
    end = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    return open_sign_in(classroom=classroom, until=end, by=by)


@transaction.atomic
def open_sign_in(*, classroom: Classroom, until: datetime | None, by: User) -> Classroom:
    """Let the class's students sign in, until a moment or, with None, always."""
    require(by, Permission.OPEN_SIGN_IN, classroom)
    classroom.sign_in_until = until
    classroom.is_sign_in_always_open = until is None
    classroom.save(update_fields=["sign_in_until", "is_sign_in_always_open"])
    audit.record("sign_in.opened", classroom, by=by, until=until.isoformat() if until else None)
    return classroom


@transaction.atomic
def close_sign_in(*, classroom: Classroom, by: User) -> Classroom:
    require(by, Permission.OPEN_SIGN_IN, classroom)
    classroom.sign_in_until = None
    classroom.is_sign_in_always_open = False
    classroom.save(update_fields=["sign_in_until", "is_sign_in_always_open"])
    audit.record("sign_in.closed", classroom, by=by)
    return classroom
