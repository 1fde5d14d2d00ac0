"""Views that stand in the place of wagtail-localize's, where those would go round the reviews."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import convert
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from cms.home.editorial import answers, independence, translations
from cms.users import languages

REVIEW_ACTION = "review-action"
WAGTAILS_REVIEW_ACTION = "action-workflow-action"
NOTED = gettext_lazy("Thank you. Your answer is noted.")
CONVERT_TO_ALIAS = "localize-convert-to-alias"


class TranslatePageForm(SubmitTranslationForm):
    """Into one's own languages, and below a page that is translated already; one page at a time.

    With the pages below it, wagtail-localize would also write into pages that are live.
    """

    def __init__(self, page: Page, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(page, *args, **kwargs)
        above = page.get_parent().get_translations(inclusive=True).values_list("locale_id", flat=True)
        self.fields["locales"].queryset = self.fields["locales"].queryset.filter(
            language_code__in=languages.written_by(user), pk__in=above
        )
        self.fields["include_subtree"].disabled = True
        self.fields["include_subtree"].widget = forms.HiddenInput()


class TranslatePageView(SubmitPageTranslationView):
    def get_form(self) -> TranslatePageForm:
        data = self.request.POST if self.request.method == "POST" else None
        return TranslatePageForm(self.object, self.request.user, data)


class SyncForm(UpdateTranslationsForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["publish_translations"].disabled = True
        self.fields["publish_translations"].widget = forms.HiddenInput()


class SyncTranslationsView(UpdateTranslationsView):
    """Brings the sentences to translate up to date; it never publishes."""

    def get_form(self) -> SyncForm:
        return SyncForm(self.request.POST if self.request.method == "POST" else None)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Putting the English page in the place of a translation is publishing."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert.convert_to_alias(request, page_id)


def review(request: HttpRequest, page: Page, translation: Translation) -> HttpResponse:
    """Do what was asked for in the box above a translation, and come back to it.

    Who has answered may not open it again, and comes to the list that it is in.
    """
    action = request.POST[REVIEW_ACTION]
    try:
        if action == "submit":
            translations.submit(page, translation, by=request.user)
            messages.success(request, _("The translation is with the reviewers now."))
        else:
            answers.give(page, action, request.POST.get("comment", ""), by=request.user)
            messages.success(request, NOTED)
    except translations.NotReadyError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    if Page.objects.get(pk=page.pk).permissions_for_user(request.user).can_edit():
        return redirect(request.path)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def say_why_not(request: HttpRequest, item: Any) -> HttpResponse | None:
    """To a reviewer who opens what they may not approve; and in place of an approval by an old button."""
    reason = independence.why_not_now(item, request.user)
    if reason and request.method == "GET":
        messages.info(request, reason)
    elif reason and _answer(request) == "approve":
        messages.error(request, reason)
        return redirect(request.path)
    return None


def answer_about_record(request: HttpRequest, record: Any) -> HttpResponse | None:
    """A reviewer's answer by the form of a question or help line in which nothing was changed.

    Wagtail would keep the form as a new draft of the reviewer's first, and then nothing was approved.
    """
    action = _answer(request)
    if not action or action not in answers.allowed(record, request.user) or _is_changed(request, record):
        return None
    extra = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    answers.give(record, action, extra.get("comment", ""), by=request.user)
    messages.success(request, NOTED)
    return redirect(reverse(record.snippet_viewset.get_url_name("list")))


def _is_changed(request: HttpRequest, record: Any) -> bool:
    form = record.snippet_viewset.get_edit_handler().get_form_class()
    return form(request.POST, instance=record, for_user=request.user).has_changed()


def say_that_it_begins_again(request: HttpRequest, item: Any) -> None:
    """To a reviewer who changed the words while approving them: others read them now."""
    reason = independence.why_not_now(item, request.user) if _answer(request) else ""
    if reason:
        messages.info(request, reason)


def _answer(request: HttpRequest) -> str:
    """The answer that a button of Wagtail's form gives, or of the box above a translation."""
    wagtails = request.POST.get("workflow-action-name", "") if WAGTAILS_REVIEW_ACTION in request.POST else ""
    return wagtails or request.POST.get(REVIEW_ACTION, "")


def leave_out_alias(items: list[Any], context: dict[str, Any]) -> None:
    """Of the menu below a page's form: `convert_to_alias` would refuse those who may not publish."""
    page, user = context.get("page"), context["request"].user
    if page is None or not page.permissions_for_user(user).can_publish():
        items[:] = [item for item in items if item.name != CONVERT_TO_ALIAS]
