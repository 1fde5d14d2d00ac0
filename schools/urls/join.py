"""`/join/`: how a student signs in."""

from django.urls import path

from schools.views import join

app_name = "join"
urlpatterns = [
    path("", join.code, name="code"),
    path("who/", join.who, name="who"),
    path("pictures/", join.pictures, name="pictures"),
    path("leave/", join.leave, name="leave"),
]
