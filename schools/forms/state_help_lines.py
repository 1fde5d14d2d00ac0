"""A help line of the state's own, as its administrator writes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.help.forms import LinesField
from cms.help.models import HelpLine, phone_number


class HelpLineForm(forms.Form):
    """Written in English; translators add the other languages."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("In English, as people know it."))
    numbers = LinesField(
        label=_("Numbers"),
        validators=[phone_number],
        help_text=_("One a line, digits and hyphens only, as a phone of your state dials it."),
    )
    what_for = forms.CharField(label=_("What it is for"), max_length=400, widget=forms.Textarea({"rows": 2}))
    what_happens = forms.CharField(
        label=_("What happens when one calls"),
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )
    hours = forms.CharField(label=_("Hours"), required=False, max_length=120)
    cost = forms.CharField(label=_("Cost"), required=False, max_length=80)
    is_for_children = forms.BooleanField(label=_("Children may call it themselves"), required=False)

    @staticmethod
    def written_in(line: HelpLine) -> dict[str, object]:
        """What the form shows of a line that is there."""
        words = {name: getattr(line, f"{name}_en") or "" for name in HelpLine.WORDS}
        return {**words, "numbers": line.numbers, "is_for_children": line.is_for_children}
