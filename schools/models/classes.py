"""Classes, who teaches them, and who learns in them."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.places import School
from schools.models.scopes import ClassroomQuerySet, EnrolmentQuerySet


class Classroom(models.Model):
    """A class of a school in one academic year, such as 7 B in 2026-27.

    Students may sign in while `sign_in_until` lies ahead, or always when `is_sign_in_always_open`.
    `follows` is the class of the year before from which it was made.
    """

    school = models.ForeignKey(School, models.PROTECT, related_name="classrooms")
    academic_year = models.CharField(_("school year"), max_length=7)
    class_level = models.PositiveSmallIntegerField(
        _("class"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    section = models.CharField(_("section"), max_length=10)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    join_code = models.CharField(_("class code"), max_length=8, unique=True)
    sign_in_until = models.DateTimeField(null=True, blank=True)
    is_sign_in_always_open = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="ClassroomTeacher", related_name="classrooms"
    )

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        ordering = ["class_level", "section"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "academic_year", "class_level", "section"],
                name="classroom_unique_in_school_and_year",
            ),
            models.CheckConstraint(condition=Q(class_level__range=(1, 12)), name="classroom_class_1_to_12"),
            models.CheckConstraint(
                condition=Q(join_code__regex=r"^[0-9A-HJKMNP-TV-Z]{8}$"),
                name="classroom_join_code_is_40_bits",
            ),
            models.CheckConstraint(
                condition=Q(academic_year__regex=r"^[0-9]{4}-[0-9]{2}$"),
                name="classroom_academic_year_format",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_level} {self.section}"

    def is_sign_in_open(self, now: datetime | None = None) -> bool:
        if self.archived_at is not None:
            return False
        now = now or timezone.now()
        return self.is_sign_in_always_open or (self.sign_in_until is not None and now < self.sign_in_until)


class ClassroomTeacher(models.Model):
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="teachings")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="teachings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["classroom", "teacher"], name="classroom_teacher_once")
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} {self.classroom_id}"


class Enrolment(models.Model):
    """A student in a class: all that we know about a child.

    `pin` is encrypted under the server's PIN secret, so that a teacher can print the card again;
    `pin_digest` is keyed with the same secret and keeps PINs unique in the class. `source_digest` marks
    the row of a OneRoster file, so that the same file again finds the same student; it is keyed, too.
    """

    class LeftFor(models.TextChoices):
        LEFT = "left", _("Left the school")
        PROMOTED = "promoted", _("Promoted to the next class")
        RETAINED = "retained", _("Stays in the same class")
        TRANSFERRED = "transferred", _("Went to another class")

    classroom = models.ForeignKey(Classroom, models.PROTECT, related_name="enrolments")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    roll_number = models.PositiveSmallIntegerField(_("roll number"), null=True, blank=True)
    alias = models.CharField(_("alias"), max_length=30)
    pin = models.TextField(editable=False)
    pin_digest = models.CharField(max_length=64, editable=False)
    locked_until = models.DateTimeField(null=True, blank=True)
    joined_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True)
    left_for = models.CharField(max_length=12, choices=LeftFor, blank=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["roll_number", "alias"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "student"], name="enrolment_student_once_in_a_class"
            ),
            models.UniqueConstraint(
                fields=["classroom", "alias"],
                condition=Q(left_on__isnull=True),
                name="enrolment_alias_unique",
            ),
            models.UniqueConstraint(
                fields=["classroom", "roll_number"],
                condition=Q(left_on__isnull=True, roll_number__isnull=False),
                name="enrolment_roll_number_unique",
            ),
            models.UniqueConstraint(
                fields=["classroom", "pin_digest"],
                condition=Q(left_on__isnull=True),
                name="enrolment_pin_unique",
            ),
            models.UniqueConstraint(
                fields=["student"], condition=Q(left_on__isnull=True), name="enrolment_student_in_one_class"
            ),
            models.UniqueConstraint(
                fields=["classroom", "source_digest"],
                condition=Q(left_on__isnull=True) & ~Q(source_digest=""),
                name="enrolment_source_unique",
            ),
            models.CheckConstraint(condition=~Q(alias=""), name="enrolment_has_an_alias"),
            models.CheckConstraint(
                condition=Q(left_for="") | Q(left_on__isnull=False), name="enrolment_left_for_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.alias
