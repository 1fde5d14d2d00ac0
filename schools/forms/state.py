"""What a state administrator writes: the settings, and the lines of the plan."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from curriculum.queries import catalogue
from schools.forms.classes import FIRST_CLASS, LAST_CLASS, DateInput
from schools.models import Department

LEAST_THRESHOLD, STEP, MOST_THRESHOLD = 10, 5, 100


class SettingsForm(forms.ModelForm):
    """The rules that a state sets for its schools."""

    year_starts_in = forms.TypedChoiceField(
        label=_("The school year starts in"), coerce=int, choices=list(MONTHS.items())
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages offered"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Teachers choose among these for a class, and students read lessons in them. With no mark, all are offered."
        ),
    )
    publication_threshold = forms.IntegerField(
        label=_("Smallest number of students shown"),
        help_text=_("At least 10, and a multiple of 5. Smaller numbers are not shown to any official."),
    )
    completion_percent = forms.IntegerField(
        label=_("A module counts as completed from"),
        min_value=1,
        max_value=100,
        help_text=_("Percent of a class's students who finished all its lessons. Usually 60."),
    )
    retention_years = forms.IntegerField(
        label=_("Years for which a leaver's record is kept"), min_value=1, max_value=10
    )

    class Meta:
        model = Department
        fields = [
            "name",
            "year_starts_in",
            "languages",
            "least_review_state",
            "publication_threshold",
            "completion_percent",
            "retention_years",
            "is_retention_nightly",
            "safety_lead_title",
            "grievance_contact",
            "data_protection_contact",
        ]
        labels = {
            "name": _("Name of the department"),
            "least_review_state": _("Review that a translation needs before students see it"),
            "is_retention_nightly": _(
                "Delete a leaver's record by itself, at night, once its years are over"
            ),
            "safety_lead_title": _("Your term for the child-safety lead"),
        }
        help_texts = {
            "least_review_state": _("Until then students read the lesson in English."),
            "safety_lead_title": _("As schools of your state say it, such as Child Protection Officer."),
        }
        widgets = {"least_review_state": forms.RadioSelect}

    def clean_publication_threshold(self) -> int:
        number = self.cleaned_data["publication_threshold"]
        if not LEAST_THRESHOLD <= number <= MOST_THRESHOLD:
            raise forms.ValidationError(_("Choose a number from 10 to 100."))
        if number % STEP:
            raise forms.ValidationError(_("Choose a multiple of 5."))
        return number

    def clean_languages(self) -> list[str]:
        """In the site's order; all of them marked is the same as none, also when the site gets another."""
        chosen = set(self.cleaned_data["languages"])
        codes = [code for code, _name in settings.LANGUAGES if code in chosen]
        return [] if len(codes) == len(settings.LANGUAGES) else codes


class PlanLineForm(forms.Form):
    """A module for a class, by a day."""

    module = forms.ChoiceField(label=_("Class and module"))
    due_on = forms.DateField(label=_("By"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: list[tuple[str, Any]] = [("", _("Choose"))]
        for level in range(FIRST_CLASS, LAST_CLASS + 1):
            offered = [(f"{level}:{one.key}", one.title) for one in catalogue.for_class(level)]
            if offered:
                groups.append((_t("Class %(level)d") % {"level": level}, offered))
        cast(forms.ChoiceField, self.fields["module"]).choices = groups

    @property
    def chosen(self) -> dict[str, Any]:
        """The line, as the action takes it."""
        level, _mark, key = self.cleaned_data["module"].partition(":")
        due_on: date = self.cleaned_data["due_on"]
        return {"class_level": int(level), "module_key": UUID(key), "due_on": due_on}


class DueForm(forms.Form):
    """Another day for a line of the plan."""

    due_on = forms.DateField(label=_("By"), widget=DateInput())
