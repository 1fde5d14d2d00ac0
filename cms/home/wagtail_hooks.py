"""The editors' side as a whole: what its menu holds, and translations that go through the reviews."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import hooks
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.images.wagtail_hooks import ImagesSummaryItem
from wagtail.models import Page

from cms.home.editorial import views
from cms.home.editorial.translations import translation_of

BEFORE_WAGTAIL_LOCALIZE = -1
UNUSED = {"images", "documents", "sites", "redirects"}
"""Menu entries that lead to what this site does not use: its drawings are part of the code."""


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
def leave_out_what_is_unused(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in UNUSED]


@hooks.register("construct_homepage_summary_items", order=100)
def count_no_files(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not isinstance(item, (ImagesSummaryItem, DocumentsSummaryItem))]


@hooks.register("register_admin_urls", order=BEFORE_WAGTAIL_LOCALIZE)
def translation_addresses() -> list[Any]:
    """The same addresses as wagtail-localize's own, which come after these and are never reached."""
    return [
        path(
            "localize/",
            include(
                [
                    path("submit/page/<int:page_id>/", views.TranslatePageView.as_view()),
                    path("update/<int:translation_source_id>/", views.SyncTranslationsView.as_view()),
                    path("page/<int:page_id>/convert_to_alias/", views.convert_to_alias),
                ]
            ),
        )
    ]


@hooks.register("before_edit_page", order=BEFORE_WAGTAIL_LOCALIZE)
@hooks.register("before_edit_snippet", order=BEFORE_WAGTAIL_LOCALIZE)
def own_words(request: HttpRequest, item: Any) -> HttpResponse | None:
    return views.say_why_not(request, item)


@hooks.register("before_edit_snippet")
def answer_about_record(request: HttpRequest, record: Any) -> HttpResponse | None:
    return views.answer_about_record(request, record)


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def changed_while_approving(request: HttpRequest, item: Any) -> None:
    views.say_that_it_begins_again(request, item)


@hooks.register("construct_page_action_menu")
def no_alias_without_the_right(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    views.leave_out_alias(items, context)


@hooks.register("before_edit_page", order=BEFORE_WAGTAIL_LOCALIZE)
def review_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or views.REVIEW_ACTION not in request.POST:
        return None
    translation = translation_of(page)
    return views.review(request, page, translation) if translation else None
