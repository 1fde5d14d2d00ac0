"""Modules for teachers: by class band, and the way to them."""

from collections.abc import Iterable
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from curriculum.models import Band
from curriculum.queries.catalogue import ModuleInfo


def by_band(modules: Iterable[ModuleInfo]) -> list[tuple[str, list[ModuleInfo]]]:
    """Each band's name with its modules, in the catalogue's order."""
    return [
        (str(Band(band).label), list(found)) for band, found in groupby(modules, key=lambda one: one.band)
    ]


def crumbs(module: ModuleInfo, *last: str) -> list[dict[str, str]]:
    links = [
        {"label": _("Lessons and guides"), "url": reverse("teach:modules")},
        {"label": module.title, "url": reverse("teach:preview_module", args=[module.slug])},
    ]
    return links + [{"label": label, "url": ""} for label in last]
