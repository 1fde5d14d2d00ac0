"""What an administrator fills in about a member of staff, in Wagtail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm

from cms.users.models import User


class _StaffFields:
    """One name in place of Wagtail's two, and addresses in small letters as sign-in expects them."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            del self.fields[name]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class StaffCreationForm(_StaffFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ["email", "name", "is_superuser", "groups"]


class StaffEditForm(_StaffFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = ["email", "name", "is_active", "is_superuser", "groups"]


class OwnNameForm(forms.ModelForm):
    """What people change about themselves here; their address and password belong to sign-in."""

    name = forms.CharField(label=_("Name"), max_length=120)

    class Meta:
        model = User
        fields = ["name"]
