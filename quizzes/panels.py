"""How a question is laid out for its editors: what holds in all languages first, then a tab a language.

The choices are one formset, shown in parts: which are right in the first tab, their words in each
language's. A new choice's words appear in every tab by `js/admin/choices.js`.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel, TabbedInterface

from cms.users.panels import OriginalPanel
from quizzes.forms import QuestionForm

SOURCE = settings.LANGUAGE_CODE
CODES = [code for code, _name in settings.LANGUAGES]


def words_panel(field: str, code: str) -> FieldPanel:
    """A field in one language; English may never be missing, not even in a draft."""
    return FieldPanel(f"{field}_{code}", required_on_save=code == SOURCE)


class FieldsElsewhere(Panel):
    """Fields of the form that another panel shows."""

    def __init__(self, names: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"names": self.names}

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": list(self.names)}

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return False


class ChoiceWordsPanel(InlinePanel):
    """The words of the choices in one language; the formset itself is in the first tab."""

    def get_form_options(self) -> dict[str, Any]:
        return {}

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "quizzes/panels/choice_words.html"


def _choices_panel() -> InlinePanel:
    words = [f"{field}_{code}" for code in CODES for field in ("text", "why")]
    shown = [OriginalPanel(f"text_{SOURCE}"), FieldPanel("is_correct"), FieldsElsewhere(words)]
    return InlinePanel("choices", panels=shown, label=_("Choice"), heading=_("Which choices are right"))


def _language_tab(code: str, name: Any) -> ObjectList:
    question = [words_panel("text", code)]
    choices = [words_panel("text", code), words_panel("why", code)]
    if code != SOURCE:
        question.insert(0, OriginalPanel(f"text_{SOURCE}"))
        choices.insert(0, OriginalPanel(f"text_{SOURCE}"))
        choices.insert(2, OriginalPanel(f"why_{SOURCE}"))
    words = ChoiceWordsPanel("choices", panels=choices, label=_("Choice"), heading=_("Choices"))
    return ObjectList([*question, words], heading=name)


question_panels = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("key", help_text=_("Small letters and hyphens. It cannot be changed later.")),
                FieldPanel("kind"),
                FieldPanel("objective"),
                FieldPanel("difficulty"),
                _choices_panel(),
            ],
            heading=_("Question"),
        ),
        *[_language_tab(code, name) for code, name in settings.LANGUAGES],
    ],
    base_form_class=QuestionForm,
)
