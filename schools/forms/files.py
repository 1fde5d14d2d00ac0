"""Which figures a file is to hold: of which night, class, module and language."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from curriculum.queries import catalogue
from schools.models import Release
from schools.queries import published
from schools.queries.adoption import ANY_CLASS, ANY_LANGUAGE, ANY_MODULE
from schools.queries.published import Question

CLASS_LEVELS = range(1, 13)


@dataclass(frozen=True)
class Choice:
    """What was chosen. Before the first night there is no release."""

    question: Question
    release: Release | None


class FilesForm(forms.Form):
    """Everything may be left out: then it is the newest night, and all classes, modules and languages."""

    release = forms.ChoiceField(label=_("As of"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The name that the screens' addresses have, too; as an attribute Python refuses it.
        self.fields["class"] = forms.ChoiceField(label=_("Class"), required=False)
        self.releases = {one.pk: one for one in published.releases()}
        self._offer("release", _("The newest"), [(one.pk, _night(one)) for one in self.releases.values()])
        self._offer("module", _("Any module"), [(one.key, one.title) for one in catalogue.modules()])
        self._offer("language", _("All languages"), settings.LANGUAGES)
        self._offer("class", _("All classes"), [(level, str(level)) for level in CLASS_LEVELS])
        self.order_fields(["release", "class", "module", "language"])

    def _offer(self, name: str, everything: Any, choices: Any) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", everything), *((str(value), label) for value, label in choices)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("language") and given.get("class"):
            self.add_error(
                "language",
                _("Figures of a language are published for all classes together. Choose one of the two."),
            )
        return given

    def choice(self) -> Choice:
        """What was chosen, of a form that is valid."""
        given = self.cleaned_data
        level, module, release = given["class"], given["module"], given["release"]
        question = Question(
            int(level) if level else ANY_CLASS,
            UUID(module) if module else ANY_MODULE,
            given["language"] or ANY_LANGUAGE,
        )
        newest = next(iter(self.releases.values()), None)
        return Choice(question, self.releases[int(release)] if release else newest)


def _night(release: Release) -> str:
    return date_format(timezone.localtime(release.as_of), "j F Y")
