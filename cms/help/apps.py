from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    name = "cms.help"
    label = "help"
    verbose_name = _("Help")

    def ready(self) -> None:
        from cms.core.content_version import bump_after_commit

        for signal in (post_save, post_delete):
            signal.connect(bump_after_commit, sender="help.HelpLine")
