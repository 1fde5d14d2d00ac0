"""`/start/`: after signing in, each person's own first page."""

from django.urls import path

from schools.views import start

urlpatterns = [path("", start.start, name="start")]
