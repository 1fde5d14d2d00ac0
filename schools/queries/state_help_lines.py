"""A state's own help lines."""

from django.db.models import QuerySet

from cms.help.models import HelpLine
from schools.models import State


def lines_of(state: State) -> QuerySet[HelpLine]:
    """The lines that are for this state and no other, in their order."""
    return HelpLine.objects.filter(states=[state.code]).order_by("order", "key")


def names_of_states(codes: set[str]) -> dict[str, str]:
    """By ISO code, the name in the active language."""
    return {state.code: state.name for state in State.objects.filter(code__in=codes)}
