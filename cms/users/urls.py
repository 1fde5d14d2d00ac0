"""Staff sign-in: allauth, whole, and the end of one sign-in, which it has no address for."""

from django.urls import include, path

from cms.users import sessions

urlpatterns = [
    path("sessions/<int:sign_in_id>/end/", sessions.end, name="usersessions_end"),
    path("", include("allauth.urls")),
]
