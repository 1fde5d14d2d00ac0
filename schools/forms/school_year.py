"""What becomes of each student at the end of the year, and a change of class within one."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from schools.forms.classes import SECTION_LENGTH
from schools.models import Classroom, Enrolment
from schools.queries.school_year import Choice, Fate, fates_of, usual_fate


class YearEndForm(forms.Form):
    """A choice for each student of a class, the usual one set; and what becomes of the roll numbers."""

    KEEP, RENUMBER = "keep", "renumber"
    numbers = forms.ChoiceField(
        label=_("Roll numbers"),
        choices=[
            (KEEP, _("Keep them, where they are free in the next class")),
            (RENUMBER, _("Number from 1 again, in the same order")),
        ],
        initial=KEEP,
        widget=forms.RadioSelect,
    )

    def __init__(self, classroom: Classroom, students: list[Enrolment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.students = students
        fates = [(fate.value, fate.label) for fate in fates_of(classroom)]
        for one in students:
            self.fields[f"fate-{one.pk}"] = forms.ChoiceField(
                label=one.alias, choices=fates, initial=usual_fate(classroom).value
            )
            if Fate.MOVE in fates_of(classroom):
                self.fields[f"section-{one.pk}"] = forms.CharField(
                    label=pgettext_lazy("section of a class", "Section"),
                    max_length=SECTION_LENGTH,
                    required=False,
                    widget=forms.TextInput(attrs={"size": 4, "autocomplete": "off"}),
                )
        self.own_section = classroom.section

    def clean(self) -> dict[str, Any]:
        for one in self.students:
            name = f"section-{one.pk}"
            if self.cleaned_data.get(f"fate-{one.pk}") != Fate.MOVE or name in self.errors:
                continue
            section = " ".join(self.cleaned_data.get(name, "").split()).upper()[:SECTION_LENGTH]
            self.cleaned_data[name] = section
            if not section:
                self.add_error(name, _("Write the section that the student goes to."))
            elif section == self.own_section:
                self.add_error(name, _("This is the section that the student is in now."))
        return self.cleaned_data

    def choices(self) -> dict[int, Choice]:
        """By enrolment, what was chosen."""
        data = self.cleaned_data
        return {
            one.pk: Choice(Fate(data[f"fate-{one.pk}"]), data.get(f"section-{one.pk}") or "")
            for one in self.students
        }

    @property
    def renumbers(self) -> bool:
        return self.cleaned_data["numbers"] == self.RENUMBER

    def rows(self) -> list[dict[str, Any]]:
        """For each student, the fields that decide about them."""
        return [
            {
                "student": one,
                "fate": self[f"fate-{one.pk}"],
                "section": self[f"section-{one.pk}"] if f"section-{one.pk}" in self.fields else None,
            }
            for one in self.students
        ]


class TransferForm(forms.Form):
    """A student of a class, and the class that they go to."""

    student = forms.ModelChoiceField(Enrolment.objects.none(), label=_("Student"), empty_label=None)
    to = forms.ModelChoiceField(
        Classroom.objects.none(),
        label=_("Goes to class"),
        empty_label=None,
        help_text=_("What the student has finished goes along."),
    )

    def __init__(self, classroom: Classroom, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        students = cast(forms.ModelChoiceField, self.fields["student"])
        students.queryset = Enrolment.objects.active().filter(classroom=classroom)
        others = cast(forms.ModelChoiceField, self.fields["to"])
        others.queryset = (
            Classroom.objects.current()
            .filter(school=classroom.school_id, academic_year=classroom.academic_year)
            .exclude(pk=classroom.pk)
        )
