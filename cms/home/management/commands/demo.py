"""Sets up a demonstration state and serves it. Started again, it keeps what is there."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.home.demonstration import PasswordsGoneError, Preparation
from cms.home.management.commands.serve import require_free_port
from schools.pictures import PICTURES

FIRST_PAGES = {
    "teacher": "/teach/",
    "head": "/school/",
    "safety-lead": "/school/",
    "block-official": "/insights/",
    "district-official": "/insights/",
    "state-official": "/insights/",
    "state-admin": "/state/",
    "editor": "/cms/",
    "subject-reviewer": "/cms/",
    "safeguarding-reviewer": "/cms/",
    "translator-hi": "/cms/",
    "operator": "/cms/",
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only set up")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_serve"]:
            require_free_port(options["host"], options["port"])
        try:
            demo = Preparation(self.stdout.write).run()
        except PasswordsGoneError as error:
            raise CommandError(str(error)) from error
        site = f"http://{options['host']}:{options['port']}"
        self._print_staff(site, demo)
        self._print_class(site, demo)
        if not options["no_serve"]:
            self.stdout.write("Ctrl-C stops the site.\n")
            call_command("serve", host=options["host"], port=options["port"])

    def _print_staff(self, site: str, demo: dict[str, Any]) -> None:
        self.stdout.write(f"\nThe site: {site}/\n\nStaff sign in at {site}/accounts/login/")
        for label, page in FIRST_PAGES.items():
            person = demo["staff"].get(label)
            if person is None:  # a demonstration made by an earlier release
                continue
            has_code = "  and a code" if "totp_secret" in person else ""
            self.stdout.write(f"  {page:11} {person['email']:36} {person['password']}{has_code}")
        self.stdout.write(
            "Officials and the operator type a code, too. See those of now with: make demo-code"
        )

    def _print_class(self, site: str, demo: dict[str, Any]) -> None:
        classroom = demo["classroom"]
        code = f"{classroom['code'][:4]}-{classroom['code'][4:]}"
        self.stdout.write(f"\nStudents sign in at {site}/join/ with the class code {code}")
        for student in classroom["students"]:
            names = ", ".join(str(PICTURES[name]) for name in student["pictures"])
            self.stdout.write(f"  {student['alias']:16} {names}")
        self.stdout.write("")
