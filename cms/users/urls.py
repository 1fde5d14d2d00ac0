"""Staff sign-in: allauth, whole."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
