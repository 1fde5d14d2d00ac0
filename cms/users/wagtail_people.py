"""Wagtail's app for people, told of our user: one name, an e-mail address, never deleted."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    user_viewset = "cms.users.viewsets.StaffViewSet"
