"""Making a class, and saying when its students may sign in."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.users.models import User
from schools.models import School

FIRST_CLASS, LAST_CLASS = 1, 12
SECTION_LENGTH = 10


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
        label=pgettext_lazy("section of a class", "Section"),
        max_length=SECTION_LENGTH,
        help_text=_("As your school writes it, such as A, B or Rose."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Lessons and the notice to families start in this language."),
    )

    def __init__(self, schools: QuerySet[School], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(schools.select_related("category", "state__department"))
        school = cast(forms.ModelChoiceField, self.fields["school"])
        school.queryset = schools.select_related("category", "state__department")
        if len(places) == 1:
            school.initial = places[0]
            school.widget = forms.HiddenInput()
        lowest = min((_classes_of(one)[0] for one in places), default=FIRST_CLASS)
        highest = max((_classes_of(one)[-1] for one in places), default=LAST_CLASS)
        cast(forms.TypedChoiceField, self.fields["class_level"]).choices = [
            (n, str(n)) for n in range(lowest, highest + 1)
        ]
        offered = {code for one in places for code in _languages_of(one)}
        cast(forms.ChoiceField, self.fields["language"]).choices = [
            (code, name) for code, name in settings.LANGUAGES if code in offered or not places
        ]

    def clean_section(self) -> str:
        section = " ".join(self.cleaned_data["section"].split()).upper()
        if len(section) > SECTION_LENGTH:  # Capital letters can be more than the small ones.
            raise forms.ValidationError(
                _("The name of a section has at most %(most)d letters."), params={"most": SECTION_LENGTH}
            )
        return section

    def clean(self) -> dict[str, Any]:
        school, level = self.cleaned_data.get("school"), self.cleaned_data.get("class_level")
        if school and level and level not in _classes_of(school):
            words = _("%(school)s has classes %(lowest)d to %(highest)d.")
            classes = _classes_of(school)
            params = {"school": school, "lowest": classes[0], "highest": classes[-1]}
            self.add_error("class_level", forms.ValidationError(words, params=params))
        language = self.cleaned_data.get("language")
        if school and language and language not in _languages_of(school):
            self.add_error("language", _("The state of this school does not offer this language."))
        return self.cleaned_data


def _languages_of(school: School) -> list[str]:
    """The languages that the school's state offers."""
    department = getattr(school.state, "department", None)
    return (department.languages if department else []) or [code for code, _name in settings.LANGUAGES]


def _classes_of(school: School) -> range:
    """The classes that a school of this category has; all of them where the category does not say."""
    category = school.category
    return range(category.lowest_class or FIRST_CLASS, (category.highest_class or LAST_CLASS) + 1)


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
