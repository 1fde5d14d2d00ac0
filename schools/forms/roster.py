"""Adding students to a class by a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.actions.roster import NewStudent
from schools.forms import roster_text
from schools.models import Classroom


class ClassListForm(forms.Form):
    """A pasted list. Faults come line by line, and what was typed is shown again."""

    lines = forms.CharField(
        label=_("Students, one in each line"),
        help_text=_(
            "Write an alias, or a roll number and an alias, such as “12 Blue Kite”. "
            "You can paste a column or two from a sheet. Up to 100 lines at a time."
        ),
        max_length=8000,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "paste", "rows": 12, "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    are_aliases = forms.BooleanField(
        label=_("These are not full names. Save the list as it is."), required=False
    )

    def __init__(self, classroom: Classroom, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classroom = classroom
        self.class_list = roster_text.ClassList()

    def clean_lines(self) -> str:
        text = self.cleaned_data["lines"]
        there = list(self.classroom.enrolments.active().values_list("alias", "roll_number"))
        self.class_list = roster_text.parse(
            text,
            aliases=[alias for alias, _number in there],
            roll_numbers=[number for _alias, number in there if number is not None],
        )
        if self.class_list.faults:
            raise forms.ValidationError(_("Nothing is saved yet. Put these lines right, then save again."))
        if not self.class_list.students:
            raise forms.ValidationError(_("Write at least one alias."))
        return text

    def clean(self) -> dict[str, Any]:
        if self.is_asking_about_names:
            self.add_error(
                "are_aliases",
                _("Some lines look like full names. Use aliases instead, or say that they are not names."),
            )
        return self.cleaned_data

    @property
    def is_asking_about_names(self) -> bool:
        """Whether the list is right but looks like one of full names, and nobody has said otherwise."""
        return (
            not self.class_list.faults
            and bool(self.class_list.like_full_names)
            and not self.cleaned_data.get("are_aliases")
        )

    def students(self) -> list[NewStudent]:
        return [NewStudent(one.alias, one.roll_number) for one in self.class_list.students]
