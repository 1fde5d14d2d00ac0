"""Makes the release that officials read now, without waiting for the night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from schools.actions.release import make_release


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Release as of {timezone.localtime(make_release().as_of):%Y-%m-%d %H:%M}")
