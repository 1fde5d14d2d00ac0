"""The sign-up of a department, and the operator's word on it."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import DepartmentApplication, State

LONGEST_WORDS = 2000


class SignUpForm(forms.ModelForm):
    """What a department says about itself. Every state and union territory may, also a second time."""

    class Meta:
        model = DepartmentApplication
        fields = [
            "state",
            "department_name",
            "official_name",
            "post",
            "email",
            "agreement_reference",
            "grievance_contact",
            "data_protection_contact",
        ]
        labels = {"department_name": _("Department"), "state": _("State or union territory")}
        help_texts = {
            "department_name": _("Its full name, as it stands on letters."),
            "official_name": _("You become the first administrator of your state here."),
            "email": _("Your own address at work. We send a link to it that you have to open."),
            "agreement_reference": _("Number and date of the letter or agreement, if there is one already."),
            "grievance_contact": _(
                "Whom families and schools turn to with a complaint: a post with an address or a number."
            ),
            "data_protection_contact": _(
                "Whom people ask about their data: a post with an address or a number."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = cast(forms.ModelChoiceField, self.fields["state"])
        state.queryset = State.objects.order_by("name")
        state.empty_label = _("Choose your state")
        self.fields["official_name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class WordsForm(forms.Form):
    """The department's answer to the operator's question."""

    words = forms.CharField(
        label=_("Your answer"), max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 6})
    )


class ReasonForm(forms.Form):
    """Why the operator decides so. The department reads it, and the log keeps it."""

    reason = forms.CharField(
        label=_("Reason or question"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The department reads these words."),
    )


class DecisionForm(ReasonForm):
    """The operator's word on an application."""

    CHOICES = [("approve", _("Approve")), ("ask", _("Ask back")), ("refuse", _("Refuse"))]
    decision = forms.ChoiceField(label=_("Decision"), choices=CHOICES, widget=forms.RadioSelect)
    field_order = ["decision", "reason"]
