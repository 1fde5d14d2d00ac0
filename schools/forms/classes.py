"""Making a class, and saying when its students may sign in."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.users.models import User
from schools.models import School

FIRST_CLASS, LAST_CLASS = 1, 12


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClassroomForm(forms.Form):
    """A new class. The school is asked for only when the teacher has several."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("School"), empty_label=None)
    class_level = forms.TypedChoiceField(label=_("Class"), coerce=int)
    section = forms.CharField(
        label=_("Section"), max_length=10, help_text=_("As your school writes it, such as A, B or Rose.")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Lessons and the notice to families start in this language."),
    )

    def __init__(self, schools: QuerySet[School], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(schools.select_related("category"))
        school = cast(forms.ModelChoiceField, self.fields["school"])
        school.queryset = schools
        if len(places) == 1:
            school.initial = places[0]
            school.widget = forms.HiddenInput()
        lowest = min((one.category.lowest_class or FIRST_CLASS for one in places), default=FIRST_CLASS)
        highest = max((one.category.highest_class or LAST_CLASS for one in places), default=LAST_CLASS)
        cast(forms.TypedChoiceField, self.fields["class_level"]).choices = [
            (n, str(n)) for n in range(lowest, highest + 1)
        ]

    def clean_section(self) -> str:
        return " ".join(self.cleaned_data["section"].split()).upper()


class LastDayForm(forms.Form):
    """Until when sign-in stays open."""

    last_day = forms.DateField(label=_("Last day"), widget=DateInput())

    def clean_last_day(self) -> date:
        if self.cleaned_data["last_day"] < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day to come."))
        return self.cleaned_data["last_day"]


class TeacherForm(forms.Form):
    """A colleague who is to teach the class, too."""

    teacher = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"), empty_label=None)

    def __init__(self, colleagues: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["teacher"]).queryset = User.objects.filter(
            pk__in=[one.pk for one in colleagues]
        )
