"""Which module a student works on for what the class was given."""

from uuid import UUID


def module_for(
    given: UUID, other: UUID | None, *, is_sensitive: bool | None, has_other_work: bool, is_late: bool
) -> UUID | None:
    """The module given, or the other one for a student whose family opted out; None when there is nothing.

    `is_sensitive` is None for a module that is no longer published. `is_late` is a student who came after
    the families' notice: a sensitive module is closed to them.
    """
    if is_sensitive is False:
        return given
    if has_other_work:
        return other
    return None if is_late and is_sensitive else given
