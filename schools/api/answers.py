"""Places and figures as the answers hold them."""

from typing import Any

from django.utils import timezone

from schools.models import Release, School, State
from schools.queries.published import KIND_OF, RUNGS, Answer, Figures


def place(one: Any) -> dict[str, str]:
    return {"kind": KIND_OF[type(one)], "key": _key(one), "name": str(one)}


def _key(one: Any) -> str:
    if isinstance(one, State):
        return one.code
    return one.udise_code if isinstance(one, School) else str(one.pk)


def figures(known: Figures | None) -> dict[str, Any] | None:
    if known is None:
        return None
    return {
        "schools": known.schools,
        "classes": known.classes,
        "pupils": known.pupils,
        "percent": known.percent,
    }


def released(release: Release | None) -> dict[str, Any]:
    return {"release": release and release.pk, "as_of": release and release.as_of}


def adoption(of: Any, parts: list[Any], answer: Answer) -> dict[str, Any]:
    return {
        "place": place(of),
        "figures": figures(answer.own),
        "modules": [
            {"module": key, "figures": figures(known)} for key, known in sorted(answer.by_module.items())
        ],
        "class_levels": [
            {"class_level": level, "figures": figures(known)}
            for level, known in sorted(answer.by_class.items())
        ],
        "languages": [
            {"language": code, "figures": figures(known)}
            for code, known in sorted(answer.by_language.items())
        ],
        "parts": [{"place": place(one), "figures": figures(answer.inside.get(one.pk))} for one in parts],
    }


def school(one: School, answer: Answer) -> dict[str, Any]:
    return {
        "place": place(one),
        "district": place(one.district),
        "block": place(one.block),
        "joined_on": timezone.localdate(one.joined_at) if one.joined_at else None,
        "closed_on": one.closed_on,
        "status": _status(answer.inside.get(one.pk), is_counted=one.pk in answer.counted),
    }


def _status(known: Figures | None, *, is_counted: bool) -> str:
    """The highest rung of the ladder that the school stands on, as a word that never changes."""
    if known is None:
        return "nothing-counted" if is_counted else "not-counted-yet"
    reached = (rung.removeprefix("schools_") for rung in reversed(RUNGS) if known.schools[rung])
    return next(reached, "not-begun")
