"""What a school has in place: a form that says what each part is for."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.forms.classes import DateInput
from schools.models import SchoolReadiness

PHONE = {"inputmode": "tel", "autocomplete": "off"}


class ReadinessForm(forms.ModelForm):
    """`lead_title` is the state's own title for the child-safety lead; empty when it has none."""

    has_used_material = forms.BooleanField(
        label=_("All staff were briefed with the material given here."), required=False
    )

    class Meta:
        model = SchoolReadiness
        fields = [
            "lead_name",
            "lead_phone",
            "deputy_name",
            "deputy_phone",
            "staff_briefed_on",
            "local_contacts",
        ]
        labels = {
            "lead_name": _("Child-safety lead"),
            "lead_phone": _("The lead's phone number"),
            "deputy_name": _("Deputy"),
            "deputy_phone": _("The deputy's phone number"),
            "staff_briefed_on": _("Staff were briefed on"),
            "local_contacts": _("Local contacts"),
        }
        help_texts = {
            "lead_name": _(
                "The person at your school whom a student or teacher turns to first. Families see this name."
            ),
            "lead_phone": _("Teachers and families need it on the day. Students do not see it."),
            "deputy_name": _("Stands in when the lead is away, so that there is always someone."),
            "deputy_phone": _("For the days when the lead cannot be reached."),
            "staff_briefed_on": _(
                "The day on which all staff learned what to do when a child tells them something: "
                "listen, stay calm, do not question, tell the lead the same day."
            ),
            "local_contacts": _(
                "Who helps near you: the police station, the child welfare committee, a counsellor, "
                "a health centre, each with a number. One in each line."
            ),
        }
        widgets = {
            "lead_phone": forms.TextInput(PHONE),
            "deputy_phone": forms.TextInput(PHONE),
            "staff_briefed_on": DateInput(),
            "local_contacts": forms.Textarea({"rows": 5}),
        }

    field_order = [*Meta.fields[:5], "has_used_material", "local_contacts"]

    def __init__(self, *args: Any, lead_title: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lead_title:
            self.fields["lead_name"].label = lead_title
        if self.instance.staff_briefed_on and not self.instance.has_newer_briefing:
            self.initial["has_used_material"] = True

    def clean(self) -> dict[str, Any]:
        """A new day of the briefing comes with the word that our material was used."""
        super().clean()
        day = self.cleaned_data.get("staff_briefed_on")
        is_new = day is not None and day != self.initial.get("staff_briefed_on")
        if is_new and not self.cleaned_data.get("has_used_material"):
            words = _("Confirm that the briefing was held with the material given here.")
            self.add_error("has_used_material", words)
        return self.cleaned_data

    def clean_staff_briefed_on(self) -> date | None:
        day = self.cleaned_data["staff_briefed_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Write the day once the briefing has taken place."))
        return day
