"""What goes once leavers' records have been kept long enough: lists it, or deletes it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schools.actions.retention import forget_old_lists, remove_leavers
from schools.models import School, State
from schools.queries.retention import counts_of_school, last_day, rule_of, schools_with_leavers


class Command(BaseCommand):
    help = "List (--rehearse) or delete (--apply) the records of students who left, as each state decided."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rehearse", action="store_true", help="say what would go, and delete nothing")
        what.add_argument("--apply", action="store_true", help="delete it")
        parser.add_argument("--state", help="only this state, by its ISO code, such as IN-AS")

    def handle(self, *args: Any, **options: Any) -> None:
        states = State.objects.filter(code=options["state"]) if options["state"] else State.objects.all()
        for state in states:
            self._apply(state) if options["apply"] else self._rehearse(state)
        if options["apply"]:
            forget_old_lists()

    def _rehearse(self, state: State) -> None:
        rule = rule_of(state.pk)
        before = last_day(rule)
        total = 0
        for school_id in schools_with_leavers(School.objects.filter(state=state), before):
            for row in counts_of_school(school_id, before):
                total += row.number
                self.stdout.write(
                    f"{state.code} {row.school}: {row.number} of class {row.class_level}, {row.academic_year}"
                )
        if total:
            self.stdout.write(
                f"{state.code}: {total} students who left before {before} ({rule.years} years)."
            )

    def _apply(self, state: State) -> None:
        for removed in remove_leavers(state=state):
            self.stdout.write(
                f"{state.code} school {removed.school_id}: {removed.students} students, "
                f"{removed.lessons} lessons, {removed.attempts} quizzes deleted."
            )
