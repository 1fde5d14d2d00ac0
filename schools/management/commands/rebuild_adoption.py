"""Makes every school's adoption figures from nothing, and says how many schools had other ones before.

It may run while the site is used. Where all schools were up to date, none differs.
"""

from typing import Any

from django.core.management.base import BaseCommand

from schools.actions.adoption import Rebuilt, rebuild

SAID_EVERY = 5000


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        rebuilt = rebuild(self._say)
        self.stdout.write(f"{rebuilt.schools} schools counted, {rebuilt.differing} had other figures before")

    def _say(self, so_far: Rebuilt) -> None:
        if so_far.schools % SAID_EVERY == 0:
            self.stdout.write(f"{so_far.schools} schools counted")
