"""Asking a school's head about patterns in its figures, and keeping the answer."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.utils import timezone

from cms.core import audit
from cms.core.permissions import Permission, require
from cms.users.models import User
from schools.models import SchoolQuestion
from schools.queries import plausibility

AT_ONCE = 200
LATELY = timedelta(days=2)
"""A night that was missed is made up for."""
PASSES = (SchoolQuestion.Kind.FAST, SchoolQuestion.Kind.ABOVE_ENROLMENT)
"""A question of these kinds goes when what it was about is mended. That nobody had signed in stays as it was."""


class AlreadyAnsweredError(Exception):
    """Somebody at the school has answered this question."""


def note_recent_questions() -> None:
    """Note the questions of all schools in which something happened lately."""
    note_questions(list(plausibility.schools_counted_since(timezone.now() - LATELY)))


def note_questions(school_ids: Iterable[int]) -> None:
    """Note what is new to ask these schools' heads, and drop what nobody answered and is not so any more."""
    for some in batched(school_ids, AT_ONCE):
        _note(some)


@transaction.atomic
def _note(school_ids: tuple[int, ...]) -> None:
    found = plausibility.patterns(school_ids)
    SchoolQuestion.objects.bulk_create(
        [SchoolQuestion(**one._asdict()) for one in sorted(found)], ignore_conflicts=True
    )
    waiting = SchoolQuestion.objects.filter(school__in=school_ids, answer="", kind__in=PASSES)
    gone = [one.pk for one in waiting if (one.school_id, one.kind, one.subject) not in found]
    SchoolQuestion.objects.filter(pk__in=gone, answer="").delete()


@transaction.atomic
def answer(*, question: SchoolQuestion, answer: SchoolQuestion.Answer, by: User) -> None:
    """Keep the head's answer. The first one stands."""
    require(by, Permission.MANAGE_SCHOOL, question.school)
    changed = SchoolQuestion.objects.filter(pk=question.pk, answer="").update(
        answer=answer, answered_at=timezone.now(), answered_by=by
    )
    if not changed:
        raise AlreadyAnsweredError
    audit.record(
        "school_question.answered",
        question.school,
        by=by,
        kind=question.kind,
        about=question.subject,
        answer=str(answer),
    )
