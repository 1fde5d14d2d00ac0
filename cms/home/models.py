"""The root of each language's tree."""

from wagtail.models import Page


class HomePage(Page):
    """The first page of a language; its words are interface text."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["curriculum.LearnIndexPage"]
    template = "home/home_page.html"
