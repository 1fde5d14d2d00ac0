"""The root of each language's tree."""

from wagtail.models import Page

from cms.core.pages import PublicPage
from cms.home.editorial.tasks import ReviewTask

__all__ = ["HomePage", "ReviewTask"]


class HomePage(PublicPage, Page):
    """The first page of a language; its words are interface text."""

    view = "cms.home.views.public.home"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["curriculum.LearnIndexPage"]
