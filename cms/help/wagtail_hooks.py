"""Help lines in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.help.models import HelpLine
from cms.help.panels import help_line_panels


class HelpLineViewSet(SnippetViewSet):
    model = HelpLine
    icon = "mobile-alt"
    menu_label = _("Help lines")
    menu_order = 220
    add_to_admin_menu = True
    list_display = ["name", "kind", "is_published", "is_for_children", "last_verified_on"]
    list_filter = ["kind", "is_published", "is_for_children"]
    search_fields = ["key", "name_en"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = help_line_panels


register_snippet(HelpLineViewSet)
