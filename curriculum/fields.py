"""Fields of pages with rules that are no matter for migrations: which drawings there are, which help lines."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cms.core.templatetags import pictures
from cms.help import lines
from curriculum.source.names import unknown_help_lines


def drawings() -> list[tuple[str, str]]:
    """The drawings that an editor can choose, by the names of their files."""
    return [(name, name) for name in pictures.names()]


def help_lines() -> list[tuple[str, str]]:
    """The help lines that the site shows."""
    return [(line.key, line.words.name) for line in lines.published()]


def shown_help_lines_only(text: str) -> None:
    """Refuse words that name a help line which the site does not show: the page would lose it in silence."""
    shown = lines.by_key()
    unknown = unknown_help_lines(text, shown)
    if unknown:
        # Translators: both values are lists of names in braces, such as {child-1098}.
        message = _("The site shows no help line called %(unknown)s. It shows %(shown)s.")
        names = ", ".join(f"{{{key}}}" for key in shown)
        raise ValidationError(message, params={"unknown": ", ".join(unknown), "shown": names})


class DrawingField(models.SlugField):
    """The name of a drawing that we have, chosen from a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"choices": drawings}))

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices")
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **(kwargs | {"widget": forms.Select}))


class WordsField(models.TextField):
    """Words with our small markup, which may name help lines. Its check is the form's, as that of a block is."""

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        from wagtail.admin.widgets import AdminAutoHeightTextInput

        own = {"widget": AdminAutoHeightTextInput, "validators": [shown_help_lines_only]}
        return super().formfield(*args, **(kwargs | own))
