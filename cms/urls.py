"""Every address. What lies under a language is public and cached; all else is personal."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from cms.help import views as help_views
from cms.home.views import health, public
from schools.api.v1 import api

handler400 = "cms.home.views.errors.bad_request"
handler403 = "cms.home.views.errors.permission_denied"
handler404 = "cms.home.views.errors.page_not_found"
handler500 = "cms.home.views.errors.server_error"

urlpatterns = [
    path("", public.choose_language, name="root"),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", public.robots, name="robots"),
    path("language/", public.set_language, name="set_language"),
    path("exit/", help_views.leave, name="exit"),
    path("exit/gone/", help_views.gone, name="exit_gone"),
    path("accounts/", include("cms.users.urls")),
    path("start/", include("schools.urls.start")),
    path("join/", include("schools.urls.join")),
    path("class/", include("schools.urls.learning")),
    path("teach/", include("schools.urls.teach")),
    path("teach/", include("schools.urls.sessions")),
    path("school/", include("schools.urls.rosters")),
    path("school/", include("schools.urls.school")),
    path("departments/", include("schools.urls.departments")),
    path("state/", include("schools.urls.state")),
    path("people/", include("schools.urls.people")),
    path("imports/", include("schools.urls.imports")),
    path("records/", include("schools.urls.records")),
    path("insights/", include("schools.urls.insights")),
    path("files/", include("schools.urls.files")),
    path("api/v1/", api.urls),
    path(settings.ADMIN_PREFIX.strip("/") + "/", include("cms.users.admin_urls")),
    path(settings.ADMIN_PREFIX.strip("/") + "/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path("help/", help_views.help_page, name="help"),
    path("search/", public.search, name="search"),
    # Of Wagtail's own addresses only the pages: its sign-in form would be a public page, and has no exit.
    re_path(serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=True,
)
