"""What families were told, and which of them want other work for their child."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools import notice_words
from schools.actions.adoption import mark_stale
from schools.models import Classroom, Enrolment, OptOut, ParentNotice
from schools.queries.classes import OTHER_WORK_KEPT


@transaction.atomic
def record(*, classroom: Classroom, given_on: date, by: User) -> ParentNotice:
    """Note the day on which all families of a class had the notice, in the language it is shown in."""
    require(by, Permission.MANAGE_CLASSROOM, classroom)
    if given_on > timezone.localdate():
        raise ValidationError({"given_on": _("Write the day once families have the notice.")})
    notice, _is_new = ParentNotice.objects.update_or_create(
        classroom=classroom,
        defaults={"given_on": given_on, "language": notice_words.language_for(classroom), "recorded_by": by},
    )
    audit.record("parent_notice.recorded", classroom, by=by, given_on=given_on.isoformat())
    mark_stale(classroom.school_id)
    return notice


@transaction.atomic
def set_opt_outs(*, classroom: Classroom, enrolment_ids: Collection[int], by: User) -> None:
    """Of the students now in a class, exactly those in `enrolment_ids` have other work. No reason is kept.

    That the teacher answered is kept too, so that nobody asks again: it may be that no family wants it.
    """
    require(by, Permission.MANAGE_CLASSROOM, classroom)
    students = list(Enrolment.objects.active().filter(classroom=classroom).select_related("opt_out"))
    wanted = {one.pk for one in students} & set(enrolment_ids)
    there = {one.pk for one in students if hasattr(one, "opt_out")}
    OptOut.objects.filter(enrolment__in=there - wanted).delete()
    OptOut.objects.bulk_create(OptOut(enrolment_id=pk) for pk in sorted(wanted - there))
    for one in students:
        if one.pk in wanted ^ there:
            audit.record("opt_out.recorded" if one.pk in wanted else "opt_out.withdrawn", one, by=by)
    audit.record(OTHER_WORK_KEPT, classroom, by=by)
    if wanted != there:
        mark_stale(classroom.school_id)
