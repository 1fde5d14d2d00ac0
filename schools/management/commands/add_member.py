"""Gives a person a role at a place, and prints a link with which they choose their password.

manage.py add_member head@example.org head 00123456789 --name "A. Head"
manage.py add_member official@example.org state-official IN-AS
manage.py add_member officer@example.org district-official IN-AS/Kamrup
manage.py add_member officer@example.org block-official IN-AS/Kamrup/Hajo
"""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from cms.users.models import User
from schools.actions import memberships
from schools.models import Block, District, School, State
from schools.models.people import PLACE_OF_ROLE, Role


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("place", help="UDISE code, or state, state/district, state/district/block")
        parser.add_argument("--name", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an e-mail address.") from error
        role = Role(options["role"])
        place = self._place(role, options["place"])
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            user = User.objects.create_user(options["email"], name=options["name"])
        memberships.add(user=user, role=role, place=place, by=None)
        self.stdout.write(f"{user.email} is {role.label} of {place}.")
        if not user.has_usable_password():
            self.stdout.write(f"They choose a password here: {self._password_link(user)}")

    def _place(self, role: Role, text: str) -> Any:
        kind = PLACE_OF_ROLE[role]
        parts = text.split("/")
        found: Any = None
        if kind == "school":
            found = School.objects.filter(udise_code=text).first()
        elif kind == "state":
            found = State.objects.filter(code=text).first()
        elif kind == "district" and len(parts) == 2:
            found = District.objects.filter(state__code=parts[0], name=parts[1]).first()
        elif kind == "block" and len(parts) == 3:
            state, district, block = parts
            found = Block.objects.filter(
                district__state__code=state, district__name=district, name=block
            ).first()
        if found is None:
            raise CommandError(f"There is no {kind} called {text}.")
        return found

    def _password_link(self, user: User) -> str:
        key = default_token_generator.make_token(user)
        path = reverse(
            "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
        )
        return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
