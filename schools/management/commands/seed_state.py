"""Makes a whole made-up state in bulk, to measure with: no state has its code, and its staff cannot sign in.

A password can be given to one of them with `changepassword`; officials also need a second factor. Pupils
have real picture PINs. Load the reference data and the curriculum first.
"""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schools.seeding.places import STATE_CODE, NotLoadedError, is_there
from schools.seeding.removal import remove_state
from schools.seeding.state import Recipe, seed_state

MOST_STUDENTS = 1500


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--schools", type=int, default=1000)
        parser.add_argument("--students-per-school", type=int, default=40)
        parser.add_argument("--share-ready", type=float, default=Recipe.ready, help="of the schools")
        parser.add_argument("--share-active", type=float, default=Recipe.active, help="of the schools")
        parser.add_argument("--share-done", type=float, default=Recipe.done, help="of active schools' pupils")
        parser.add_argument("--seed", type=int, default=Recipe.seed)
        parser.add_argument("--replace", action="store_true", help="the seeded state that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        recipe = _recipe(options)
        if is_there() and not options["replace"]:
            raise CommandError(f"{STATE_CODE} is there already. To make it anew, add --replace.")
        began = monotonic()
        if options["replace"]:
            remove_state()
        try:
            seed_state(recipe, lambda number: self._say(number, monotonic() - began))
        except NotLoadedError:
            raise CommandError("Run load_reference and load_curriculum first.") from None
        self._say(recipe.schools, monotonic() - began)

    def _say(self, number: int, seconds: float) -> None:
        self.stdout.write(f"{number} schools after {seconds:.0f} s")


def _recipe(options: dict[str, Any]) -> Recipe:
    """What was asked for, or a sentence about what cannot be."""
    if options["schools"] < 1 or not 1 <= options["students_per_school"] <= MOST_STUDENTS:
        raise CommandError(f"Ask for 1 or more schools, and for 1 to {MOST_STUDENTS} students in each.")
    shares = {name: options[f"share_{name}"] for name in ("ready", "active", "done")}
    if not all(0 <= share <= 1 for share in shares.values()) or shares["active"] > shares["ready"]:
        raise CommandError("Shares go from 0 to 1, and no more schools are active than ready.")
    return Recipe(options["schools"], options["students_per_school"], seed=options["seed"], **shares)
