"""What every page of the tree shares: how it is found in a language, and which view shows it."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from wagtail.admin.panels import CommentPanel, FieldPanel
from wagtail.url_routing import RouteResult

if TYPE_CHECKING:
    from wagtail.models import Page as _Base
else:
    _Base = object

SOURCE_LANGUAGE = "en"


class PublicPage(_Base):
    """A page that everyone may read.

    `view` names the function that shows it, as settings name a handler: views stand above models.
    It takes the request, the page, and what `route` found in the rest of the address.
    """

    view: str
    private_page_options: list[str] = []
    """None: what is cached for all cannot be private."""
    promote_panels = [FieldPanel("slug")]
    settings_panels = [CommentPanel()]
    """No dates to publish on: what both reviews approved is published then and there."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page below this one; what this language lacks is found in English, at the same address."""
        try:
            return super().route(request, path_components)
        except Http404:
            source = self._source()
            if source is None:
                raise
            return source.route(request, path_components)

    def _source(self) -> "_Base | None":
        if self.locale.language_code == SOURCE_LANGUAGE:
            return None
        return self.get_translations().filter(locale__language_code=SOURCE_LANGUAGE).first()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return import_string(self.view)(request, self, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """An editor sees the draft as readers would."""
        return self.serve(request)
