"""Panels for records that hold their words in every language."""

from typing import Any

from wagtail.admin.panels import FieldPanel


class OriginalPanel(FieldPanel):
    """The English words beside their translation: to be read here, and changed in their own tab."""

    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs | {"read_only": True})

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            # Wagtail shows a value to be read where the form has no such field.
            super().__init__(**kwargs | {"form": {}})

        def get_comparison(self) -> list[Any]:
            return []
