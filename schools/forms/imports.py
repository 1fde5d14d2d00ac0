"""Sending a list of blocks or schools."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from schools.models import SheetImport
from schools.queries.import_columns import COLUMNS
from schools.sheets import Refused, read, words
from schools.sheets.shapes import MOST_BYTES

LOOKED_AT_ONCE = 2 * 1024 * 1024
"""Up to this size a file is opened while the person waits, so that what is wrong with it stands next to the field."""


class SheetForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is in the file?"),
        choices=[
            (SheetImport.Kind.BLOCKS, _("Districts and blocks")),
            (SheetImport.Kind.SCHOOLS, _("Schools")),
        ],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, up to 25 MB. The first row names the columns, in any order."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,
    )
    is_whole_list = forms.BooleanField(
        label=_("This file is the whole list of schools. Schools that are not in it are closed."),
        help_text=_("You see which ones before anything happens."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        file, kind = self.cleaned_data.get("file"), self.cleaned_data.get("kind")
        if file is not None and kind is not None:
            self._look_at(file, kind)
        return self.cleaned_data

    def _look_at(self, file: UploadedFile, kind: str) -> None:
        try:
            if (file.size or 0) > MOST_BYTES:
                raise Refused("large", megabytes=MOST_BYTES // 1024 // 1024)
            if (file.size or 0) <= LOOKED_AT_ONCE:
                read(file.file, file.name or "", COLUMNS[kind])  # type: ignore[arg-type]
        except Refused as refusal:
            self.add_error("file", words.refusal(refusal.reason, refusal.details))


class ApplyForm(forms.Form):
    """One more yes, where the list would close many schools."""

    is_closing_confirmed = forms.BooleanField(label=_("Yes, close these schools."), required=False)
