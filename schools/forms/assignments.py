"""Giving a module to a class, and what families were told."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.forms.classes import DateInput

TWO_WEEKS = timedelta(days=14)


class DatesForm(forms.Form):
    """From when to when a class works on a module."""

    opens_on = forms.DateField(label=_("First day"), widget=DateInput())
    due_on = forms.DateField(
        label=_("To be finished by"),
        widget=DateInput(),
        help_text=_("Students see this day. The lessons stay open after it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"opens_on": today, "due_on": today + TWO_WEEKS} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        opens_on, due_on = self.cleaned_data.get("opens_on"), self.cleaned_data.get("due_on")
        if opens_on and due_on and due_on < opens_on:
            self.add_error("due_on", _("The last day cannot come before the first."))
        return self.cleaned_data


class NoticeForm(forms.Form):
    """The day on which families had the notice."""

    given_on = forms.DateField(label=_("All families had the notice on"), widget=DateInput())

    def clean_given_on(self):
        if self.cleaned_data["given_on"] > timezone.localdate():
            raise forms.ValidationError(_("Write the day once families have the notice."))
        return self.cleaned_data["given_on"]


class OpenNamesForm(forms.Form):
    """Why a teacher looks at answers by student. Kept in the log."""

    REASONS = [
        ("help", _("I want to help a student who finds this hard")),
        ("asked", _("A student asked me to look")),
        ("check", _("Something in the results looks wrong")),
    ]
    reason = forms.ChoiceField(
        label=_("Why do you want to see it?"), choices=REASONS, widget=forms.RadioSelect
    )
