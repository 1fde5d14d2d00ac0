"""What sign-in must remember to slow down guessing. Rows live for a day, and hold no PIN and no address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from schools.models.classes import Classroom, Enrolment


class WrongPin(models.Model):
    """One wrong PIN, as the limits of docs/adr/0006 count them.

    `device` is the mark in the device's cookie; `is_known` says whether this student had signed in on
    it before. `digest` lets the same wrong PIN, sent twice in a row, count once. A teacher's unlock
    forgives the student's rows; the class's count keeps them.
    """

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="wrong_pins")
    device = models.UUIDField()
    is_known = models.BooleanField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    is_forgiven = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["classroom", "at"], name="wrong_pin_classroom"),
            models.Index(fields=["device", "at"], name="wrong_pin_device"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="wrong_pin_has_a_digest")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.at:%H:%M}"


class WrongCode(models.Model):
    """One class code that opened nothing. `place` is a keyed digest of where it came from."""

    device = models.UUIDField()
    is_known = models.BooleanField()
    place = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["device", "at"], name="wrong_code_device"),
            models.Index(fields=["place", "at"], name="wrong_code_place"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(place=""), name="wrong_code_has_a_place")]

    def __str__(self) -> str:
        return f"{self.device} {self.at:%H:%M}"


class TryWindow(models.Model):
    """A while in which a class whose tries are used up has a fresh number of them: its teacher is there."""

    classroom = models.OneToOneField(Classroom, models.CASCADE, related_name="try_window")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="try_window_has_a_length")
        ]

    def __str__(self) -> str:
        return f"{self.classroom_id} {self.closes_at:%H:%M}"
