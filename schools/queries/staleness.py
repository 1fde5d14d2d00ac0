"""Which schools' cells may differ from what their source rows say now."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, time

from django.db.models import F
from django.utils import timezone

from curriculum.queries import catalogue
from schools.models import AdoptionCell, Assignment, School, StaleSchool
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE

WHOLE = {"class_level": ANY_CLASS, "module_key": ANY_MODULE, "language": ANY_LANGUAGE}
"""The one cell that every counted school has."""


def schools_behind() -> list[int]:
    """Not every change is a write to the school's rows: an assignment opens when its day comes, a school
    year begins with a month.
    """
    today = timezone.localdate()
    month_began = timezone.make_aware(datetime.combine(today.replace(day=1), time.min))
    whole = AdoptionCell.objects.filter(**WHOLE)
    opened = Assignment.objects.filter(
        undone_at__isnull=True,
        opens_on__lte=today,
        opens_on__gt=F("classroom__school__cells__computed_at__date"),
        **{f"classroom__school__cells__{name}": value for name, value in WHOLE.items()},
    )
    behind = [
        StaleSchool.objects.values_list("school_id"),
        School.objects.exclude(pk__in=whole.values("school_id")).order_by().values_list("pk"),
        whole.filter(computed_at__lt=month_began).values_list("school_id"),
        opened.order_by().values_list("classroom__school_id"),
    ]
    return sorted({school_id for found in behind for (school_id,) in found})


def all_schools() -> Iterator[int]:
    """For a curriculum that has other lessons than before, and for figures made from nothing."""
    return School.objects.order_by("pk").values_list("pk", flat=True).iterator()


def curriculum_digest() -> str:
    """Changes when a figure would come out otherwise for the same rows: modules, lessons, final quizzes."""
    parts = [
        (
            one.key,
            one.band,
            one.is_sensitive,
            one.final_quiz_id,
            sorted(str(lesson.key) for lesson in one.lessons),
        )
        for one in catalogue.modules(catalogue.SOURCE_LANGUAGE)
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
