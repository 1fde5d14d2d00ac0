"""Lists that come in as files: the file, what its rows would do, and what they did."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.classes import Classroom
from schools.models.places import School, State
from schools.models.scopes import PlaceQuerySet


class SheetImport(models.Model):
    """A list of blocks, schools or students, in two steps: a dry run, then apply; and an undo.

    A roster is a school's in one school year, or with `classroom` one class's, kept by its teacher;
    `made_classes` are the classes that it made.
    `done` of `total` rows tells how far the running step is. `beat_at` is written as it goes: a step
    whose beat stopped has died, and may be begun again; `tries` counts how often it was begun. `failure`
    holds {"reason", "details"}, which a presenter words. `version` is how often the state's lists had
    changed when this one was read: it may be applied to that state of things only. `columns` holds the
    headings of the file that were used and those that were not. `has_unread_codes`: some rows do not say
    which school they mean, so the list cannot say which schools it leaves out.
    """

    class Kind(models.TextChoices):
        BLOCKS = "blocks", _("Blocks")
        SCHOOLS = "schools", _("Schools")
        ROSTER = "roster", _("Students")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READING = "reading", _("Being read")
        READ = "read", _("Read: nothing is changed yet")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Thrown away")
        FAILED = "failed", _("Failed")

    kind = models.CharField(max_length=8, choices=Kind)
    state = models.ForeignKey(State, models.PROTECT, related_name="imports")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="imports")
    classroom = models.ForeignKey(Classroom, models.CASCADE, null=True, blank=True, related_name="+")
    academic_year = models.CharField(_("school year"), max_length=7, blank=True)
    made_classes = models.JSONField(default=list, blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    is_whole_list = models.BooleanField(_("the file is the whole list"), default=False)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    failure = models.JSONField(default=dict, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    faulty = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict, blank=True)
    has_unread_codes = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    beat_at = models.DateTimeField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.file_name


class SheetFile(models.Model):
    """The bytes of an uploaded list, until it is applied or thrown away.

    In the database, so that any machine can read it. Never a file with children's names: rosters are
    read in the request that brings them.
    """

    sheet = models.OneToOneField(SheetImport, models.CASCADE, related_name="file", primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class SheetRow(models.Model):
    """What one row of a list would do, or did. `number` is the row that the spreadsheet shows.

    `values` are what the row says, `before` what was there (for the undo), `record_id` what it touches;
    `faults` holds {"column", "value", "reason"}, the reason as a code that a presenter words.
    """

    class Action(models.TextChoices):
        ADD = "add", _("Added")
        CHANGE = "change", _("Changed")
        CLOSE = "close", _("Closed")
        SAME = "same", _("Unchanged")
        FAULT = "fault", _("To mend")

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=6, choices=Action)
    record_id = models.BigIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["sheet", "action", "number"], name="sheet_row_by_action")]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.number}"
