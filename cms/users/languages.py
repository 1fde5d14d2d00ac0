"""Which languages a person may write: a right that groups give, one for each language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Locale

APP = "wagtailcore"
PREFIX = "write_"


def written_by(user: Any) -> frozenset[str]:
    """The languages that `user` may write."""
    return frozenset(code for code, _name in settings.LANGUAGES if user.has_perm(f"{APP}.{PREFIX}{code}"))


def permissions(codes: Iterable[str]) -> QuerySet[Permission]:
    """The rights to write `codes`, made where they are missing."""
    kind = ContentType.objects.get_for_model(Locale)
    names = dict(settings.LANGUAGES)
    for code in codes:
        Permission.objects.get_or_create(
            content_type=kind, codename=f"{PREFIX}{code}", defaults={"name": f"Can write {names[code]}"}
        )
    return Permission.objects.filter(content_type=kind, codename__in=[f"{PREFIX}{code}" for code in codes])


def all_permissions() -> QuerySet[Permission]:
    """The rights to write, as many as there are."""
    return Permission.objects.filter(content_type__app_label=APP, codename__startswith=PREFIX)
