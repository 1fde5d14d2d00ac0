"""Sentences for what is wrong with a row of a list, or with a whole list."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schools.queries.imports import STOPPED_AFTER
from schools.sheets import words


def labels() -> dict[str, str]:
    """What the columns are called on a page."""
    return {
        "udise_code": _("UDISE code"),
        "name": _("School name"),
        "district": _("District"),
        "block": _("Block"),
        "district_code": _("District code"),
        "block_code": _("Block code"),
        "category": _("Category"),
        "management": _("Management"),
        "mediums": _("Mediums"),
        "pin_code": _("PIN code"),
        "closed_on": _("Closed on"),
        "": _("Whole row"),
    }


def fault(kept: dict[str, Any]) -> str:
    """Why a cell cannot be used, and what to do."""
    code, details = kept["reason"], kept.get("details", {})
    if code in ("district_unknown", "block_unknown", "block_elsewhere"):
        return _place(code, details)
    sentences = {
        "empty": _("Nothing is written here."),
        "name_long": _("This name or code is too long."),
        "category_unknown": _("This category is not known. You can write its number in UDISE+, such as 3."),
        "management_unknown": _(
            "This management is not known. You can write its number in UDISE+, such as 1."
        ),
        "medium_unknown": _(
            "This language is not known. You can write its number in UDISE+, its name or its code."
        ),
        "pin_code": _("A PIN code has 6 digits and does not start with 0."),
        "not_digits": _("A UDISE code has digits only."),
        "not_11": _("A UDISE code has 11 digits. This one has %(digits)s."),
        "zero_eaten": _(
            "A spreadsheet has eaten the leading zero. Did you mean %(whole)s? "
            "Please format the column as text and type it again."
        ),
        "other_state": _("This is a code of another state: %(state)s."),
        "other_prefix": _("A code of this state starts with %(prefixes)s."),
        "in_other_state": _("A school of another state has this code."),
        "repeated": _("The same as in row %(row)s. Please keep one of them."),
        "code_of_another": _("This code belongs to “%(name)s”."),
        "other_code": _("“%(name)s” has the code %(code)s already."),
    }
    if code not in sentences:
        return words.reason(code, details)
    shown = details | {"prefixes": ", ".join(details.get("prefixes", ()))}
    return sentences[code] % shown


def _place(code: str, details: dict[str, Any]) -> str:
    nearest = details.get("nearest", "")
    if code == "district_unknown":
        if nearest:
            return _("This district is not in the list of blocks. Did you mean “%(nearest)s”?") % details
        return _("This district is not in the list of blocks. Please bring in the blocks first.")
    if code == "block_elsewhere":
        return _("%(district)s has no such block. There is one in %(home)s.") % details
    if nearest:
        return _("%(district)s has no such block. Did you mean “%(nearest)s”?") % details
    return _("%(district)s has no such block. Please bring in the blocks first.") % details


def failure(kept: dict[str, Any]) -> str:
    """Why a step was not done. Nothing was changed."""
    code, details = kept.get("reason", ""), kept.get("details", {})
    if code == "in_use":
        return _in_use(details)
    sentences = {
        "list_changed": _(
            "Another list was applied meanwhile. Please have the file read again, then look at it once more."
        ),
        "later_list": _("“%(name)s” was applied after this list. Please undo that one first."),
        "stopped": _(
            "It stopped %(tries)s times. Nothing was changed. Please tell the operator of this site."
        ),
        "broken": _("Something went wrong on our side. Nothing was changed. Please try again later."),
    }
    return sentences[code] % details if code in sentences else words.refusal(code, details)


def _in_use(details: dict[str, Any]) -> str:
    number = details["number"]
    if details["kind"] == "school":
        sentence = ngettext(
            "The list cannot be undone: %(n)s school that it added is in use (%(names)s).",
            "The list cannot be undone: %(n)s schools that it added are in use (%(names)s).",
            number,
        )
    else:
        sentence = ngettext(
            "The list cannot be undone: %(n)s place that it added is in use (%(names)s).",
            "The list cannot be undone: %(n)s places that it added are in use (%(names)s).",
            number,
        )
    names = ", ".join(details["names"]) + ("…" if number > len(details["names"]) else "")
    return sentence % {"n": number_format(number, force_grouping=True), "names": names}


def stopped() -> str:
    minutes = int(STOPPED_AFTER.total_seconds() // 60)
    return _(
        "Nothing has been heard of it for %(minutes)d minutes. Nothing was changed; you can begin again."
    ) % {"minutes": minutes}
