"""`/records/`: the audit log, and the keys with which a department's systems read the figures."""

from django.urls import path

from schools.views import records, tokens

app_name = "records"
urlpatterns = [
    path("", records.home, name="home"),
    path("file/", records.export, name="export"),
    path("keys/<str:code>/", tokens.keys, name="keys"),
    path("keys/<str:code>/new/", tokens.new, name="key_new"),
    path("keys/<str:code>/<int:key_id>/end/", tokens.revoke, name="key_revoke"),
]
