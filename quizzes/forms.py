"""A question in Wagtail's admin, with its choices in every language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.users.record_forms import RecordForm
from quizzes.models import Question

Kind = Question.Kind


def choice_faults(kind: str, choices: int, right: int) -> list[str]:
    """What is wrong with so many choices, so many of them right, for a question of `kind`."""
    if choices < 2:
        return [_("A question needs at least two choices.")]
    faults = []
    if kind == Kind.TRUE_FALSE and choices != 2:
        faults.append(_("A question of true or false has exactly two choices."))
    if kind in (Kind.SINGLE, Kind.TRUE_FALSE) and right != 1:
        faults.append(_("Mark exactly one choice as right, or choose another kind of question."))
    if kind == Kind.MULTIPLE and right < 2:
        faults.append(_("Mark two or more choices as right, or choose another kind of question."))
    if kind == Kind.MULTIPLE and right == choices:
        faults.append(_("One choice at least must not be right: where all are, there is nothing to choose."))
    return faults


class QuestionForm(RecordForm):
    """Its rules hold for drafts too: a reviewer approves whatever was kept last."""

    class Media:
        js = [Script("js/admin/choices.js", type="module")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True
        if not self.may_write_all:
            for form in self.formsets["choices"].forms:
                self.close(form.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        formset = self.formsets["choices"]
        if formset.extra_forms and not self.may_write_all:
            raise ValidationError(_("A choice is added in English first, by someone who may write English."))
        if not formset.is_valid():
            return cleaned
        right = sum(bool(form.cleaned_data.get("is_correct")) for form in self.kept_choices)
        for fault in choice_faults(cleaned.get("kind", ""), len(self.kept_choices), right):
            self.add_error("kind", fault)
        self._name_new_choices()
        return cleaned

    @cached_property
    def kept_choices(self) -> list[WagtailAdminModelForm]:
        """The forms of the choices that the question will have."""
        formset = self.formsets["choices"]
        return [form for form in formset.forms if form not in formset.deleted_forms]

    def _name_new_choices(self) -> None:
        """Give each new choice a key that the question does not use. A key, once given, stays."""
        used = {form.instance.key for form in self.formsets["choices"].forms}
        free = (key for key in (f"c{number}" for number in range(1, 1000)) if key not in used)
        for form in self.kept_choices:
            if not form.instance.key:
                form.instance.key = next(free)
