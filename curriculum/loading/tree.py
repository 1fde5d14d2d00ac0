"""The trees that modules hang in: a home page and a list of lessons in every language."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from curriculum.models import LearnIndexPage
from curriculum.queries.catalogue import SOURCE_LANGUAGE


def ensure_tree(home_model: type[Page]) -> LearnIndexPage:
    """Make what is missing of locales, home pages and lesson lists; return the English list.

    `home_model` is the site's home page: it lives above this app, so its caller names it.
    """
    locales = {
        code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES
    }
    home = _source_home(home_model, locales[SOURCE_LANGUAGE])
    index = home.get_children().type(LearnIndexPage).first()
    index = index.specific if index else _add_child(home, LearnIndexPage, slug="learn", locale=home.locale)
    for code, locale in locales.items():
        if code != SOURCE_LANGUAGE:
            _ensure_language(code, locale, home, index)
    return index


def _source_home(home_model: type[Page], locale: Locale) -> Page:
    home = home_model.objects.filter(locale=locale).first()
    if home is None:
        root = Page.get_first_root_node()
        for welcome in root.get_children().filter(content_type__app_label="wagtailcore"):
            welcome.delete()
        root.refresh_from_db()
        home = _add_child(root, home_model, slug="home", locale=locale, title=settings.WAGTAIL_SITE_NAME)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": settings.WAGTAIL_SITE_NAME},
    )
    return home


def _ensure_language(code: str, locale: Locale, home: Page, index: LearnIndexPage) -> None:
    translated_home = home.get_translation_or_none(locale) or home.copy_for_translation(locale)
    _publish(translated_home)
    if index.get_translation_or_none(locale) is None:
        translated = index.copy_for_translation(locale)
        with translation.override(code):
            translated.title = gettext("Lessons")
        _publish(translated)


def _add_child(parent: Page, model: type[Page], *, title: str | None = None, **fields: Any) -> Any:
    page = model(title=title or gettext("Lessons"), **fields)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _publish(page: Page) -> None:
    if not page.live:
        page.save_revision().publish()
