"""Addresses of Wagtail's admin that lead elsewhere than Wagtail would: they stand before its own.

Its sign-in knows neither our limits on guessing nor a second factor, so that it is the site's own.
"""

from django.urls import path
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from cms.users.views import OwnAccountView

urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("account/", require_admin_access(OwnAccountView.as_view())),
]
