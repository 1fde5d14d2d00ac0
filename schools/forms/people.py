"""What people write when they are invited, invite, join or ask."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from cms.users.models import User
from schools.models.places import udise_code


class NewAccountForm(forms.Form):
    """A name and a password, for someone whose address the link has shown to be theirs."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password1 = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Three or four words that do not belong together are good."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        user = User(email=self.email, name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, user)
        return password

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "password1" in data and "password2" in data and data["password1"] != data["password2"]:
            self.add_error("password2", _("The two passwords are not the same."))
        return data


class PersonForm(forms.Form):
    """Who: a name and an address."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"inputmode": "email"})
    )


class InviteForm(PersonForm):
    """Whom to invite, to which of the roles that the inviter may give at the place."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the message"), choices=settings.LANGUAGES)
    field_order = ("role", "name", "email", "language")

    def __init__(self, roles: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = roles
        if len(roles) == 1:
            field.initial = roles[0][0]
            field.widget = forms.HiddenInput()


class CodeForm(forms.Form):
    code = forms.CharField(max_length=20)


class SelfForm(forms.Form):
    """Who one is oneself: where a code is at hand, or a school asks without one."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link there. Use an address that only you read."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AskForm(SelfForm):
    """A head whose school has no code."""

    udise_code = forms.CharField(
        label=_("UDISE code of the school"),
        help_text=_("11 digits."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    post = forms.CharField(
        label=_("Your post at the school"),
        help_text=_("For example: head teacher, teacher in charge."),
        max_length=120,
    )
    field_order = ("udise_code", "name", "post", "email")

    def clean_udise_code(self) -> str:
        code = self.cleaned_data["udise_code"].replace(" ", "")
        udise_code(code)
        return code


class StaffCodeForm(forms.Form):
    """For how long a staff code works."""

    days = forms.TypedChoiceField(
        label=_("The code works for"),
        choices=[(7, _("7 days")), (30, _("30 days"))],
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
    )
