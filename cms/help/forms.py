"""A help line in Wagtail's admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.help.models import phone_number
from cms.users.record_forms import RecordForm


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else (value or "").split()

    def run_validators(self, value: list[str]) -> None:
        for line in value:
            super().run_validators(line)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class HelpLineForm(RecordForm):
    numbers = LinesField(
        label=_("Numbers"), required=False, validators=[phone_number], help_text=_("One a line.")
    )
    states = LinesField(
        label=_("States"),
        required=False,
        help_text=_("ISO codes such as IN-AS, one a line. Leave it empty for all of India."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True

    def save(self, commit: bool = True) -> Any:
        if "last_verified_on" in self.changed_data:
            self.instance.verified_by = self.for_user if self.instance.last_verified_on else None
        return super().save(commit)
