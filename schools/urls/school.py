"""`/school/`: the head's and the safety lead's pages."""

from django.urls import path

from schools.views import plausibility, school

app_name = "school"
urlpatterns = [
    path("", school.home, name="home"),
    path("<slug:udise_code>/", school.school, name="school"),
    path("<slug:udise_code>/readiness/", school.readiness, name="readiness"),
    path("<slug:udise_code>/questions/<int:question_id>/", plausibility.answer, name="answer"),
    path("<slug:udise_code>/briefing/", school.briefing, name="briefing"),
]
