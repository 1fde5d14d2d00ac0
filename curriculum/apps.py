from django.apps import AppConfig
from django.db.models.signals import post_delete


class CurriculumConfig(AppConfig):
    name = "curriculum"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from cms.core.content_version import bump_after_commit

        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(bump_after_commit)
        post_delete.connect(bump_after_commit, sender=Page)
