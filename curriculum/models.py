"""The curriculum as pages: an index, modules, lessons; one tree a language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from cms.core.pages import PublicPage
from curriculum import folding
from curriculum.blocks import GUIDE_BLOCKS, LESSON_BLOCKS
from curriculum.fields import DrawingField, WordsField
from curriculum.source.names import FAMILY
from curriculum.streams import BlockStream


class Band(models.TextChoices):
    """Stages of NCF-SE 2023, keyed on the class and not on age (FACTS 4.1)."""

    PREPARATORY = "preparatory", _("Classes 3 to 5")
    MIDDLE = "middle", _("Classes 6 to 8")
    SECONDARY_1 = "secondary-1", _("Classes 9 and 10")
    SECONDARY_2 = "secondary-2", _("Classes 11 and 12")

    @classmethod
    def of_class(cls, class_level: int) -> "Band | None":
        """The band that a class (1 to 12) belongs to; None for classes 1 and 2."""
        for top, band in ((2, None), (5, cls.PREPARATORY), (8, cls.MIDDLE), (10, cls.SECONDARY_1)):
            if class_level <= top:
                return band
        return cls.SECONDARY_2


class ReviewState(models.TextChoices):
    """How far people have looked at a translation; from least to most. The source needs none."""

    MACHINE_DRAFT = "machine-draft", _("Machine draft")
    REVIEWED = "reviewed", _("Reviewed by a native reader")
    APPROVED = "approved", _("Approved for safeguarding")
    SOURCE = "source", _("Original")


class CurriculumPage(PublicPage, Page):
    """What modules and lessons share."""

    summary = WordsField(_("summary"))
    picture = DrawingField(_("drawing"), max_length=40)
    family_note = WordsField(_("note for families"), blank=True)
    teacher_guide = BlockStream(GUIDE_BLOCKS, verbose_name=_("teacher's guide"), blank=True)
    review_state = models.CharField(
        _("review state"), max_length=14, choices=ReviewState, default=ReviewState.SOURCE, editable=False
    )
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the words that search looks through; they follow from the other fields."""
        self.search_text = folding.folded(" ".join([self.title, self.summary, *self.searched_words()]))
        super().save(*args, **kwargs)

    def searched_words(self) -> list[str]:
        """What search finds beside the title and the summary."""
        return []


class LearnIndexPage(PublicPage, Page):
    """The list of all modules, by class band."""

    view = "curriculum.views.pages.index"
    max_count_per_parent = 1
    subpage_types = ["curriculum.ModulePage"]


class ModulePage(CurriculumPage):
    """A module: three or four lessons and a final quiz."""

    view = "curriculum.views.pages.module"
    FAMILY = FAMILY
    """What follows a module's address for its note to families; no lesson may be called so."""

    band = models.CharField(_("classes"), max_length=12, choices=Band)
    order = models.PositiveSmallIntegerField(_("place in its band"), default=1)
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=True,
        help_text=_("Opens to a class only when its school is ready and families know."),
    )

    parent_page_types = ["curriculum.LearnIndexPage"]
    subpage_types = ["curriculum.LessonPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("band"),
        FieldPanel("order"),
        FieldPanel("is_sensitive"),
        FieldPanel("teacher_guide"),
        FieldPanel("family_note"),
    ]
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("picture")]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Beside the lessons, find the note to families."""
        if self.live and path_components == [self.FAMILY]:
            return RouteResult(self, kwargs={"part": self.FAMILY})
        return super().route(request, path_components)


class LessonPage(CurriculumPage):
    """A lesson: blocks to read and do, a check, a calm ending."""

    view = "curriculum.views.pages.lesson"
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=25, validators=[MinValueValidator(5), MaxValueValidator(60)]
    )
    objectives = ParentalManyToManyField("quizzes.Objective", blank=True, related_name="+")
    body = BlockStream(LESSON_BLOCKS, verbose_name=_("lesson"))

    parent_page_types = ["curriculum.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("minutes"),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("teacher_guide"),
        FieldPanel("family_note"),
    ]
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("picture")]

    def clean(self) -> None:
        super().clean()
        if self.slug == ModulePage.FAMILY:
            raise ValidationError(
                {"slug": _("This address is that of the note to families. Choose another.")}
            )

    def searched_words(self) -> list[str]:
        return self.body.stream_block.get_searchable_content(self.body)


class LoadedItem(models.Model):
    """What the loader last wrote: how it tells an editor's change from its own.

    `path` names a page or record in a language, such as `lesson/finding-help@hi`; `source_digest` is
    that of the files, `stored_digest` that of the record right after it was written.
    """

    path = models.CharField(max_length=200, unique=True)
    source_digest = models.CharField(max_length=64)
    stored_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.path


class LoadedOrder(models.Model):
    """The order in which the loader last put a module's lessons, by their translation keys."""

    module_key = models.UUIDField(unique=True)
    lessons = models.JSONField()

    def __str__(self) -> str:
        return str(self.module_key)
