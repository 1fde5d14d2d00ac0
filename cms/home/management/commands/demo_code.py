"""Prints the sign-in codes of the demonstration's officials and operator, as their authenticator apps would."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.home.demonstration import codes_now


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.VAR_DIR / "demo.json"
        if not path.exists():
            raise CommandError("There is no demonstration here yet. Make one: make demo")
        demo = json.loads(path.read_text(encoding="utf-8"))
        for label, code in codes_now(demo).items():
            self.stdout.write(f"  {demo['staff'][label]['email']:36} {code}")
        self.stdout.write("Each code works once, for half a minute.")
