from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "cms.home"
    label = "home"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from cms.home.editorial.reviews import mark_hand_published

        page_published.connect(mark_hand_published)
