"""`/school/`: the head's and the safety lead's pages."""

from django.urls import path

from schools.views import school

app_name = "school"
urlpatterns = [
    path("", school.home, name="home"),
    path("<slug:udise_code>/", school.school, name="school"),
    path("<slug:udise_code>/readiness/", school.readiness, name="readiness"),
]
