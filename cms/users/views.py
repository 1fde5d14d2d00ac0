"""An editor's own account in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.users.models import UserProfile

from cms.users.forms import OwnNameForm


class OwnNamePanel(BaseSettingsPanel):
    name = "own_name"
    title = _("Name")
    order = 100
    form_class = OwnNameForm


class OwnAccountView(AccountView):
    """The account without what is not ours: two names, a picture, an address, a password."""

    panel_classes = (OwnNamePanel, NotificationsSettingsPanel, LocaleSettingsPanel, ThemeSettingsPanel)

    def get_panels(self) -> list[BaseSettingsPanel]:
        user = self.request.user
        profile = UserProfile.get_for_user(user)
        panels = [panel(self.request, user, profile) for panel in self.panel_classes]
        return [panel for panel in panels if panel.is_active()]
