"""Views that stand in the place of wagtail-localize's, where those would go round the reviews."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import convert
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from cms.home.editorial import translations
from cms.users import languages

REVIEW_ACTION = "review-action"


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
    """Do what was asked for in the box above a translation, and come back to it."""
    action = request.POST[REVIEW_ACTION]
    try:
        if action == "submit":
            translations.submit(page, translation, by=request.user)
            messages.success(request, _("The translation is with the reviewers now."))
        else:
            translations.decide(page, action, request.POST.get("comment", ""), by=request.user)
            messages.success(request, _("Thank you. Your answer is noted."))
    except translations.NotReadyError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(request.path)
