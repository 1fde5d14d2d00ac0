"""Takes the second step off the account of a person who lost phone, key and codes. Make sure first who asks."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from cms.core import audit
from cms.users.models import User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError("Nobody has this address.")
        Authenticator.objects.filter(user=user).delete()
        audit.record("account.second_factor_removed", user, by=None)
        self.stdout.write("Removed. Roles above school sleep until a new one is set up at the next sign-in.")
