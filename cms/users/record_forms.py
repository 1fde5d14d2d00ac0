"""Forms of records that hold their words in every language, each language for those who may write it."""

from typing import Any

from django import forms
from django.conf import settings
from wagtail.admin.forms.models import WagtailAdminModelForm

from cms.core.review_states import UNREVIEWED, changed_languages, marked
from cms.users import languages


class RecordForm(WagtailAdminModelForm):
    """A record with words in every language.

    People without the right to write English may change the words of their own languages and nothing
    else: all other fields are shown, and keep what they hold whatever is sent.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages.written_by(self.for_user) if self.for_user else frozenset()
        self.may_write_all = settings.LANGUAGE_CODE in self.languages
        if not self.may_write_all:
            self.close(self.fields)

    def close(self, fields: dict[str, forms.Field]) -> None:
        """Leave open only the words of the person's languages."""
        open_endings = tuple(f"_{code}" for code in self.languages)
        for name, field in fields.items():
            # A choice's number says which choice the words belong to.
            field.disabled = name != "id" and not (open_endings and name.endswith(open_endings))

    def save(self, commit: bool = True) -> Any:
        instance = super().save(commit=False)
        instance.review_states = self._states(instance)
        if commit:
            instance.save()
            self.save_m2m()
        return instance

    def _states(self, instance: Any) -> dict[str, str]:
        """What a person changed, nobody has reviewed yet."""
        live = type(instance).objects.filter(pk=instance.pk).first() if instance.pk else None
        words = instance.words_by_language()
        before = live.words_by_language() if live is not None and live.live else {}
        states = live.review_states if live is not None else {}
        return marked(states, changed_languages(before, words), UNREVIEWED, words)
