"""What a school has in place: a form that says what each part is for."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.forms.classes import DateInput
from schools.models import SchoolReadiness

PHONE = {"inputmode": "tel", "autocomplete": "off"}


class ReadinessForm(forms.ModelForm):
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

    def clean_staff_briefed_on(self) -> date | None:
        day = self.cleaned_data["staff_briefed_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Write the day once the briefing has taken place."))
        return day
