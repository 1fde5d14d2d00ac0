"""What a key to the figures reaches: its own place and all that lies in it."""

from typing import Any

from django.db.models import QuerySet

from schools.models import ApiToken, School, State
from schools.models.scopes import ABOVE


def reached(token: ApiToken, kind: type[Any]) -> QuerySet[Any]:
    """The places of a kind at or under the key's own; none of a kind that lies above it."""
    place = token.place
    path = ABOVE[kind.__name__].get(type(place).__name__.lower())
    if path is None:
        return kind.objects.none()
    return kind.objects.filter(**{path or "pk": place.pk})


def is_suspended(state: State) -> bool:
    department = getattr(state, "department", None)
    return department is not None and department.status == department.Status.SUSPENDED


def parts_after(places: QuerySet[Any], after: str, size: int) -> tuple[list[Any], str | None]:
    """The next `size` places in the order of a key that never changes, and where to go on; None at the end.

    Schools go by UDISE code, all others by number: what is added meanwhile moves nothing that was read.
    """
    field = "udise_code" if places.model is School else "pk"
    if after:
        places = places.filter(**{f"{field}__gt": after})
    page = list(places.order_by(field)[: size + 1])
    return page[:size], str(getattr(page[size - 1], field)) if len(page) > size else None
