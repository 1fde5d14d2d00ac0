"""How a help line is laid out for its editors: what holds in all languages first, then a tab a language."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface

from cms.help.forms import HelpLineForm
from cms.help.models import HelpLine
from cms.users.panels import OriginalPanel

SOURCE = settings.LANGUAGE_CODE
REQUIRED = ("name", "what_for")


def _language_tab(code: str, name: Any) -> ObjectList:
    panels = []
    for field in HelpLine.WORDS:
        if code != SOURCE:
            panels.append(OriginalPanel(f"{field}_{SOURCE}"))
        panels.append(FieldPanel(f"{field}_{code}", required_on_save=code == SOURCE and field in REQUIRED))
    return ObjectList(panels, heading=name)


help_line_panels = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("key", help_text=_("Small letters and hyphens. It cannot be changed later.")),
                FieldPanel("kind"),
                FieldPanel("numbers"),
                FieldPanel("url"),
                FieldPanel("order"),
                FieldPanel("anonymous"),
                FieldPanel("audience"),
                FieldPanel("states"),
                FieldPanel("is_published"),
                FieldPanel("is_for_children"),
                MultiFieldPanel(
                    [
                        FieldPanel(
                            "last_verified_on",
                            help_text=_("The day on which you called or looked yourself. Never guess it."),
                        ),
                        FieldPanel("verified_by", read_only=True),
                        FieldPanel("source"),
                        FieldPanel("confidence"),
                        FieldPanel("to_verify"),
                    ],
                    heading=_("Checked"),
                ),
            ],
            heading=_("Help line"),
        ),
        *[_language_tab(code, name) for code, name in settings.LANGUAGES],
    ],
    base_form_class=HelpLineForm,
)
