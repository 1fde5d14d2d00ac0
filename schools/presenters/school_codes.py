"""Codes with which schools join, and how far each school has come, in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from schools import school_codes
from schools.models import SchoolCode
from schools.presenters.people import day


def joined_states() -> list[tuple[str, str]]:
    """How far a school has come, for the list's filter."""
    return [
        ("none", _("Has no code")),
        ("code", _("Has a code, has not joined yet")),
        ("joined", _("Joined")),
    ]


def staff_code(code: SchoolCode | None) -> dict[str, str] | None:
    if code is None or code.expires_at is None:
        return None
    return {"code": school_codes.spaced(school_codes.unseal(code.sealed)), "until": day(code.expires_at)}


def slip(code: SchoolCode) -> dict[str, str]:
    """What is printed for one school."""
    return {
        "school": code.school.name,
        "udise_code": code.school.udise_code,
        "block": code.school.block.name,
        "district": code.school.district.name,
        "code": school_codes.spaced(school_codes.unseal(code.sealed)),
    }


def school_row(school: Any) -> dict[str, Any]:
    if school.joined_at:
        kind, status = "done", _("Joined on %(day)s") % {"day": day(school.joined_at)}
    elif school.has_code:
        kind, status = "going", _("Has a code, has not joined yet")
    else:
        kind, status = "todo", _("Has no code")
    return {
        "school": school,
        "url": reverse("people:school", args=[school.udise_code]),
        "kind": kind,
        "status": status,
    }


def code_heads() -> list[str]:
    """The first row of the file of codes."""
    return [_("District"), _("Block"), _("UDISE code"), _("School"), _("Code"), _("Address")]


def code_row(code: SchoolCode, address: str) -> list[str]:
    shown = slip(code)
    parts = [shown[name] for name in ("district", "block", "udise_code", "school", "code")]
    return [*parts, address]
