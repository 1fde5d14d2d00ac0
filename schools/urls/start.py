"""`/start/`: after signing in, each person's own first page, and what may have to come before it."""

from django.urls import path

from schools.views import start

urlpatterns = [
    path("", start.start, name="start"),
    path("second-step/", start.second_factor, name="second_factor"),
    path("suspended/", start.suspended, name="suspended"),
]
