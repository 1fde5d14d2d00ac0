"""Makes the groups of editors, translators and reviewers, and the two reviews. Safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.home.editorial import groups
from cms.home.models import HomePage


class Command(BaseCommand):
    help = __doc__

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not HomePage.objects.exists():
            raise CommandError("There are no pages yet. Run `manage.py load_curriculum` first.")
        groups.set_up()
        self.stdout.write("Editors, translators and reviewers are set up.")
