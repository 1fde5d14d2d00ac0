"""Questions and objectives in Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from quizzes.models import Objective, Question
from quizzes.panels import question_panels


class ReadOnlyPolicy(ModelPermissionPolicy):
    """To be seen and chosen; it is changed in the curriculum's files only."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["text", "kind", "objective", "difficulty"]
    list_filter = ["kind", "objective", "difficulty"]
    search_fields = ["key", "text_en"]
    search_backend_name = None
    copy_view_enabled = False
    edit_handler = question_panels


class ObjectiveViewSet(SnippetViewSet):
    """Read only: the loader writes objectives, and frameworks outside name them by their code."""

    model = Objective
    icon = "list-ul"
    menu_label = _("Objectives")
    menu_order = 230
    add_to_admin_menu = True
    list_display = ["code", "text"]
    search_fields = ["code", "text_en"]
    search_backend_name = None
    inspect_view_enabled = True
    inspect_view_fields = ["code", "text", "frameworks"]
    copy_view_enabled = False
    panels: list[Any] = []


register_permission_policy(Objective, ReadOnlyPolicy(Objective))
register_snippet(QuestionViewSet)
register_snippet(ObjectiveViewSet)
