"""Looking something up in the audit log, and making a key to the figures."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.forms.classes import DateInput
from schools.models import ApiToken, Block, District, State
from schools.presenters.record_words import KINDS
from schools.queries.records import Search

LIFETIMES = [(30, _("A month")), (90, _("Three months")), (180, _("Half a year")), (365, _("A year"))]
LONGEST_WORDS = 100


class SearchForm(forms.Form):
    """What to look for; everything may be left out."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    person = forms.CharField(label=_("Who did it"), required=False, max_length=LONGEST_WORDS)
    about = forms.CharField(label=_("School or person concerned"), required=False, max_length=LONGEST_WORDS)
    words = forms.CharField(label=_("Words in the details"), required=False, max_length=LONGEST_WORDS)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput)
    until = forms.DateField(label=_("Up to"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", _("All kinds")), *((code, name) for code, (name, _codes) in KINDS.items())]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        tomorrow = timezone.localdate() + timedelta(days=1)
        for name in ("since", "until"):
            if given.get(name) and given[name] > tomorrow:
                self.add_error(name, _("This day is still to come."))
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return given

    def search(self) -> Search:
        """What was asked for, as far as it could be understood."""
        self.is_valid()
        given = self.cleaned_data
        kind = given.get("kind")
        return Search(
            actions=tuple(KINDS[kind][1]) if kind else (),
            person=given.get("person", ""),
            about=given.get("about", ""),
            words=given.get("words", ""),
            since=given.get("since"),
            until=given.get("until"),
        )


class TokenForm(forms.Form):
    """A new key: what for, to which place of the state, for how long."""

    name = forms.CharField(
        label=ApiToken._meta.get_field("name").verbose_name,
        max_length=80,
        help_text=_("Such as the name of the system that will read the figures."),
    )
    place = forms.ChoiceField(
        label=_("Place"), help_text=_("The key reads the figures of this place and of all below it.")
    )
    days = forms.TypedChoiceField(label=_("Works for"), coerce=int, choices=LIFETIMES, initial=90)

    def __init__(self, state: State, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        self.districts = list(state.districts.prefetch_related("blocks"))
        cast(forms.ChoiceField, self.fields["place"]).choices = [
            ("state", _("The whole state")),
            *((district.name, _of_district(district)) for district in self.districts),
        ]

    def clean_place(self) -> State | District | Block:
        kind, _dash, pk = self.cleaned_data["place"].partition("-")
        if kind == "state":
            return self.state
        if kind == "district":
            return next(one for one in self.districts if str(one.pk) == pk)
        return next(block for one in self.districts for block in one.blocks.all() if str(block.pk) == pk)


def _of_district(district: District) -> list[tuple[str, Any]]:
    whole = (f"district-{district.pk}", _("The whole district"))
    return [whole, *((f"block-{block.pk}", block.name) for block in district.blocks.all())]
