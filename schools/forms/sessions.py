"""The end of a whole-class session: day, headcount, and the hands that were counted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models import Choice, Question
from schools.actions import sessions as actions
from schools.forms.classes import DateInput
from schools.models import Classroom, WholeClassSession
from schools.models.sessions import LARGEST_CLASS
from schools.presenters.slides import hands_field


class StartForm(forms.Form):
    """The identity under which a session begins: made by the server, sent back by the form."""

    id = forms.UUIDField(widget=forms.HiddenInput)


class HeldForm(forms.Form):
    """When it was, and how many were there."""

    held_on = forms.DateField(label=_("Day of the lesson"), widget=DateInput())
    headcount = forms.IntegerField(
        label=_("How many students were there?"),
        help_text=_("Count the heads in the room. No names are needed."),
        widget=forms.NumberInput({"min": 1, "max": LARGEST_CLASS, "inputmode": "numeric"}),
    )
    is_sure = forms.BooleanField(
        label=_("Yes, more students were there than are on the list."), required=False
    )

    def __init__(self, classroom: Classroom, session: WholeClassSession, *args: Any, **kwargs: Any) -> None:
        kept: dict[str, Any] = {"held_on": timezone.localdate()}
        if session.ended_at is not None:
            kept = {"held_on": session.held_on, "headcount": session.headcount}
        super().__init__(*args, **{"initial": kept} | kwargs)
        self.classroom, self.session = classroom, session
        if not self.asks_to_confirm:
            self.fields["is_sure"].widget = forms.HiddenInput()

    @property
    def asks_to_confirm(self) -> bool:
        """Whether what was typed is above the list, so that the box to confirm it is shown."""
        typed = str(self.data.get("headcount", "")).strip()
        return typed.isdecimal() and self.session.enrolled < int(typed[:4]) <= LARGEST_CLASS

    def clean_held_on(self) -> Any:
        _as_field_error(
            actions.check_day, self.classroom, self.session.module_key, self.cleaned_data["held_on"]
        )
        return self.cleaned_data["held_on"]

    def clean(self) -> dict[str, Any]:
        if (headcount := self.cleaned_data.get("headcount")) is not None:
            is_sure = self.cleaned_data.get("is_sure", False)
            try:
                actions.check_headcount(headcount, self.session.enrolled, is_sure=is_sure)
            except ValidationError as error:
                self.add_error(None, error)
        return self.cleaned_data


class EndForm(HeldForm):
    """The same, with a number for each choice of each question. Other fields than these are not looked at."""

    def __init__(
        self,
        classroom: Classroom,
        session: WholeClassSession,
        questions: Sequence[Question],
        choices: Mapping[str, Sequence[Choice]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(classroom, session, *args, **kwargs)
        self.questions, self.choices = questions, choices
        for question, choice in self._pairs():
            self.fields[hands_field(question.key, choice.key)] = forms.IntegerField(
                label=choice.text,
                required=False,
                min_value=0,
                max_value=LARGEST_CLASS,
                widget=forms.NumberInput({"inputmode": "numeric"}),
            )

    def _pairs(self) -> Iterator[tuple[Question, Choice]]:
        return ((one, choice) for one in self.questions for choice in self.choices.get(one.key, ()))

    @property
    def hands(self) -> dict[str, dict[str, int]]:
        """By question and choice; nothing that was left empty."""
        found: dict[str, dict[str, int]] = {}
        for question, choice in self._pairs():
            count = self.cleaned_data.get(hands_field(question.key, choice.key))
            if count is not None:
                found.setdefault(question.key, {})[choice.key] = count
        return found

    @property
    def by_question(self) -> list[tuple[Question, list[BoundField]]]:
        """Each question with its fields, for the page that shows them all."""
        return [
            (one, [self[hands_field(one.key, choice.key)] for choice in self.choices.get(one.key, ())])
            for one in self.questions
        ]


def _as_field_error(check: Any, *arguments: Any) -> None:
    """What an action says of one field, as this field's own error."""
    try:
        check(*arguments)
    except ValidationError as error:
        raise ValidationError(error.messages) from None
